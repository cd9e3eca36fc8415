import type { Bbox, CivilDate, RelicSeed, Units, WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { chooseWard, wardFeature, wardName } from '../wards/actions.ts';
import { bboxOf } from '../wards/describe.ts';
import type { PlaceRelic, Relic, RelicQuery } from './contract.ts';
import { refusePosition } from './placement.ts';
import { belongsTo, describeRelic, relicFeature, wardsOf, type RelicFeature, type StoredRelic } from './relic.ts';
import { countRelics, findRelic, insertRelics, listRelics, updatePlace } from './store.ts';

type Given = Pick<Services, 'db' | 'places'>;

const describe = (services: Given, stored: StoredRelic): Relic =>
  describeRelic(stored, services.places.index, (key) => wardName(services, key));

/** A page of the register in the order of ids, and the totals the district publishes. */
export async function relicPage(
  services: Given,
  query: RelicQuery,
  at: CivilDate,
  units?: Units,
): Promise<{
  items: Relic[];
  nextCursor: string | null;
  totals: Services['places']['facts']['district']['relicTotals'];
}> {
  const key = query.ward === undefined ? null : chooseWard(services, query.ward, units);
  const stored = await listRelics(services.db, {
    at,
    ...(key && { ward: { key, bbox: bboxOf(wardFeature(services, key).geometry) } }),
    ...(query.rank !== undefined && { rank: query.rank === 'unknown' ? null : query.rank }),
    ...(query.kind !== undefined && { kind: query.kind }),
    ...(query.located !== undefined && { located: query.located === 'yes' }),
    ...(query.cursor !== undefined && { after: query.cursor }),
    // A ward is judged by position after the query, so how many rows make a page is not known before it.
    ...(key === null && { limit: query.limit + 1 }),
  });
  const relics = stored.map((relic) => describe(services, relic)).filter((relic) => !key || belongsTo(relic, key));
  const items = relics.slice(0, query.limit);
  return {
    items,
    nextCursor: relics.length > items.length ? (items.at(-1)?.id ?? null) : null,
    totals: services.places.facts.district.relicTotals,
  };
}

/** @throws {Refusal} 404 `unknown_relic` */
export async function oneRelic(services: Given, id: string, at: CivilDate): Promise<Relic> {
  const stored = await findRelic(services.db, id, at);
  if (!stored) throw new Refusal(404, 'unknown_relic');
  return describe(services, stored);
}

/** Every relic, located or not, with the condition known by a day. */
export async function allRelics(services: Given, at: CivilDate): Promise<Relic[]> {
  return (await listRelics(services.db, { at })).map((relic) => describe(services, relic));
}

/** The located relics, as the layer shows them. */
export async function relicFeatures(services: Given, at: CivilDate, bbox?: Bbox): Promise<RelicFeature[]> {
  const stored = await listRelics(services.db, { at, ...(bbox ? { bbox } : { located: true }) });
  return stored.flatMap((relic) => relicFeature(describe(services, relic)) ?? []);
}

export const relicCounts = ({ db }: Pick<Services, 'db'>) => countRelics(db);

/** `2022-11-04` -> `04/11/2022`: sources are quoted as they were written, and these are written in Vietnamese. */
const vietnameseDate = (date: CivilDate) => date.split('-').reverse().join('/');

/**
 * Puts a relic that has no position, or one a person put there before, on the map: one row, one change, whose diff is
 * the public feature. A position outside the stated ward is a warning on the relic, never a refusal.
 * @param version the version the writer saw
 * @throws {Refusal} 404 `unknown_relic`; 403 `outside_scope`; 412 `changed_meanwhile` with both versions and the relic; 409 `already_placed`
 *   when a source gave the position; 422 `outside_world`, `far_from_district`, `unknown_ward`, `code_needs_date`
 */
export async function placeRelic(
  services: Pick<Services, 'db' | 'places' | 'changes' | 'clock'>,
  id: string,
  version: number,
  { changeId, position, ward }: PlaceRelic,
  actor: Actor,
  units?: Units,
): Promise<Relic> {
  const { places, clock } = services;
  const work = async (tx: Parameters<Parameters<Services['changes']['commit']>[2]>[0]) => {
    const today = clock.today();
    const stored = await findRelic(tx, id, today);
    if (!stored) throw new Refusal(404, 'unknown_relic');
    if (!may(actor, 'relic.place', wardsOf(describe(services, stored)))) throw new Refusal(403, 'outside_scope');
    if (stored.version !== version) {
      throw new Refusal(412, 'changed_meanwhile', {
        versions: { yours: version, current: stored.version },
        current: describe(services, stored),
      });
    }
    if (stored.position && stored.position.accuracy !== 'placed') throw new Refusal(409, 'already_placed');
    const district = places.collections.district.features[0]?.geometry;
    if (!district) throw new Error('geodata has no district');
    const refusal = refusePosition([position.lng, position.lat], district);
    if (refusal) throw new Refusal(422, refusal, { errors: [{ path: 'position', code: refusal }] });
    const wardKey = ward === undefined ? (stored.wardKey as WardKey) : chooseWard(services, ward, units);
    // Nobody hands a relic over to a ward that is not theirs.
    if (wardKey !== stored.wardKey && !may(actor, 'relic.place', wardKey)) throw new Refusal(403, 'outside_scope');

    await updatePlace(tx, id, version, {
      ...position,
      source: `Đặt trên bản đồ ngày ${vietnameseDate(today)}`,
      wardKey,
    });
    const after = await findRelic(tx, id, today);
    if (!after) throw new Error('the relic is gone');
    const relic = describe(services, after);
    const feature = relicFeature(relic);
    return {
      outcome: relic,
      change: {
        kind: 'relic' as const,
        verb: 'placeRelic' as const,
        recordId: id,
        version: relic.version,
        layers: ['relics' as const],
        diffs: { relics: stored.position ? { update: [feature] } : { add: [feature] } },
        actor: nameOfActor(actor),
        before: { position: stored.position, wardKey: stored.wardKey },
        after: { position: relic.position, wardKey: relic.wardKey },
      },
    };
  };
  return services.changes.commit(changeId, 'placeRelic', work, id);
}

/** A change id of our own, so that a database is seeded once and says so in its log. */
const SEED_CHANGE_ID = '01830000-0000-7000-8000-000000000001';

/** Writes the relics of the reference data into an empty register; later calls do nothing. */
export async function seedRelics(
  services: Pick<Services, 'db' | 'changes'>,
  seeds: readonly RelicSeed[],
): Promise<void> {
  if ((await countRelics(services.db)).all > 0) return;
  await services.changes.commit(
    SEED_CHANGE_ID,
    'seedRelics',
    async (tx) => {
      await insertRelics(tx, seeds);
      return {
        outcome: { relics: seeds.length },
        change: {
          kind: 'register',
          verb: 'seedRelics',
          recordId: 'relics',
          version: 1,
          layers: ['relics' as const],
          actor: 'seed',
          after: { relics: seeds.length },
        },
      };
    },
    'relics',
  );
}
