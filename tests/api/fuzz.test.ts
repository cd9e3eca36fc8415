/**
 * Thousands of requests made from the served document, by everybody: none may be answered 500 or above, and no answer
 * may hold a name that its reader must not see. `npm test` asks 20,000 of them, `npm run fuzz` 100,000 (`FUZZ_SEED` for others).
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Role, Scope } from '../../server/accounts/permission.ts';
import { make } from '../helpers/make.ts';
import { shots, type Document, type Known, type Shot } from '../helpers/fuzz.ts';
import { OTHER_WARD, OWN_WARD } from '../helpers/matrix.ts';

vi.setConfig({ testTimeout: 600_000 });

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 20_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_221_104);
const AT_ONCE = 8;

const readers: readonly { name: string; role?: Role; scope?: Scope }[] = [
  { name: 'visitor' },
  { name: 'viewer', role: 'viewer', scope: 'district' },
  { name: 'health of one ward', role: 'health', scope: [OWN_WARD] },
  { name: 'health of another', role: 'health', scope: [OTHER_WARD] },
  { name: 'heritage', role: 'heritage', scope: 'district' },
  { name: 'status', role: 'status', scope: 'district' },
  { name: 'admin', role: 'admin', scope: 'district' },
];

/** Words that stand in the database once, and who may read them. */
const secrets = [
  { word: 'ZQXMOT', mayRead: ['health of one ward'], of: OWN_WARD },
  { word: 'ZQXHAI', mayRead: ['health of another'], of: OTHER_WARD },
  { word: 'ZQXBA', mayRead: ['admin'], of: null },
] as const;

async function world() {
  const { app, services } = await make.app();
  const caseIds: string[] = [];
  // Several of each: what is fuzzed is also erased.
  for (const { word, of } of Array.from({ length: 8 }, () => secrets).flat()) {
    if (of === null) continue;
    const id = `ca-${make.changeId()}`;
    caseIds.push(id);
    await services.db.transaction(async (tx) => {
      await tx.run(
        `INSERT INTO dengue_case (id, version, class, onset_on, reported_on, ward_key, lng, lat, accuracy_meters)
         VALUES (?, 1, 'confirmed', '2022-10-24', '2022-10-26', ?, 105.8105, 21.0512, 10)`,
        [id, of],
      );
      await tx.run(
        'INSERT INTO dengue_person (case_id, name, folded, born, phone, address, note) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [id, `Nguyễn ${word}`, `nguyen ${word}`, '1990-05-17', `09${word}`, `ngõ ${word}`, word],
      );
    });
  }
  const withSecret = () => make.user(services, { displayName: 'Lê ZQXBA', unit: 'ZQXBA', roles: ['viewer'] });
  const victim = await withSecret();
  // Others whose id nobody is told: the victim is soon given another name, and then there is no secret left to come near.
  for (let i = 0; i < 3; i++) await withSecret();
  // A second administrator, so that the first can be spoiled without locking anybody out.
  await make.user(services);
  const document = (await (await app.request('/api/openapi.json')).json()) as Document;
  const relics = await services.db.all<{ id: string }>('SELECT id FROM relic ORDER BY id LIMIT 5');
  const wards = ['00097', '00100', '00091@1995-10-28', '00091@2025-07-01', OWN_WARD, OTHER_WARD];
  const known: Known = {
    '/api/heritage/relics/{id} id': relics.map(({ id }) => id),
    '/api/layers/{id} id': ['wards', 'ward-edges', 'relics', 'hotspots', 'cases', 'outbreaks', 'breeding-sites'],
    '/api/users/{id} id': [victim.id],
    '/api/users/{id}/link id': [victim.id],
    '/api/packs/{id} id': ['qd04-2022'],
    id: [...caseIds, 'x'],
    ids: [caseIds.join(), ...caseIds],
    text: ['nguyen', 'zqx', '1990', 'ngo'],
    code: wards,
    ward: wards,
    wardKey: [OWN_WARD, OTHER_WARD],
    changeId: Array.from({ length: 50 }, () => make.changeId()),
    bbox: ['105.8,21.0,105.9,21.1', '105.8,21.05,105.82,21.06'],
    q: ['chua', 'ZQX', 'nguyen', 'Nguyễn ZQX', 'le'],
    username: [victim.username, 'nobody.here'],
    lng: [105.8105, 105.82, 106.7],
    lat: [21.0512, 21.06, 10.8],
  };
  return { app, services, document, known };
}

const tell = ({ who, method, path, headers, body }: Shot) =>
  `${readers[who]?.name}: ${method} ${path} ${JSON.stringify(headers)} ${body?.slice(0, 500) ?? ''}`;

test(`${REQUESTS} requests made from the document: no fault of ours, and no name told to whom it is not for`, async () => {
  const { app, services, document, known } = await world();
  const users = await Promise.all(
    readers.map(({ role, scope }) =>
      role ? make.user(services, { roles: [role], scope: scope ?? 'district', password: null }) : null,
    ),
  );
  const cookies = new Map<number, { cookie: string }>();
  const signIn = async (who: number) => {
    const user = users[who];
    if (user) cookies.set(who, await make.session(services, user));
  };
  for (const who of readers.keys()) await signIn(who);

  const statuses = new Map<number, number>();
  const faults: string[] = [];
  const leaks: string[] = [];
  /** Who has read what is secret to others: a fuzz that never comes near a secret proves nothing. */
  const told = new Set<string>();
  const fire = async (shot: Shot) => {
    const { method, path, body } = shot;
    const init = {
      method,
      headers: { ...shot.headers, ...cookies.get(shot.who) },
      ...(body !== undefined && { body }),
    };
    const answer = await app.request(path, init);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    let text = JSON.stringify([...answer.headers]);
    if (answer.headers.get('content-type')?.startsWith('text/event-stream')) await answer.body?.cancel();
    else text += await answer.text();
    if (answer.status >= 500) faults.push(`${answer.status} ${tell(shot)} -> ${text}`);
    const reader = readers[shot.who]?.name ?? '';
    const found = secrets.filter(({ word }) => text.includes(word));
    for (const { word } of found) told.add(`${reader}: ${word}`);
    const leaked = found.filter(({ mayRead }) => !(mayRead as readonly string[]).includes(reader));
    if (leaked.length > 0) leaks.push(`${leaked.map(({ word }) => word).join()} ${tell(shot)}`);
    // They sign themselves out now and then; the next request is theirs again.
    if (text.includes('"signed_out"') || (method === 'DELETE' && path.startsWith('/api/session')))
      await signIn(shot.who);
  };
  const all = fc.sample(shots(document, known, readers.length), { numRuns: REQUESTS, seed: SEED });
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let shot = all[next++]; shot; shot = all[next++]) await fire(shot);
    }),
  );

  const counted = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} x ${count}`);
  process.stdout.write(
    `fuzz: ${all.length} requests over ${Object.keys(document.paths).length} paths by ${readers.length} readers, seed ${SEED}: ${counted.join(', ')}; ${faults.length} of 500 or above, ${leaks.length} leaks\n`,
  );
  expect(faults.slice(0, 5)).toEqual([]);
  expect(leaks.slice(0, 5)).toEqual([]);
  // Not all of them bounced off the same door.
  for (const status of [200, 400, 403, 404, 405, 409, 412, 415, 422]) expect([...statuses.keys()]).toContain(status);
  expect([...told].sort()).toEqual(['admin: ZQXBA', 'health of another: ZQXHAI', 'health of one ward: ZQXMOT']);
  expect(await services.changes.verify()).toMatchObject({ ok: true });
});
