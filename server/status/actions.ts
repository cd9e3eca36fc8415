import type { CivilDate, CriteriaPack, Units, WardKey } from '../../geodata/schema.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Snapshot } from '../platform/snapshots.ts';
import { chooseWard, wardFeature } from '../wards/actions.ts';
import { culturalWardOn } from '../wards/facts.ts';
import type { DistrictStatus, WardStatus } from './contract.ts';
import { packOn, wardStatus, type IndicatorEntry } from './criteria.ts';
import {
  EVERY_ROW,
  newestApproved,
  newestRows,
  storedPacks,
  titleStepsUntil,
  type ApprovedRow,
  type KnownRows,
} from './store.ts';

type Given = { db: Reader } & Pick<Services, 'places'>;

/** Every pack: those that ship as files, then those kept in the database. */
const allPacks = async ({ db, places }: Given): Promise<CriteriaPack[]> => [
  ...places.criteriaPacks,
  ...(await storedPacks(db)),
];

/** @throws {Refusal} 404 `unknown_pack` */
export async function findPack(services: Given, id: string): Promise<CriteriaPack> {
  const pack = (await allPacks(services)).find((known) => known.id === id);
  if (!pack) throw new Refusal(404, 'unknown_pack');
  return pack;
}

/** The pack a day is judged by. */
export const packFor = async (services: Given, at: CivilDate): Promise<CriteriaPack> =>
  packOn(await allPacks(services), at);

const entryOf = (row: ApprovedRow): IndicatorEntry => ({
  value: row.value,
  asOf: row.as_of,
  source: row.source,
  evidence:
    row.evidence_title === null
      ? null
      : {
          title: row.evidence_title,
          expiresOn: row.evidence_expires_on,
          file: row.evidence_file,
          withdrawnOn: row.evidence_withdrawn_on,
        },
  demo: row.demo === 1,
});

interface Day {
  at: CivilDate;
  pack: CriteriaPack;
  /** Figures by ward, then by indicator. */
  entries: Map<WardKey, Map<string, IndicatorEntry>>;
  steps: Map<WardKey, { title: WardStatus['title']; demo: boolean }>;
}

/** Everything approved and known by a day, read once for all wards. */
async function readDay(services: Given, at: CivilDate, pack: CriteriaPack, rows: KnownRows = EVERY_ROW): Promise<Day> {
  const [figures, known] = await Promise.all([
    newestApproved(services.db, pack.id, at, rows.figures),
    titleStepsUntil(services.db, at, rows.steps),
  ]);
  const entries: Day['entries'] = new Map();
  for (const row of figures) {
    const ofWard = entries.get(row.ward_key) ?? new Map<string, IndicatorEntry>();
    entries.set(row.ward_key, ofWard.set(row.indicator, entryOf(row)));
  }
  // Oldest first, so that the newest step of each ward stays.
  const steps: Day['steps'] = new Map(
    known.map(({ ward_key, step, since, source, demo }) => [
      ward_key,
      { title: { step, since, source }, demo: demo === 1 },
    ]),
  );
  return { at, pack, entries, steps };
}

function statusOf(services: Given, key: WardKey, day: Day): WardStatus {
  const { code, name } = wardFeature(services, key).properties;
  const history = services.places.facts.wards.find((ward) => ward.key === key)?.culturalWard ?? [];
  return {
    key,
    code,
    name,
    // That the wards were told to register does not say that they did: without a record the step is unknown.
    title: day.steps.get(key)?.title ?? { step: null, since: null, source: null },
    culturalWard: culturalWardOn(history, day.at),
    ...wardStatus(day.pack, day.entries.get(key) ?? new Map(), day.at),
  };
}

const isDemo = (keys: readonly WardKey[], { pack, entries, steps }: Day): boolean =>
  pack.demo ||
  keys.some((key) => steps.get(key)?.demo || [...(entries.get(key)?.values() ?? [])].some(({ demo }) => demo));

const reply = (services: Given, keys: readonly WardKey[], units: Units, day: Day): DistrictStatus => ({
  at: day.at,
  units,
  pack: day.pack.id,
  demo: isDemo(keys, day),
  wards: keys.map((key) => statusOf(services, key, day)),
});

const keysOf = ({ places }: Pick<Services, 'places'>, units: Units): WardKey[] =>
  places.wards[units].map(({ properties }) => properties.key as WardKey);

/** Up to which rows figures and title steps are known now. */
export const statusKnown = (db: Reader): Promise<KnownRows> => newestRows(db);

/** The status of a day by a pack, from the rows that were known at some time: what was written later is not in it. */
export async function statusAsKnown(
  services: Given,
  { at, units, pack }: { at: CivilDate; units: Units; pack: CriteriaPack },
  known: KnownRows,
): Promise<DistrictStatus> {
  return reply(services, keysOf(services, units), units, await readDay(services, at, pack, known));
}

/** The status of every ward of a set on a day, by the pack in force then, from approved figures alone. */
export async function districtStatus(services: Given, at: CivilDate, units: Units): Promise<DistrictStatus> {
  return reply(services, keysOf(services, units), units, await readDay(services, at, await packFor(services, at)));
}

/**
 * The whole status of today, kept until a change names the layer `wards`, which it colours; `null` for another day.
 * It is on the first screen, and most of its bytes compress away.
 */
export function statusSnapshot(
  services: Given & Pick<Services, 'clock' | 'snapshots'>,
  at: CivilDate,
  units: Units,
): Promise<Snapshot> | null {
  if (at !== services.clock.today()) return null;
  return services.snapshots.get(`layer:wards:status:${units}:${at}`, () => districtStatus(services, at, units));
}

/** The same for one ward, by code (read in `units`) or key; `units` of the answer is the ward's own set. */
export async function oneWardStatus(
  services: Given,
  text: string,
  at: CivilDate,
  units: Units,
): Promise<DistrictStatus> {
  const key = chooseWard(services, text, units, 404);
  return reply(services, [key], key.split('@')[1] as Units, await readDay(services, at, await packFor(services, at)));
}
