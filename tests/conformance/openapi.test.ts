import { rmSync } from 'node:fs';
import type { RouteConfig } from '@hono/zod-openapi';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { permissions, roles } from '../../server/accounts/permission.ts';
import type { App } from '../../server/app.ts';
import { publicLayers } from '../../server/layers/contract.ts';
import { problemSchema } from '../../server/platform/contract.ts';
import { IN_QUANG_AN, make } from '../helpers/make.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: { type?: string; format?: string; pattern?: string; enum?: string[] };
}
interface Operation {
  summary?: string;
  parameters?: Parameter[];
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
  'x-permission'?: string;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
}

interface Opened {
  app: App;
  document: Document;
  /** The cookie of an account of every role, and that account. */
  headers: { cookie: string };
  userId: string;
  caseId: string;
  /** Of one marked directly. */
  outbreak: string;
  /** On the restoration list of a ward. */
  work: string;
  close(): Promise<void>;
}

async function markOutbreak(app: App, headers: { cookie: string }): Promise<string> {
  const { lng, lat } = IN_QUANG_AN;
  const marked = { changeId: make.changeId(), position: { lng, lat }, foundOn: '2022-11-01', source: 'Trạm y tế' };
  const answer = await app.request('/api/dengue/outbreaks', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(marked),
  });
  return ((await answer.json()) as { number: string }).number;
}

async function listWork(app: App, headers: { cookie: string }): Promise<string> {
  const work = { wardKey: '00100@1995-10-28', name: 'Đình Quảng Bá', parts: ['roof'], work: 'restoration' };
  const answer = await app.request('/api/heritage/restoration/items', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ changeId: make.changeId(), ...work }),
  });
  return ((await answer.json()) as { id: string }).id;
}

/** The whole app in process, on a database of its own. */
async function open(demo: boolean): Promise<Opened> {
  const { app, services, close } = await make.app({ demo });
  const answer = await app.request('/api/openapi.json');
  const user = await make.user(services, { roles: [...roles] });
  const { id: caseId } = await make.dengueCase(services, {}, { name: 'Người Mẫu' });
  const headers = await make.session(services, user);
  const outbreak = await markOutbreak(app, headers);
  const work = await listWork(app, headers);
  await app.request('/api/meeting/snapshots', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ changeId: make.changeId(), at: '2022-11-04', title: 'Giao ban' }),
  });
  return {
    app,
    headers,
    outbreak,
    work,
    userId: user.id,
    caseId,
    document: (await answer.json()) as Document,
    async close() {
      await close();
      rmSync(services.env.dataDir, { recursive: true, force: true });
    },
  };
}

let demo: Opened;
let real: Opened;
beforeAll(async () => {
  [demo, real] = await Promise.all([open(true), open(false)]);
}, 60_000);
afterAll(() => Promise.all([demo.close(), real.close()]));

const operations = ({ document }: Opened) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Values that exist, for the parameters that stand in a path. */
function existing(
  path: string,
  { userId, caseId, outbreak, work }: Pick<Opened, 'userId' | 'caseId' | 'outbreak' | 'work'>,
): string[] {
  if (path.startsWith('/api/dengue/outbreaks/{number}')) return [path.replace('{number}', outbreak)];
  if (path.startsWith('/api/dengue/cases/{id}')) return [path.replace('{id}', caseId)];
  if (path === '/api/dengue/persons') return [`/api/dengue/persons?ids=${caseId}&reason=case-form`];
  if (path === '/api/users/{id}') return [`/api/users/${userId}`];
  if (path === '/api/layers/{id}')
    return [...publicLayers, 'cases', 'outbreaks', 'breeding-sites'].map((id) => `/api/layers/${id}`);
  if (path.includes('{code}')) return ['00097', '00091@2025-07-01'].map((code) => path.replace('{code}', code));
  if (path === '/api/heritage/relics/{id}/record') return ['/api/heritage/relics/th-qa-01/record'];
  if (path === '/api/heritage/relics/{id}/inspections') return ['/api/heritage/relics/th-qa-01/inspections'];
  // Written by `open`.
  if (path === '/api/heritage/restoration/items/{id}/history') return [path.replace('{id}', work)];
  if (path === '/api/photos') return ['/api/photos?subject=relic&id=th-qa-01'];
  if (path === '/api/heritage/relics/{id}') return ['/api/heritage/relics/th-qa-01'];
  if (path === '/api/programme/tasks/{id}/reports') return ['/api/programme/tasks/T5/reports'];
  if (path.startsWith('/api/meeting/snapshots/{number}')) return [path.replace('{number}', '1')];
  if (path.startsWith('/api/packs/{id}')) return [path.replace('{id}', 'qd04-2022')];
  if (path === '/api/status/figures') return ['/api/status/figures?period=2022-Q3'];
  if (path === '/ogc/collections/{id}/items/{itemId}') return ['/ogc/collections/streets/items/street-001'];
  if (path.startsWith('/ogc/collections/{id}'))
    return [...publicLayers, 'cases', 'outbreaks', 'breeding-sites'].map((id) => path.replace('{id}', id));
  if (path === '/api/status/history') return ['/api/status/history?ward=00097@1995-10-28&indicator=1.1'];
  if (path === '/api/search') return ['/api/search?q=chua', '/api/search?q=qqqq'];
  return [path];
}

