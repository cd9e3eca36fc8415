/** Every route asked by everybody: generated from the app's own routes, so that a new route cannot be forgotten. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { scopedPermissions, type Permission } from '../../server/accounts/permission.ts';
import type { App } from '../../server/app.ts';
import { itemFieldsSchema } from '../../server/heritage/restoration/contract.ts';
import { insertBreedingSites } from '../../server/dengue/store.ts';
import { markOutbreak } from '../../server/outbreaks/decide-actions.ts';
import { createRouter, assertPermissions, permissionTable } from '../../server/platform/http.ts';
import type { Services } from '../../server/platform/services.ts';
import { IN_QUANG_AN, make } from '../helpers/make.ts';
import {
  casesOf,
  everybody,
  matrixPage,
  OWN_WARD,
  scopes,
  tellWho,
  type Case,
  type RouteRow,
  type VisitorName,
} from '../helpers/matrix.ts';

/** The table of routes needs an app before any test runs. */
const shown = await make.app();
const routes = permissionTable(shown.app) as RouteRow[];
await shown.close();
const cases = casesOf(routes);

/** A write that reaches a record of `OWN_WARD`, for each route whose permission knows wards. */
const examples: Record<string, (services: Services) => Promise<{ path: string; init: RequestInit }>> = {
  'PATCH /api/heritage/relics/:id': async (services) => {
    const relic = await services.db.get<{ id: string; version: number }>(
      'SELECT id, version FROM relic WHERE ward_key = ? ORDER BY id LIMIT 1',
      [OWN_WARD],
    );
    if (!relic) throw new Error(`no relic in ${OWN_WARD}`);
    return {
      path: `/api/heritage/relics/${relic.id}`,
      init: {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'if-match': `"${relic.version}"` },
        body: JSON.stringify({
          changeId: make.changeId(),
          // Far outside: whoever may write is refused for the place, so nothing changes for the next case.
          position: { lng: 106.7, lat: 10.8, errorMeters: null },
        }),
      },
    };
  },
};

/** A relic of `OWN_WARD` that is there already, and an inspection in the future: let in, and changed nothing. */
Object.assign(examples, {
  'POST /api/heritage/relics': async () => ({
    path: '/api/heritage/relics',
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        changeId: make.changeId(),
        name: 'Đình Quảng Bá',
        kind: 'dinh',
        ward: OWN_WARD,
        source: 'x',
      }),
    },
  }),
  'POST /api/heritage/relics/:id/inspections': async () => ({
    path: '/api/heritage/relics/th-qa-01/inspections',
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        changeId: make.changeId(),
        after: null,
        inspectedOn: '2999-01-01',
        parts: [{ part: 'roof', grade: 3 }],
      }),
    },
  }),
});

/** A work of a relic nobody knows, a version nobody saw, a body that is no workbook: let in, and changed nothing. */
const aboutRestoration = (method: string, path: string, more: object) => async () => ({
  path: `/api/heritage/restoration${path}`,
  init: {
    method,
    headers: { 'content-type': 'application/json', 'if-match': '"999"' },
    body: JSON.stringify({ changeId: make.changeId(), ...more }),
  },
});
Object.assign(examples, {
  // At a version it cannot have: let in, and changed nothing.
  'PUT /api/heritage/relics/:id/record': async () => ({
    path: '/api/heritage/relics/th-qa-01/record',
    init: {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': '"999"' },
      body: JSON.stringify({
        ...{ changeId: make.changeId(), name: 'xx', otherNames: [], kind: 'dinh', heritageType: null, rank: null },
        ...{ rankYear: null, rankDecision: null, address: null, custodian: null, festivals: [], restoredYear: null },
        ...{ sources: 'x', confidence: 'low' },
      }),
    },
  }),
});
const ownWork = { name: `Đình ${OWN_WARD}`, parts: ['roof'], work: 'restoration' };
const listedWork = { name: 'xx', relicId: 'nobody', parts: ['roof'], work: 'restoration' };
Object.assign(examples, {
  'POST /api/heritage/restoration/items': aboutRestoration('POST', '/items', { ...listedWork, wardKey: OWN_WARD }),
  'PATCH /api/heritage/restoration/items/:id': async (services: Services) => {
    const id = `rw-${make.changeId()}`;
    await services.db.transaction((tx) =>
      tx.run('INSERT INTO restoration_item (id, version, ward_key, state) VALUES (?, 1, ?, ?)', [
        ...[id, OWN_WARD, JSON.stringify(itemFieldsSchema.parse(ownWork))],
      ]),
    );
    return aboutRestoration('PATCH', `/items/${id}`, { year: 2023 })();
  },
  'PATCH /api/heritage/restoration/lists/:ward': aboutRestoration('PATCH', `/lists/${OWN_WARD}`, { submitted: true }),
  'POST /api/heritage/restoration/lists/:ward/sheet': aboutRestoration('POST', `/lists/${OWN_WARD}/sheet`, {}),
  'POST /api/heritage/restoration/lists/:ward/import': aboutRestoration('POST', `/lists/${OWN_WARD}/import`, {
    items: [{ id: null, version: null, fields: listedWork }],
  }),
});

