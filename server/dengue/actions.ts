import type { EpiWeek } from '../../geodata/dates.ts';
import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import type { Services } from '../platform/services.ts';
import { wardFeature, wardName } from '../wards/actions.ts';
import type { Curve, HotspotProperties } from './contract.ts';
import { cellId, cellOf, cellOfId, cellPolygon, wardOfCell } from './grid.ts';
import { publishWeek, type CountedCase, type Region } from './hotspots.ts';
import { mayPublish } from './publication.ts';
import { publishedWeeks, putWeeks, type PublishedWeek } from './publication-store.ts';
import { countingBetween, countsByDay, type CountingRow } from './store.ts';
import { lastPublicWeek, weeklyCounts } from './weeks.ts';

import { StorageError, type Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import { uuidv7 } from '../platform/uuid.ts';

type Given = Pick<Services, 'db' | 'places' | 'clock' | 'changes'>;

/**
 * The one ward set hotspots are cut by, whatever set the reader looks at: one week published over two sets of wards
 * could be subtracted.
 */
const UNITS = '1995-10-28';
/** A position known no better than this (metres) names no cell; the case counts for its ward. */
const VAGUE_METERS = 100;

export type HotspotFeature = GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, HotspotProperties> & {
  id: string;
};
export interface Hotspots {
  week: { id: string; from: CivilDate; to: CivilDate };
  /** The week has 1 to 4 cases in the whole district: nothing is said about where. */
  withheld: boolean;
  features: HotspotFeature[];
}

function countedCase({ places }: Pick<Given, 'places'>, row: CountingRow): CountedCase {
  const stated = row.ward_key?.endsWith(`@${UNITS}`) ? row.ward_key : null;
  if (row.lng === null || row.lat === null) return { cell: null, ward: stated };
  const { wardAt } = places.index[UNITS];
  const vague = row.accuracy_meters === null || row.accuracy_meters >= VAGUE_METERS;
  if (vague) return { cell: null, ward: stated ?? wardAt([row.lng, row.lat]) };
  const cell = cellOf([row.lng, row.lat]);
  const ward = wardOfCell(cell, wardAt);
  if (ward === null) return { cell: null, ward: stated };
  return { cell: cellId(cell), ward };
}

function geometryOf(services: Pick<Given, 'places'>, region: Region) {
  if (region.region === 'cell') return cellPolygon(cellOfId(region.cell));
  if (region.region !== 'rest-of-district') return wardFeature(services, region.ward).geometry;
  const district = services.places.collections.district.features[0];
  if (!district) throw new Error('geodata has no district');
  return district.geometry;
}

/** `2022-W44:c25r20`, `2022-W44:00097@1995-10-28`, `2022-W44:rest:00097@1995-10-28`, `2022-W44:rest`. */
function idOf(week: string, region: Region): string {
  if (region.region === 'cell') return `${week}:${region.cell}`;
  if (region.region === 'rest-of-district') return `${week}:rest`;
  return `${week}:${region.region === 'ward' ? '' : 'rest:'}${region.ward}`;
}

async function compose(services: Given, reader: Reader, { week, from, to }: EpiWeek): Promise<PublishedWeek> {
  const rows = await countingBetween(reader, from, to);
  const { regions, total, withheld } = publishWeek(rows.map((row) => countedCase(services, row)));
  return { week, from, to, total: withheld ? null : total, regions, demo: rows.some((row) => row.demo === 1) };
}

/** Weeks that are complete and may be told (again), by the counts of `reader`. */
async function weeksToPublish(services: Given, reader: Reader): Promise<EpiWeek[]> {
  const today = services.clock.today();
  const last = lastPublicWeek(today, today);
  const days = await countsByDay(reader, last.to);
  const told = new Map((await publishedWeeks(reader, last.week)).map((week) => [week.week, week]));
  const counts = weeklyCounts(
    days.map((day) => ({ onsetOn: day.onset_on, cases: day.cases })),
    last,
  );
  return counts.filter(({ week, cases }) => mayPublish(told.get(week), cases));
}

/**
 * Publishes what is due, once: what a week was told is kept, and later entries do not change it (`mayPublish`). One
 * change of kind `publication`; nothing to publish writes nothing. Where nothing can be written (the disk is full) the
 * public sees what was published before.
 */
export async function publishDueWeeks(services: Given): Promise<void> {
  const { db, changes, clock } = services;
  if ((await weeksToPublish(services, db)).length === 0) return;
  try {
    await changes.commit(uuidv7(clock.now().getTime()), 'publishWeeks', async (tx) => {
      const due = await weeksToPublish(services, tx);
      const weeks: PublishedWeek[] = [];
      for (const week of due) weeks.push(await compose(services, tx, week));
      await putWeeks(tx, weeks, clock.now().toISOString());
      return {
        outcome: null,
        change: {
          kind: 'publication',
          verb: 'publishWeeks',
          recordId: 'hotspots',
          version: 1,
          layers: ['hotspots'],
          actor: 'clock',
          after: { weeks: weeks.length, last: weeks.at(-1)?.week ?? null },
        },
      };
    });
  } catch (error) {
    const cannotWrite = error instanceof StorageError || (error instanceof Refusal && error.status === 503);
    if (!cannotWrite) throw error;
  }
}

/** The hotspots of the newest week public on a day, as they were published. */
export async function publicHotspots(services: Given, at: CivilDate): Promise<Hotspots> {
  await publishDueWeeks(services);
  const { week, from, to } = lastPublicWeek(at, services.clock.today());
  const told = (await publishedWeeks(services.db, week)).at(-1);
  const { regions, total, demo } = told?.week === week ? told : { regions: [], total: 0, demo: false };
  const withheld = total === null;
  const features = regions.map((region): HotspotFeature => {
    const wardKey: WardKey | null = region.region === 'rest-of-district' ? null : region.ward;
    const id = idOf(week, region);
    return {
      type: 'Feature',
      id,
      geometry: geometryOf(services, region),
      properties: {
        id,
        week,
        from,
        to,
        region: region.region,
        wardKey,
        wardName: wardKey && wardName(services, wardKey),
        cases: region.cases,
        demo,
      },
    };
  });
  return { week: { id: week, from, to }, withheld, features };
}

/** Cases by epidemiological week of onset, as they were published; a week of 1 to 4 is withheld. */
export async function publicCurve(services: Given, at: CivilDate): Promise<Curve> {
  await publishDueWeeks(services);
  const told = await publishedWeeks(services.db, lastPublicWeek(at, services.clock.today()).week);
  // No total over weeks is given: it would undo what is withheld.
  const weeks = told.map(({ week, from, to, total }) => ({ week, from, to, cases: total, withheld: total === null }));
  return { at, demo: told.some(({ demo }) => demo), hasCases: weeks.length > 0, weeks };
}
