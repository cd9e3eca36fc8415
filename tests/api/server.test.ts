import { hc } from 'hono/client';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { permissions, permissionsOf } from '../../server/accounts/permission.ts';
import type { Api } from '../../server/app.ts';
import type { Health } from '../../server/platform/contract.ts';
import { assertPermissions, createRouter, permissionTable } from '../../server/platform/http.ts';
import type { Ward } from '../../server/wards/contract.ts';
import { make } from '../helpers/make.ts';

describe('GET /api/health', () => {
  const health = async (options: Parameters<typeof make.app>[0] = {}) => {
    const { app } = await make.app(options);
    return (await (await app.request('/api/health')).json()) as Health;
  };

  it('says which data it stands on and what this reader may do', async () => {
    expect(await health()).toMatchObject({
      status: 'ok',
      demo: false,
      today: '2022-11-04',
      units: '1995-10-28',
      basemap: 'built-in',
      may: ['health.read', 'session.open', 'public.read'],
    });
  });

  it('offers the one write in the demo only', async () => {
    expect((await health({ demo: true })).may).toContain('relic.place');
  });

  it('counts the changes', async () => {
    const { app, services } = await make.app();
    const before = await services.changes.head();
    await services.changes.commit(make.changeId(), 'placeRelic', async () => ({
      change: make.change(),
      outcome: null,
    }));
    expect(((await (await app.request('/api/health')).json()) as Health).seq).toBe(before + 1);
  });
});

describe('GET /api/sources', () => {
  it('names publisher, licence and digest of every data file', async () => {
    const { app } = await make.app();
    const { items } = (await (await app.request('/api/sources')).json()) as { items: Record<string, string>[] };
    expect(items.map(({ file }) => file)).toContain('layers/wards-1995.geojson');
    expect(items.every(({ publisher, licence, sha256 }) => publisher && licence && sha256)).toBe(true);
  });
});

describe('permissions', () => {
  it('are declared by every route', async () => {
    const { app } = await make.app();
    const table = permissionTable(app);
    expect(table.length).toBeGreaterThan(15);
    expect(table.filter(({ permission }) => permission === null)).toEqual([]);
  });

  it('missing on one route keep the server from starting', () => {
    const bare = createRouter();
    bare.get('/api/backdoor', (c) => c.text('hello'));
    expect(() => assertPermissions(bare)).toThrow('GET /api/backdoor');
  });

  it('of a closed server leave visitors no more than its health', async () => {
    const { app } = await make.app({ env: { public: false } });
    const status = async (path: string) => (await app.request(path)).status;
    expect([await status('/api/health'), await status('/api/layers/wards'), await status('/api/status')]).toEqual([
      200, 403, 403,
    ]);
  });

  it('are denied unless given', () => {
    const given = permissionsOf({ kind: 'visitor', demo: false });
    expect(permissions.filter((permission) => given.includes(permission))).toEqual([
      'health.read',
      'session.open',
      'public.read',
    ]);
  });
});

describe('the typed client', () => {
  it('reads what the contracts say', async () => {
    const { app } = await make.app();
    const client = hc<Api>('http://atlas', { fetch: app.request });
    const answer = await client.api.wards.$get({ query: { units: '2025-07-01' } });
    const { items } = await answer.json();
    expectTypeOf(items).toEqualTypeOf<Ward[]>();
    expect(items).toHaveLength(6);
  });

  it('knows the routes with parameters and the write', () => {
    const client = hc<Api>('http://atlas');
    expectTypeOf(client.api.layers[':id'].$get).parameter(0).toHaveProperty('query');
    expectTypeOf(client.api.heritage.relics[':id'].$patch).parameter(0).toHaveProperty('json');
    expectTypeOf(client.api.search.$get).parameter(0).toHaveProperty('query');
    expectTypeOf(client.api.wards[':code'].status.$get).parameter(0).toHaveProperty('param');
  });
});