/** Cells of `OWN_WARD` that nobody has touched, named at a version they cannot have: let in, and changed nothing. */
const figureExample = (method: string, path: string, more: object) => async () => ({
  path,
  init: {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      changeId: make.changeId(),
      pack: 'qd04-2022',
      period: '2022',
      cells: [{ wardKey: OWN_WARD, indicator: '1.1', version: 999, value: 1, source: 'x' }],
      ...more,
    }),
  },
});
Object.assign(examples, {
  'PUT /api/status/figures': figureExample('PUT', '/api/status/figures', {}),
  'POST /api/status/figures/submit': figureExample('POST', '/api/status/figures/submit', { to: 'submitted' }),
  'POST /api/status/figures/decide': figureExample('POST', '/api/status/figures/decide', { to: 'approved' }),
  'POST /api/status/evidence': async () => ({
    path: `/api/status/evidence?ward=${OWN_WARD}&name=x`,
    init: { method: 'POST', headers: { 'content-type': 'application/pdf' }, body: 'no file that is kept' },
  }),
  ...Object.fromEntries(
    ['withdrawal', 'restoral'].map((act) => [
      `POST /api/status/evidence/${act}`,
      // Of a day without a figure: whoever may decide is told so.
      figureExample('POST', `/api/status/evidence/${act}`, {
        wardKey: OWN_WARD,
        indicator: '1.1',
        asOf: '1999-01-01',
        reason: 'x',
      }),
    ]),
  ),
  'POST /api/wards/:code/title-steps': async () => ({
    path: `/api/wards/${OWN_WARD}/title-steps`,
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // In the future: whoever may record one is refused for the day.
      body: JSON.stringify({ changeId: make.changeId(), step: 'registered', since: '2999-01-01', source: 'x' }),
    },
  }),
  // Of a step that is not there: whoever may correct one is told so.
  'PATCH /api/wards/:code/title-steps/:id': async () => ({
    path: `/api/wards/${OWN_WARD}/title-steps/999999`,
    init: {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': '"1"' },
      body: JSON.stringify({ changeId: make.changeId(), correction: 'x', since: '2022-10-10' }),
    },
  }),
});

/** A request about an own task of `OWN_WARD`. */
const aboutTask =
  (method: string, what: string, body: object) =>
  async (services: Services): Promise<{ path: string; init: RequestInit }> => {
    const { id, version } = await make.task(services, { wardKeys: [OWN_WARD] });
    const headers = { 'content-type': 'application/json', 'if-match': `"${version}"` };
    return {
      path: what === 'new' ? '/api/programme/tasks' : `/api/programme/tasks/${id}${what}`,
      init: { method, headers, body: JSON.stringify({ changeId: make.changeId(), ...body }) },
    };
  };
const newTask = {
  title: 'x',
  unit: 'x',
  wardKeys: [OWN_WARD],
  criteria: [],
  directiveId: null,
  assignedOn: '2022-10-01',
  dueOn: '2022-12-31',
  source: 'x',
};
Object.assign(examples, {
  'POST /api/programme/tasks': aboutTask('POST', 'new', newTask),
  'PATCH /api/programme/tasks/:id': aboutTask('PATCH', '', { unit: 'y' }),
  'POST /api/programme/tasks/:id/reports': aboutTask('POST', '/reports', {
    state: 'in-progress',
    percent: 10,
    reportedOn: '2022-10-02',
    source: 'x',
  }),
  'POST /api/programme/tasks/:id/evidence': async (services: Services) => {
    const { id } = await make.task(services, { wardKeys: [OWN_WARD] });
    const init = { method: 'POST', headers: { 'content-type': 'application/pdf' }, body: 'no file that is kept' };
    return { path: `/api/programme/tasks/${id}/evidence?name=x`, init };
  },
});

