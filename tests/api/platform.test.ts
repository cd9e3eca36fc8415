import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../server/log.ts';
import { platformRefusals } from '../../server/platform/contract.ts';
import {
  assertPermissions,
  createRoot,
  createRouter,
  permissionTable,
  Refusal,
  replyJson,
  replySnapshot,
  requireVersion,
  route,
} from '../../server/platform/http.ts';
import { createSnapshots } from '../../server/platform/snapshots.ts';
import { make } from '../helpers/make.ts';

const json = { 'application/json': { schema: z.object({ ok: z.boolean() }) } };
const answers = { 200: { description: 'ok', content: json } };

/** A code of a feature's contract, given as the message of its own check. */
const OWN_CODE = 'far_from_district';

/** A small application of the platform alone: one route of each kind. */
function makeApp(more: { demo?: boolean; public?: boolean; lines?: string[] } = {}) {
  const log = more.lines ? createLog('error', { write: (line) => void more.lines?.push(line) }) : createLog('silent');
  const snapshots = createSnapshots();
  const root = createRoot({ env: make.env({ demo: more.demo ?? true, public: more.public ?? true }), log });
  const query = z.object({
    at: z.iso.date().optional(),
    units: z.enum(['a', 'b']).optional(),
    bbox: z.string().regex(/^\d$/).optional(),
    size: z.coerce.number().max(5).optional(),
    own: z
      .string()
      .refine((value) => value === 'x', OWN_CODE)
      .optional(),
  });
  const body = { content: { 'application/json': { schema: z.object({ n: z.number() }) } }, required: true };
  const router = createRouter()
    .openapi(
      route({ method: 'get', path: '/api/thing', permission: 'public.read', request: { query }, responses: answers }),
      (c) => replyJson(c, { ok: true }),
    )
    .openapi(route({ method: 'get', path: '/api/layer', permission: 'public.read', responses: answers }), async (c) =>
      replySnapshot(c, await snapshots.get('layer', async () => ({ ok: true, text: 'x'.repeat(500) }))),
    )
    .openapi(
      route({
        method: 'patch',
        path: '/api/thing/{id}',
        permission: 'relic.place',
        request: { params: z.object({ id: z.string() }), body },
        responses: answers,
      }),
      (c) => {
        const { n } = c.req.valid('json');
        if (requireVersion(c) !== 3) {
          throw new Refusal(412, 'changed_meanwhile', { versions: { yours: 2, current: 3 } });
        }
        if (n === 500) throw new Error('SELECT secret FROM person WHERE phone = 0912345678');
        return c.json({ ok: true }, 200);
      },
    );
  root.route('/', router);
  return root;
}

const write = (body: string, headers: Record<string, string> = {}) => ({
  method: 'PATCH',
  body,
  headers: { 'content-type': 'application/json', 'if-match': '"3"', ...headers },
});

async function problemAt(answer: Response | Promise<Response>) {
  const response = await answer;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await response.json()) as { status: number; code: string; errors?: unknown[] };
  expect(problem.status).toBe(response.status);
  expect([...platformRefusals, OWN_CODE]).toContain(problem.code);
  return problem;
}

