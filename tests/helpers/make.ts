/**
 * Fixtures for every test: each call makes its own, nothing is shared, and what was made is taken away when the test
 * that made it has finished. Outside a test (in `beforeAll`) the maker closes it: every fixture has `close()`.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadPlaces, type Places } from '../../geodata/load.ts';
import type { Units } from '../../geodata/schema.ts';
import { openAccounts } from '../../server/accounts/account.ts';
import { createPasswords } from '../../server/accounts/password.ts';
import { beginSession } from '../../server/accounts/session-actions.ts';
import { insertUser, type StoredUser } from '../../server/accounts/user-store.ts';
import type { StoredCase } from '../../server/dengue/cases/case.ts';
import { putCases } from '../../server/dengue/cases/case-store.ts';
import { blankCase } from '../../server/dengue/cases/draft.ts';
import { putPersons, type StoredPerson } from '../../server/dengue/cases/person-store.ts';
import type { CaseRow } from '../../server/dengue/store.ts';
import { readEnv, type Env } from '../../server/env.ts';
import { createLog } from '../../server/log.ts';
import type { ChangeDraft } from '../../server/platform/changes.ts';
import { fixedClock, type Clock } from '../../server/platform/clock.ts';
import type { DiskTimes } from '../../server/platform/disk.ts';
import { openDatabase, type Database, type DriverName } from '../../server/platform/database.ts';
import { migrate } from '../../server/platform/migrate.ts';
import type { Services } from '../../server/platform/services.ts';
import { uuidv7 } from '../../server/platform/uuid.ts';
import { putTask } from '../../server/programme/store.ts';
import type { KeptTask } from '../../server/programme/tasks.ts';
import type { StatusValueRow } from '../../server/status/store.ts';

type Closing<T> = T & { close(): Promise<void> };

/** The instant of every test that does not say otherwise; in Hà Nội it is the 4th of November 2022, 10:00. */
export const NOW = '2022-11-04T03:00:00.000Z';

function atTheEnd(work: () => unknown): void {
  try {
    onTestFinished(async () => void (await work()));
  } catch {
    // Not inside a test: the maker closes.
  }
}

/** A temporary folder of its own. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tayho-atlas-'));
  atTheEnd(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A database in a temporary folder, migrated unless `empty`. `ATLAS_DRIVER` decides the driver when `driver` does not. */
async function database(options: { driver?: DriverName; path?: string; empty?: boolean } = {}): Promise<Database> {
  const path = options.path ?? join(folder(), 'atlas.sqlite');
  const driver = options.driver ?? (process.env['ATLAS_DRIVER'] as DriverName | undefined);
  const db = await openDatabase({ path, driver });
  atTheEnd(() => db.close());
  if (!options.empty) await migrate(db);
  return db;
}

/** The environment of a test: a temporary data folder, any free port, no logs. */
function env(more: Partial<Env> & { demo?: boolean } = {}): Env {
  const driver = process.env['ATLAS_DRIVER'];
  const source = { PORT: '0', DATA_DIR: more.dataDir ?? folder(), LOG_LEVEL: 'silent', ATLAS_DRIVER: driver };
  return { ...readEnv(source, { demo: more.demo ?? false }), ...more };
}

export interface ServicesOptions {
  demo?: boolean;
  /** The civil date of the data; the instant stays `NOW`. */
  today?: string;
  now?: string;
  units?: Units;
  env?: Partial<Env>;
  clock?: Clock;
  /** What Argon2id costs; without it as little as it can. */
  passwordCost?: Services['passwordCost'];
  /** How soon a disk that took no writes is tried again. */
  diskTimes?: DiskTimes;
  /** Where the server's log goes; without it nowhere. */
  log?: Services['log'];
}

/** The reference data, read and checked once a file: nobody writes to it, and reading it costs more than most tests. */
let read: Places | undefined;
const places = (): Places => (read ??= loadPlaces());

/** Argon2id all the same, in under a millisecond. */
const CHEAP = { memoryKiB: 64, passes: 1 };

/** Services on a seeded temporary database, as the server opens them. */
async function services(options: ServicesOptions = {}): Promise<Closing<Services>> {
  const { openServices } = await import('../../server/open.ts');
  const clock = options.clock ?? fixedClock(options.now ?? NOW, options.today);
  const environment = env({
    demo: options.demo ?? false,
    ...(options.units && { units: options.units }),
    ...options.env,
  });
  const opened = await openServices(environment, {
    clock,
    log: options.log ?? createLog('silent'),
    places: places(),
    passwordCost: options.passwordCost ?? CHEAP,
    ...(options.diskTimes && { diskTimes: options.diskTimes }),
  });
  atTheEnd(() => opened.close());
  return { ...opened.value, close: opened.close };
}

/** The whole application over `services`, for `app.request(…)`. */
async function app(options: ServicesOptions = {}) {
  const { createApp } = await import('../../server/app.ts');
  const made = await services(options);
  return { app: createApp(made), services: made, close: made.close };
}

export const PASSWORD = 'một hồ rất rộng';