/** A request about a case of `OWN_WARD`. */
const aboutCase =
  (method: string, path: (id: string) => string, body?: object) =>
  async (services: Services): Promise<{ path: string; init: RequestInit }> => {
    const { id, version } = await make.dengueCase(services, { wardKey: OWN_WARD });
    const headers = { 'content-type': 'application/json', 'if-match': `"${version}"` };
    const sent = body && JSON.stringify(body, (_, value: unknown) => (value === 'ID' ? id : value));
    return { path: path(id), init: { method, headers, ...(sent && { body: sent }) } };
  };
const of = (what: string) => (id: string) => `/api/dengue/cases/${id}${what}`;
const always = (path: string) => () => path;
const newCase = { class: 'clinical', onsetOn: '2022-10-24', position: IN_QUANG_AN };
/** Each its own. */
const write = (body: object) => ({
  toJSON: () => ({ changeId: make.changeId(), ...body }),
});
Object.assign(examples, {
  'GET /api/dengue/cases': aboutCase('GET', always(`/api/dengue/cases?ward=${OWN_WARD}`)),
  'GET /api/dengue/cases.csv': aboutCase('GET', always(`/api/dengue/cases.csv?ward=${OWN_WARD}`)),
  'GET /api/dengue/cases/:id': aboutCase('GET', of('')),
  'GET /api/dengue/cases/:id/history': aboutCase('GET', of('/history')),
  'POST /api/dengue/cases': aboutCase('POST', always('/api/dengue/cases'), write(newCase)),
  'POST /api/dengue/cases/check': aboutCase('POST', always('/api/dengue/cases/check'), newCase),
  'PATCH /api/dengue/cases': aboutCase(
    'PATCH',
    always('/api/dengue/cases'),
    write({ items: [{ id: 'ID', version: 1 }], set: { origin: 'local' } }),
  ),
  'PATCH /api/dengue/cases/:id': aboutCase('PATCH', of(''), write({ origin: 'local' })),
  'PATCH /api/dengue/cases/:id/position': aboutCase(
    'PATCH',
    of('/position'),
    write({ position: IN_QUANG_AN, locatedBy: 'map' }),
  ),
  'POST /api/dengue/cases/:id/removal': aboutCase('POST', of('/removal'), write({ reason: 'ruled-out' })),
  'POST /api/dengue/cases/:id/restoral': aboutCase('POST', of('/restoral'), write({})),
  'POST /api/dengue/cases/import': aboutCase(
    'POST',
    always('/api/dengue/cases/import'),
    write({ fileName: 'x.csv', content: 'eA==', ward: OWN_WARD }),
  ),
  'GET /api/dengue/persons': aboutCase('GET', (id) => `/api/dengue/persons?ids=${id}&reason=case-form`),
  'GET /api/dengue/persons.csv': aboutCase('GET', always(`/api/dengue/persons.csv?ward=${OWN_WARD}`)),
  'POST /api/dengue/persons/search': aboutCase('POST', always('/api/dengue/persons/search'), {
    text: 'nguyen',
    reason: 'line-list',
    ward: OWN_WARD,
  }),
  'GET /api/dengue/cases/:id/person/export': aboutCase('GET', of('/person/export')),
  'POST /api/dengue/cases/:id/person/erasure': aboutCase('POST', of('/person/erasure'), write({})),
});