describe('whatever goes wrong is a problem with a code', () => {
  test('an unknown route', async () => {
    expect(await problemAt(makeApp().request('/api/nothing'))).toMatchObject({ status: 404, code: 'unknown_route' });
  });

  test('a method the route does not answer, with those it does', async () => {
    const response = await makeApp().request('/api/thing/1', { method: 'DELETE' });
    expect(response.headers.get('allow')).toBe('PATCH');
    expect(await problemAt(response)).toMatchObject({ status: 405, code: 'method_not_allowed' });
  });

  test.each([
    ['at=2022-02-30', 'invalid_date'],
    ['at=yesterday', 'invalid_date'],
    ['at=2022-11-04&at=2022-11-05', 'invalid_date'],
    ['units=1995', 'unknown_units'],
    ['bbox=x', 'invalid_bbox'],
    ['size=6', 'invalid_request'],
    ['size=x', 'invalid_request'],
    ['own=y', OWN_CODE],
  ])('the query %s is refused as %s', async (query, code) => {
    const problem = await problemAt(makeApp().request(`/api/thing?${query}`));
    expect(problem).toMatchObject({ status: 422, code, errors: [{ path: query.split('=')[0], code }] });
  });

  test('a body that is no JSON', async () => {
    const answer = makeApp().request('/api/thing/1', write('{"n": 1'));
    expect(await problemAt(answer)).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  test('a body that is no UTF-8', async () => {
    const { method, headers } = write('');
    const bytes = new Uint8Array([0x22, 0xff, 0x22]);
    const answer = makeApp().request('/api/thing/1', { method, headers, body: bytes });
    expect(await problemAt(answer)).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  test('a body that does not fit the contract', async () => {
    const answer = makeApp().request('/api/thing/1', write('{"n":"one"}'));
    expect(await problemAt(answer)).toMatchObject({ status: 422, code: 'invalid_request', errors: [{ path: 'n' }] });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('a body sent as %s', async (type) => {
    const answer = makeApp().request('/api/thing/1', write('{"n":1}', { 'content-type': type }));
    expect(await problemAt(answer)).toMatchObject({ status: 415, code: 'wrong_content_type' });
  });

  test('a body above 1 MiB', async () => {
    const answer = makeApp().request('/api/thing/1', write(JSON.stringify({ n: 1, x: 'x'.repeat(1_048_576) })));
    expect(await problemAt(answer)).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  test('an address above 8192 characters', async () => {
    const answer = makeApp().request(`/api/thing?q=${'x'.repeat(9000)}`);
    expect(await problemAt(answer)).toMatchObject({ status: 414, code: 'url_too_long' });
  });

  test('a write without If-Match', async () => {
    const { method, body } = write('{"n":1}');
    const headers = { 'content-type': 'application/json' };
    const answer = makeApp().request('/api/thing/1', { method, body, headers });
    expect(await problemAt(answer)).toMatchObject({ status: 428, code: 'if_match_required' });
  });

  test('a write on a version that has passed, with both versions', async () => {
    const answer = makeApp().request('/api/thing/1', write('{"n":1}', { 'if-match': '"2"' }));
    expect(await problemAt(answer)).toMatchObject({
      status: 412,
      code: 'changed_meanwhile',
      versions: { yours: 2, current: 3 },
    });
  });

  test('an If-Match that is no version', async () => {
    const answer = makeApp().request('/api/thing/1', write('{"n":1}', { 'if-match': '"abc"' }));
    expect(await problemAt(answer)).toMatchObject({ status: 422, code: 'invalid_request' });
  });

  test('an unexpected error: only a number to ask about', async () => {
    const lines: string[] = [];
    const response = await makeApp({ lines }).request('/api/thing/1', write('{"n":500}'));
    const requestId = response.headers.get('x-request-id');
    const text = await response.clone().text();
    expect(await problemAt(response)).toMatchObject({ status: 500, code: 'internal', requestId });
    expect(text).not.toMatch(/SELECT|secret|at \//);
    expect(lines.map((line) => JSON.parse(line).requestId)).toEqual([requestId]);
    expect(lines.join()).not.toContain('0912345678');
  });
});

describe('permissions', () => {
  test('what a visitor may not do is refused before the body is read', async () => {
    const answer = makeApp({ demo: false }).request('/api/thing/1', write('{"n": 1'));
    expect(await problemAt(answer)).toMatchObject({ status: 403, code: 'not_permitted' });
  });

  test('a server with PUBLIC=off shows a visitor nothing', async () => {
    const answer = makeApp({ public: false }).request('/api/thing');
    expect(await problemAt(answer)).toMatchObject({ status: 403, code: 'not_permitted' });
  });

  test('every route of the platform declares one, and the document says which', () => {
    const app = makeApp();
    expect(permissionTable(app)).toEqual([
      { method: 'GET', path: '/api/thing', permission: 'public.read' },
      { method: 'GET', path: '/api/layer', permission: 'public.read' },
      { method: 'PATCH', path: '/api/thing/:id', permission: 'relic.place' },
    ]);
    const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } });
    expect(document.paths?.['/api/thing']?.get).toMatchObject({ 'x-permission': 'public.read' });
  });

  test('a route mounted without one does not start', () => {
    const app = makeApp();
    app.get('/api/open', (c) => c.text('open'));
    expect(() => assertPermissions(app)).toThrow('GET /api/open');
  });
});

describe('caching', () => {
  test.each(['/api/thing', '/api/layer'])('%s has a tag and answers 304 to whoever has it', async (path) => {
    const app = makeApp();
    const etag = (await app.request(path)).headers.get('etag') ?? '';
    const again = await app.request(path, { headers: { 'if-none-match': etag } });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
  });

  test.each(['br', 'gzip'])(
    'a snapshot comes as %s when the reader takes it, under a tag of its own',
    async (encoding) => {
      const app = makeApp();
      const plain = await app.request('/api/layer');
      const packed = await app.request('/api/layer', { headers: { 'accept-encoding': encoding } });
      expect(packed.headers.get('content-encoding')).toBe(encoding);
      expect(packed.headers.get('vary')).toBe('accept-encoding');
      expect(packed.headers.get('etag')).not.toBe(plain.headers.get('etag'));
      expect((await packed.arrayBuffer()).byteLength).toBeLessThan((await plain.arrayBuffer()).byteLength);
    },
  );

  test('a refusal is not stored', async () => {
    expect((await makeApp().request('/api/nothing')).headers.get('cache-control')).toBe('no-store');
  });
});

test.each(['/api/thing', '/api/nothing'])('%s carries the security headers', async (path) => {
  const { headers } = await makeApp().request(path);
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('a route answers HEAD as GET without a body', async () => {
  const response = await makeApp().request('/api/thing', { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([200, '']);
});