/** An account that can sign in with `PASSWORD`: an administrator of the district unless said otherwise. */
async function user(services: Services, more: Partial<StoredUser> & { password?: string | null } = {}) {
  const { password = PASSWORD, ...rest } = more;
  const id = uuidv7(Date.parse(NOW));
  const made: StoredUser = {
    id,
    version: 1,
    username: `u-${id.slice(-12)}`,
    displayName: 'Nguyễn Thị Thử',
    unit: null,
    roles: ['admin'],
    scope: 'district',
    passwordHash: password === null ? null : await createPasswords(services.passwordCost).hash(password),
    disabled: false,
    createdAt: NOW,
    lastSignInAt: null,
    demo: false,
    ...rest,
  };
  await services.db.transaction((tx) => insertUser(tx, made));
  return made;
}

/** A clock that stands still until the test moves it. */
function clock(at = NOW): Clock & { pass(milliseconds: number): void } {
  let now = Date.parse(at);
  return {
    now: () => new Date(now),
    today: () => fixedClock(new Date(now).toISOString()).today(),
    pass: (milliseconds) => void (now += milliseconds),
  };
}

/** A session of an account, as the headers of a request that carries it. */
async function session(services: Services, of: StoredUser) {
  const from = { address: '192.0.2.1', browser: null };
  const begun = await services.db.transaction((tx) => beginSession(openAccounts(services), tx, of, from));
  return { cookie: `atlas-session=${begun.token}` };
}

/** A change id as a browser makes it. */
const changeId = (at = NOW): string => uuidv7(Date.parse(at));

/** A change of no room in particular. */
const change = (more: Partial<ChangeDraft> = {}): ChangeDraft => ({
  kind: 'relic',
  verb: 'placeRelic',
  recordId: 'th-dd-01',
  version: 2,
  layers: ['relics'],
  actor: 'visitor',
  ...more,
});

/** An approved figure of Tứ Liên for the first indicator of the pack that ships. */
const statusValue = (more: Partial<StatusValueRow> = {}): StatusValueRow => ({
  wardKey: '00097@1995-10-28',
  pack: 'qd04-2022',
  indicator: '1.1',
  period: '2022',
  value: 95,
  asOf: '2022-09-01',
  source: 'a report',
  evidence: null,
  approved: true,
  demo: false,
  ...more,
});

/** Confirmed cases of the last week complete on `NOW` (Monday the 24th of October), at one place in Bưởi. */
const dengueCases = (count: number, more: Partial<CaseRow> = {}): CaseRow[] =>
  Array.from({ length: count }, () => ({
    id: uuidv7(Date.parse(NOW)),
    class: 'confirmed',
    onsetOn: '2022-10-24',
    reportedOn: '2022-10-26',
    wardKey: '00109@1995-10-28',
    lng: 105.8105,
    lat: 21.0512,
    accuracyMeters: 10,
    demo: false,
    ...more,
  }));

/** On dry land in Quảng An, well away from its boundaries. */
export const IN_QUANG_AN = { lng: 105.8266, lat: 21.0645, accuracyMeters: 10 };
/** On dry land in Bưởi. */
export const IN_BUOI = { lng: 105.8105, lat: 21.0512, accuracyMeters: 10 };

/** A case of Quảng An as it stands in the store, with a person when one is given. */
async function dengueCase(services: Services, more: Partial<StoredCase> = {}, person?: Partial<StoredPerson>) {
  const stored: StoredCase = {
    ...blankCase(`ca-${uuidv7(Date.parse(NOW))}`, '2022-10-26'),
    version: 1,
    class: 'clinical',
    onsetOn: '2022-10-24',
    wardKey: '00100@1995-10-28',
    position: IN_QUANG_AN,
    locatedBy: 'map',
    ...more,
  };
  const blank = { name: null, folded: null, born: null, phone: null, nationalId: null, address: null };
  await services.db.transaction(async (tx) => {
    await putCases(tx, [stored]);
    if (!person) return;
    await putPersons(tx, [{ caseId: stored.id, ...blank, workplace: null, note: null, demo: false, ...person }]);
  });
  return stored;
}

/** An own task of Programme 03 as it stands in the store: of Quảng An, due at the end of November. */
async function task(services: Services, more: Partial<KeptTask> = {}): Promise<KeptTask> {
  const kept: KeptTask = {
    id: uuidv7(Date.parse(NOW)),
    version: 1,
    title: 'Nộp hồ sơ tiêu chí môi trường',
    unit: 'UBND phường Quảng An',
    wardKeys: ['00100@1995-10-28'],
    criteria: ['3'],
    directiveId: 'D4',
    assignedOn: '2022-10-01',
    dueOn: '2022-11-30',
    source: 'Kế hoạch 12/KH-UBND',
    removed: false,
    demo: false,
    ...more,
  };
  await services.db.transaction((tx) => putTask(tx, kept));
  return kept;
}

/** Any bytes, for files that are none. */
const noise = (length: number): Buffer => randomBytes(length);

export const make = {
  folder,
  database,
  env,
  services,
  app,
  user,
  session,
  clock,
  changeId,
  change,
  statusValue,
  dengueCases,
  dengueCase,
  task,
  places,
  noise,
};