/** A request about an outbreak of `OWN_WARD`, at a version it cannot have: let in, and changed nothing. */
const aboutOutbreak =
  (method: string, what: string, more: object = {}) =>
  async (services: Services): Promise<{ path: string; init: RequestInit }> => {
    const marked = {
      changeId: make.changeId(),
      position: { lng: IN_QUANG_AN.lng, lat: IN_QUANG_AN.lat },
      place: null,
      foundOn: '2022-11-01',
      source: 'x y z',
      reportedCases: null,
      wards: [OWN_WARD],
      residentialGroups: [],
    };
    const officer = { kind: 'user', id: 'x', sessionId: 'x', roles: ['health'], scope: 'district' } as const;
    const { number } = await markOutbreak(services, marked, officer);
    const headers = { 'content-type': 'application/json', 'if-match': '"999"' };
    const body = JSON.stringify({ changeId: make.changeId(), ...more });
    return { path: `/api/dengue/outbreaks/${number}${what}`, init: { method, headers, body } };
  };
/** An action about an outbreak of `OWN_WARD`, at a version it cannot have. */
const aboutAction = async (services: Services) => {
  const { path } = await aboutOutbreak('POST', '')(services);
  const id = `ra-${make.changeId()}`;
  const { init } = await aboutOutbreak('PATCH', '')(services);
  await services.db.transaction((tx) =>
    tx.run(
      `INSERT INTO response_action (id, version, number, kind, done_on) VALUES (?, 1, ?, 'verify', '2022-11-02')`,
      [id, path.split('/').at(-1)!],
    ),
  );
  return { path: `/api/dengue/response/${id}`, init };
};
/** A report that lists a case of `OWN_WARD`; its files are lost, so whoever may read it is told so. */
const aboutReport = async (services: Services) => {
  const { path } = await aboutOutbreak('POST', '')(services);
  const id = `re-${make.changeId()}`;
  await services.db.transaction((tx) =>
    tx.run(
      `INSERT INTO outbreak_report (id, number, made_on, made_at, made_by, head_seq, head_hash, case_wards, docx, pdf)
       VALUES (?, ?, '2022-11-04', '2022-11-04T03:00:00.000Z', 'user:x', 1, 'x', ?, 'x', 'x')`,
      [id, path.split('/').at(-1)!, JSON.stringify([[OWN_WARD]])],
    ),
  );
  return { path: `/api/dengue/reports/${id}/pdf`, init: {} };
};
const atQuangAn = (path: string, more: object) => async () => ({
  path,
  init: {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ changeId: make.changeId(), lng: IN_QUANG_AN.lng, lat: IN_QUANG_AN.lat, ...more }),
  },
});
Object.assign(examples, {
  'POST /api/dengue/outbreaks': async () => ({
    path: '/api/dengue/outbreaks',
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        changeId: make.changeId(),
        position: { lng: IN_QUANG_AN.lng, lat: IN_QUANG_AN.lat },
        foundOn: '2022-11-01',
        source: 'x y z',
      }),
    },
  }),
  'POST /api/dengue/inspections': atQuangAn('/api/dengue/inspections', { inspectedOn: '2022-11-01', houses: 30 }),
  'GET /api/dengue/watch/quality': async () => ({ path: `/api/dengue/watch/quality?ward=${OWN_WARD}`, init: {} }),
  'GET /api/dengue/breeding-sites': async () => ({ path: `/api/dengue/breeding-sites?ward=${OWN_WARD}`, init: {} }),
  'POST /api/dengue/breeding-sites': atQuangAn('/api/dengue/breeding-sites', { kind: 'x', foundOn: '2022-11-01' }),
  'PATCH /api/dengue/breeding-sites/:id': async (services: Services) => {
    const site = { id: `bs-${make.changeId()}`, foundOn: '2022-11-01', kind: 'x', larvae: true, wardKey: OWN_WARD };
    const { lng, lat } = IN_QUANG_AN;
    await services.db.transaction((tx) =>
      insertBreedingSites(tx, [{ ...site, lng, lat, accuracyMeters: 10, demo: false }]),
    );
    return {
      path: `/api/dengue/breeding-sites/${site.id}`,
      init: {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'if-match': '"1"' },
        body: JSON.stringify({ changeId: make.changeId(), larvae: false }),
      },
    };
  },
  'PATCH /api/dengue/outbreaks/:number': aboutOutbreak('PATCH', '', { residentialGroups: ['x'] }),
  'POST /api/dengue/outbreaks/:number/declare': aboutOutbreak('POST', '/declare', { reason: 'a reason long enough' }),
  'POST /api/dengue/outbreaks/:number/undo-declaration': aboutOutbreak('POST', '/undo-declaration'),
  'POST /api/dengue/outbreaks/:number/join': aboutOutbreak('POST', '/join'),
  'POST /api/dengue/outbreaks/:number/keep-apart': aboutOutbreak('POST', '/keep-apart'),
  // In the future: whoever may record it is refused for the day.
  'POST /api/dengue/outbreaks/:number/response': aboutOutbreak('POST', '/response', {
    kind: 'verify',
    doneOn: '2999-01-01',
  }),
  'POST /api/dengue/outbreaks/:number/report': aboutOutbreak('POST', '/report', { entries: {} }),
  'PATCH /api/dengue/response/:id': aboutAction,
  'GET /api/dengue/outbreaks/:number/reports': async (services: Services) => ({
    path: (await aboutOutbreak('GET', '/reports')(services)).path,
    init: {},
  }),
  'GET /api/dengue/reports/:id/:format': aboutReport,
});

