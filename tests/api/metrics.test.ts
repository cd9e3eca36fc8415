import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { isLocal } from '../../server/platform/origin.ts';
import { browserOn } from '../helpers/asking.ts';
import { make } from '../helpers/make.ts';

/** What an administrator reads, by line. */
async function read(app: Awaited<ReturnType<typeof make.app>>['app'], headers: { cookie: string }) {
  const { status, body, headers: answered } = await browserOn(app, headers).get('/metrics');
  expect([status, answered.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  return (body as string).trimEnd().split('\n');
}

async function office() {
  const { app, services } = await make.app();
  const admin = await make.user(services, { username: 'tran.thi.kin', displayName: 'Trần Thị Kín' });
  return { app, services, headers: await make.session(services, admin) };
}

describe('the metrics', () => {
  test('count requests by route template and class of status', async () => {
    const { app, headers } = await office();
    await app.request('/api/wards/00097');
    await app.request('/api/wards/00100');
    await app.request('/api/wards/nowhere');
    await app.request('/api/nothing-of-the-kind');
    const lines = await read(app, headers);
    expect(lines).toContain('atlas_requests_total{method="GET",route="/api/wards/{code}",status="2xx"} 2');
    expect(lines).toContain('atlas_requests_total{method="GET",route="/api/wards/{code}",status="4xx"} 1');
    expect(lines).toContain('atlas_requests_total{method="GET",route="none",status="4xx"} 1');
    expect(lines).toContain('atlas_request_seconds_count{route="/api/wards/{code}"} 3');
    expect(lines).toContain('atlas_request_seconds_bucket{route="/api/wards/{code}",le="+Inf"} 3');
  });

  test('tell listeners, queue, sizes and how far the log is', async () => {
    const { app, services, headers } = await office();
    await services.changes.commit(make.changeId(), 'placeRelic', async () => ({
      change: make.change(),
      outcome: null,
    }));
    const stream = services.events.open(null, { sessionId: null, sees: () => true });
    onTestFinished(() => stream.cancel());
    const lines = await read(app, headers);
    const valueOf = (name: string) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
    expect(valueOf('atlas_event_listeners')).toBe(1);
    expect(valueOf('atlas_requests_under_way')).toBe(1);
    expect(valueOf('atlas_transactions_queued')).toBe(0);
    expect(valueOf('atlas_change_seq')).toBe(await services.changes.head());
    expect(valueOf('atlas_database_bytes')).toBeGreaterThanOrEqual(4096);
    expect(valueOf('atlas_wal_bytes')).toBeGreaterThan(0);
  });

  test('are lines that Prometheus takes, each family named once', async () => {
    const { app, headers } = await office();
    await app.request('/api/wards');
    const lines = await read(app, headers);
    const sample = /^[a-z_]+(\{([a-z]+="[^"\\\n]*")(,[a-z]+="[^"\\\n]*")*\})? -?[\d.e+-]+$/;
    expect(lines.filter((line) => !line.startsWith('# ') && !sample.test(line))).toEqual([]);
    const types = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]);
    expect(new Set(types).size).toBe(types.length);
  });

  test('hold nothing that anybody typed, and nobody’s name', async () => {
    const { app, headers } = await office();
    const typed = browserOn(app);
    await typed.get('/api/search?q=b%C3%AD-m%E1%BA%ADt');
    await typed.get('/api/wards/bi-mat');
    await typed.send('BIMAT', '/api/wards');
    await typed.send('POST', '/api/session', { username: 'bi-mat', password: 'bi-mat' });
    const text = (await read(app, headers)).join('\n');
    expect(text).not.toMatch(/bi-mat|BIMAT|tran\.thi\.kin|Kín/);
  });

  test('are for administrators: no other role and no visitor', async () => {
    const { app, services } = await office();
    for (const role of ['viewer', 'health', 'heritage', 'status'] as const) {
      const user = await make.user(services, { roles: [role], password: null });
      const { status, body } = await browserOn(app, await make.session(services, user)).get('/metrics');
      expect([role, status, body.code]).toEqual([role, 403, 'not_permitted']);
    }
    expect((await app.request('/metrics')).status).toBe(403);
  });
});

describe('on the machine itself', () => {
  async function serve(more: Parameters<typeof make.env>[0] = {}) {
    const server = await startServer(make.env(more), { log: createLog('silent') });
    onTestFinished(() => server.close());
    return (headers: Record<string, string> = {}) =>
      new Promise<number>((resolve, reject) => {
        const options = { host: '127.0.0.1', port: server.port, path: '/metrics', headers, agent: false };
        request(options, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
  }

  test.each([{}, { public: false }, { trustProxy: true }])('they are read without an account (%j)', async (more) => {
    expect(await (await serve(more))()).toBe(200);
  });

  test.each([
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-for': '203.0.113.9' },
    { forwarded: 'for=203.0.113.9' },
    { via: '1.1 proxy' },
    { host: 'atlas.example.vn' },
  ])('what a proxy there forwards is not from there: %j', async (headers) => {
    expect(await (await serve())(headers as object as Record<string, string>)).toBe(403);
  });

  test('another machine is not this one, whatever it calls us', () => {
    const header = (name: string) => (name === 'host' ? 'localhost:8080' : undefined);
    expect(
      ['192.0.2.1', '::ffff:192.0.2.1', '2001:db8::1', undefined].map((address) => isLocal(header, address)),
    ).toEqual([false, false, false, false]);
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((address) => isLocal(header, address))).toEqual([
      true,
      true,
      true,
    ]);
  });
});