const ask = (app: App, path: string, init: RequestInit = {}) =>
  Promise.resolve(app.request(path, { headers: { accept: 'application/json' }, ...init }));

describe('the served document', () => {
  it('is OpenAPI 3.1 with a name and a version', () => {
    expect(demo.document).toMatchObject({
      info: { title: 'Tây Hồ Atlas', version: expect.stringMatching(/^\d+\.\d+/) },
    });
    expect(demo.document.openapi).toMatch(/^3\.1\.\d+$/);
  });

  it('describes every operation: a summary, a known permission, what it answers, how it refuses', () => {
    const wanting = operations(demo).filter(({ operation }) => {
      const { summary, responses } = operation;
      const [good] = Object.values(responses['200']?.content ?? {});
      const refusal = responses['default']?.content?.['application/problem+json'];
      return (
        !summary || !good || !refusal || !(permissions as readonly string[]).includes(operation['x-permission'] ?? '')
      );
    });
    expect(wanting.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('declares every parameter that stands in a path', () => {
    const undeclared = operations(demo).flatMap(({ path, operation }) => {
      const declared = (operation.parameters ?? []).filter((p) => p.in === 'path' && p.required).map((p) => p.name);
      return [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').filter((name) => !declared.includes(name));
    });
    expect(undeclared).toEqual([]);
  });

  it('uses the words of JSON Schema 2020-12, and refers only to what is there', () => {
    const faults: string[] = [];
    const resolves = (reference: string) =>
      reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], demo.document) !== undefined;
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const node = value as Record<string, unknown>;
      if (typeof node['$ref'] === 'string' && !resolves(node['$ref'])) faults.push(`${path}: ${node['$ref']}`);
      if ('nullable' in node && typeof node['nullable'] === 'boolean')
        faults.push(`${path}: nullable is of OpenAPI 3.0`);
      for (const [key, inner] of Object.entries(node)) visit(inner, `${path}/${key}`);
    };
    visit(demo.document, '');
    expect(faults).toEqual([]);
  });

  it('holds every route of the app and no other', () => {
    const served = demo.app.routes
      .filter((route) => route.method !== 'ALL')
      .map((route) => `${route.method.toLowerCase()} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    const described = operations(demo).map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(served)].sort()).toEqual(described.sort());
  });
});

describe('every GET answers what its contract says, and nothing else', () => {
  const routesOf = (app: App) =>
    app.openAPIRegistry.definitions.flatMap((definition) => (definition.type === 'route' ? [definition.route] : []));
  const schemaOf = (route: RouteConfig) => {
    const response = route.responses['200'] as { content: { 'application/json': { schema: z.ZodType } } };
    return response.content['application/json'].schema;
  };

  it.each(['demo', 'real'] as const)('on the %s database', async (kind) => {
    const opened = kind === 'demo' ? demo : real;
    const { app, headers } = opened;
    const gets = routesOf(app).filter(
      (route) =>
        route.method === 'get' &&
        'application/json' in ((route.responses['200'] as { content?: object }).content ?? {}) &&
        // Says 404 outside the demo: server/accounts.
        !(kind === 'real' && route.path === '/api/session/demo-accounts'),
    );
    expect(gets.length).toBeGreaterThan(15);
    for (const route of gets)
      for (const path of existing(route.path, opened)) {
        const answer = await ask(app, path, { headers: { accept: 'application/json', ...headers } });
        const body: unknown = await answer.json();
        expect({ path, status: answer.status }).toEqual({ path, status: 200 });
        expect({ path, body: schemaOf(route).parse(body) }).toEqual({ path, body });
      }
  });
});

describe('every route answers bad input with a problem', () => {
  async function problem(path: string, init: RequestInit = {}) {
    const answer = await ask(demo.app, path, {
      ...init,
      headers: { accept: 'application/json', ...demo.headers, ...init.headers },
    });
    const text = await answer.text();
    expect(answer.headers.get('content-type'), `${path}: ${text.slice(0, 200)}`).toContain('application/problem+json');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    return problemSchema.parse(JSON.parse(text));
  }

  it('a method it does not know', async () => {
    for (const [path, methods] of Object.entries(demo.document.paths)) {
      const method = ['put', 'delete', 'patch'].find((name) => !(name in methods))!;
      expect(await problem(path.replace(/\{\w+\}/g, 'x'), { method: method.toUpperCase() })).toMatchObject({
        code: 'method_not_allowed',
      });
    }
  });

  it('a name that does not exist', async () => {
    const named = operations(demo).filter(({ method, path }) => method === 'get' && path.includes('{'));
    expect(named.length).toBeGreaterThan(3);
    for (const { path } of named) await problem(path.replace(/\{\w+\}/g, 'no-such-thing'));
  });

  it('a parameter that is no date, set, box or number', async () => {
    const free = ({ schema }: Parameter) =>
      schema.type === 'string' && !schema.format && !schema.pattern && !schema.enum;
    const tried: string[] = [];
    for (const { method, path, operation } of operations(demo))
      for (const parameter of operation.parameters ?? [])
        if (method === 'get' && parameter.in === 'query' && !free(parameter)) {
          tried.push(parameter.name);
          const [real = path] = existing(path, demo);
          await problem(`${real}${real.includes('?') ? '&' : '?'}${parameter.name}=neither`);
        }
    expect(tried).toEqual(expect.arrayContaining(['at', 'units', 'limit']));
  });
});

describe('whatever is asked', () => {
  /** What breaks parsers: signs of SQL, JSON, paths and encodings, numbers at their ends, dates that never were. */
  const nasty = fc.oneof(
    fc.constantFrom(
      "'",
      '"',
      '%00',
      '../..',
      '%',
      '*',
      '1e309',
      '-1',
      'NaN',
      'null',
      '__proto__',
      '2022-02-30',
      '0000-00-00',
    ),
    fc.constantFrom(
      '00097',
      '00097@1995-10-28',
      '105.8,21.0,105.9,21.1',
      '105.9,21.1,105.8,21',
      '2022-09-27',
      '2025-07-01',
    ),
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.double().map(String),
    fc.integer().map(String),
  );

  /** `encodeURIComponent` refuses half a surrogate pair, so the wire cannot carry one. */
  const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '');

  it('the answer is never a fault of ours: 400 requests', async () => {
    const gets = operations(demo).filter(({ method }) => method === 'get');
    const request = fc.constantFrom(...gets).chain(({ path, operation }) => {
      const names = [
        'at',
        'units',
        'bbox',
        ...(operation.parameters ?? []).flatMap((p) => (p.in === 'query' ? [p.name] : [])),
      ];
      return fc.record({
        path: fc.constant(path),
        inPath: fc.oneof(nasty, fc.constantFrom('wards', 'relics', 'hotspots', '00097')),
        query: fc.array(fc.tuple(fc.constantFrom(...names), nasty), { maxLength: 4 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ path, inPath, query }) => {
        const search = query.map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`).join('&');
        const url = `${path.replace(/\{\w+\}/g, encodeURIComponent(wellFormed(inPath)) || 'x')}?${search}`;
        const answer = await ask(demo.app, url, { headers: { accept: 'application/json', ...demo.headers } });
        const text = await answer.text();
        expect(answer.status, `${url}: ${text.slice(0, 300)}`).toBeLessThan(500);
        if (answer.status >= 400) problemSchema.parse(JSON.parse(text));
        expect(text).not.toMatch(/SQLITE|node_modules|\.ts:\d+/);
      }),
      { numRuns: 400, seed: 3 },
    );
  });
});