const worlds = new Map<VisitorName, { app: App; services: Services; close(): Promise<void> }>();
const world = (name: VisitorName) => worlds.get(name)!;

beforeAll(async () => {
  worlds.set('visitor', await make.app());
  worlds.set('visitor of the demo', await make.app({ demo: true }));
  worlds.set('visitor while PUBLIC=off', await make.app({ env: { public: false } }));
}, 60_000);
afterAll(async () => {
  await Promise.all([...worlds.values()].map(({ close }) => close()));
});

/** What the application says to one case: the code of its refusal, or that it was let in. */
async function answerTo({ method, path, permission, who }: Case): Promise<string> {
  const { app, services } = world('visitor' in who ? who.visitor : 'visitor');
  let headers: Record<string, string> = {};
  if (!('visitor' in who)) {
    // A user and a session of its own: cases end sessions.
    const user = await make.user(services, { roles: [who.role], scope: scopes[who.scope], password: null });
    headers = await make.session(services, user);
  }
  const scoped = scopedPermissions.has(permission);
  const example = scoped ? await examples[`${method} ${path}`]?.(services) : undefined;
  const url = example?.path ?? path.replace(/:\w+/g, 'x');
  const init =
    example?.init ?? (method === 'GET' ? {} : { method, body: '{}', headers: { 'content-type': 'application/json' } });
  const answer = await app.request(url, { ...init, headers: { ...(init.headers as object), ...headers } });
  expect(answer.status).toBeLessThan(500);
  if (answer.ok) {
    await answer.body?.cancel();
    return 'allowed';
  }
  const { code } = (await answer.json()) as { code: string };
  return ['not_permitted', 'signed_out', 'outside_scope'].includes(code) ? code : 'allowed';
}

describe.each(routes.map((route) => ({ ...route, title: `${route.method} ${route.path} (${route.permission})` })))(
  '$title',
  ({ method, path }) => {
    const own = cases.filter((one) => one.method === method && one.path === path);
    it.each(own.map((one) => ({ ...one, told: tellWho(one.who) })))('$told: $expected', async (one) => {
      expect(await answerTo(one)).toBe(one.expected);
    });
  },
);

test('every route is in the matrix, for everybody', () => {
  expect(routes.length).toBeGreaterThan(25);
  expect(cases).toHaveLength(routes.length * everybody.length);
});

test('a route whose permission knows wards has an example that reaches a record', () => {
  const wanting = routes.filter(
    ({ method, path, permission }) => scopedPermissions.has(permission) && !(`${method} ${path}` in examples),
  );
  expect(wanting).toEqual([]);
});

test('every permission but those of routes to come is some route’s', () => {
  const used = new Set<Permission>(routes.map(({ permission }) => permission));
  expect([...scopedPermissions].filter((permission) => !used.has(permission))).toEqual([]);
});

test('a route without a permission keeps the application from starting', () => {
  const bare = createRouter();
  bare.get('/api/backdoor', (c) => c.text('hello'));
  expect(() => assertPermissions(bare)).toThrow('GET /api/backdoor');
});

test('the page in the room of accounts is this matrix', async () => {
  await expect(matrixPage(routes)).toMatchFileSnapshot(
    fileURLToPath(new URL('../../server/accounts/MATRIX.md', import.meta.url)),
  );
});
