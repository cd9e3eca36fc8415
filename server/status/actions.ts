import type { CivilDate, CriteriaPack, Units, WardKey } from '../../geodata/schema.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Snapshot } from '../platform/snapshots.ts';
import { chooseWard, wardFeature } from '../wards/actions.ts';
import { culturalWardOn } from '../wards/facts.ts';
import type { DistrictStatus, WardStatus } from './contract.ts';
import { wardStatus, type IndicatorEntry } from './criteria.ts';
import { publishedVersions, withdrawals } from './pack-store.ts';
import { daysOfVersions, inForceOn, judgeOf, purposeOf, versionOn, type PackVersion } from './pack-time.ts';
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

/**
 * Every version of every pack with the days it judges: those that ship as files or with the demo are version 1, unless
 * a first version was published under their name.
 */
export async function everyVersion({ db, places }: Given): Promise<PackVersion[]> {
  const [stored, published, acts] = await Promise.all([storedPacks(db), publishedVersions(db), withdrawals(db)]);
  const byId = new Map<string, CriteriaPack[]>();
  for (const { pack } of published) byId.set(pack.id, [...(byId.get(pack.id) ?? []), pack]);
  for (const pack of [...places.criteriaPacks, ...places.districtPacks, ...stored]) {
    const later = byId.get(pack.id) ?? [];
    if ((later[0]?.version ?? 2) > 1) byId.set(pack.id, [pack, ...later]);
  }
  const withdrawn = new Map(acts.map(({ pack, from }) => [pack, from]));
  return [...byId].flatMap(([id, versions]) => daysOfVersions(versions, withdrawn.get(id) ?? null));
}

/**
 * The version of a pack that a day is judged by, today's without one.
 * @throws {Refusal} 404 `unknown_pack`
 */
export async function findPack(
  services: Given & Pick<Services, 'clock'>,
  id: string,
  at: CivilDate = services.clock.today(),
): Promise<CriteriaPack> {
  const versions = (await everyVersion(services)).filter(({ pack }) => pack.id === id);
  const found = versionOn(versions, at);
  if (!found) throw new Refusal(404, 'unknown_pack');
  return found.pack;
}

/** The pack a day is judged by for the title. */
export const packFor = async (services: Given, at: CivilDate): Promise<CriteriaPack> =>
  judgeOf(await everyVersion(services), at).pack;

/**
 * The pack asked for by its id, as it stood on a day; without an id the one that judges the title.
 * @returns `inForce`: whether figures count by it on that day; before the first title pack none has a value anyway
 * @throws {Refusal} 404 `unknown_pack`; 422 `pack_is_illustration`
 */
async function packAsked(
  services: Given & Pick<Services, 'clock'>,
  at: CivilDate,
  id: string | undefined,
): Promise<{ pack: CriteriaPack; inForce: boolean }> {
  if (id === undefined) return { pack: await packFor(services, at), inForce: true };
  const versions = (await everyVersion(services)).filter(({ pack }) => pack.id === id);
  const found = versionOn(versions, at);
  if (!found) throw new Refusal(404, 'unknown_pack');
  if (found.pack.illustration) throw new Refusal(422, 'pack_is_illustration');
  return { pack: found.pack, inForce: inForceOn(versions, at, purposeOf(found.pack)) !== null };
}

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
  // A frozen day of before there were versions must come out the same, byte for byte: the first is not named.
  ...(day.pack.version && { packVersion: day.pack.version }),
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

async function dayAsked(
  services: Given & Pick<Services, 'clock'>,
  at: CivilDate,
  id: string | undefined,
): Promise<Day> {
  const { pack, inForce } = await packAsked(services, at, id);
  return readDay(services, at, pack, inForce ? EVERY_ROW : { ...EVERY_ROW, figures: 0 });
}

/**
 * The status of every ward of a set on a day from approved figures alone: by the title pack in force then, or by the
 * one asked for. A pack that is not in force on that day is a frame without figures.
 * @throws {Refusal} 404 `unknown_pack`; 422 `pack_is_illustration`
 */
export async function districtStatus(
  services: Given & Pick<Services, 'clock'>,
  at: CivilDate,
  units: Units,
  pack?: string,
): Promise<DistrictStatus> {
  return reply(services, keysOf(services, units), units, await dayAsked(services, at, pack));
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
  services: Given & Pick<Services, 'clock'>,
  text: string,
  at: CivilDate,
  units: Units,
  pack?: string,
): Promise<DistrictStatus> {
  const key = chooseWard(services, text, units, 404);
  return reply(services, [key], key.split('@')[1] as Units, await dayAsked(services, at, pack));
}
