/** Where many people come together inside the zone of an outbreak. Pure. */
import { addDays } from '../../geodata/dates.ts';
import type { CivilDate, Festival } from '../../geodata/schema.ts';
import type { OutbreakState } from './contract.ts';
import type { Warnings } from './watch-contract.ts';
import { isInShape, type Shape } from './zone.ts';

/** A zone as one reader may see it; `cells` = whole cells of the grid, which say no more than about where. */
export interface SeenZone {
  number: string;
  state: OutbreakState;
  shape: Shape;
  cells: boolean;
}
/** A relic; a school is one whose kind says so. */
export interface WatchedRelic {
  id: string;
  name: string;
  kind: string;
  /** `null` = no inventory is known to name it. */
  inInventory: true | null;
  position: { lng: number; lat: number; errorMeters: number | null } | null;
}

/**
 * When a festival is to be warned of: the first day of its next time, if that begins on `until` at the latest (one under
 * way counts); `null` = nobody has said; `undefined` = not now.
 */
function dayOf({ held }: Festival, at: CivilDate, until: CivilDate): CivilDate | null | undefined {
  if (held.length === 0) return null;
  return held.find(({ from, to }) => to >= at && from <= until)?.from;
}

/**
 * The relics, schools and festivals inside the zones, in the order of zones, then of the register. A festival that is
 * over, or further off than `festivalDays`, is not told.
 */
export function warningsOf(
  zones: readonly SeenZone[],
  relics: readonly WatchedRelic[],
  festivals: readonly Festival[],
  { at, festivalDays, accuracyLimitMeters }: { at: CivilDate; festivalDays: number; accuracyLimitMeters: number },
): Warnings['items'] {
  const until = addDays(at, festivalDays);
  const near = festivals.flatMap((festival) => {
    const on = dayOf(festival, at, until);
    return on === undefined ? [] : [{ ...festival, on }];
  });
  return zones.flatMap(({ number, state, shape, cells }) =>
    relics.flatMap((relic): Warnings['items'] => {
      const { position, id, name } = relic;
      if (!position || !isInShape([position.lng, position.lat], shape)) return [];
      const vague = position.errorMeters === null || position.errorMeters >= accuracyLimitMeters;
      const common = { number, state, relicId: id, approximate: cells || vague };
      return [
        { ...common, kind: isSchool(relic) ? 'school' : 'relic', id, name, on: null },
        ...near
          .filter(({ relicId }) => relicId === id)
          .map((festival) => ({
            ...common,
            kind: 'festival' as const,
            id: festival.id,
            name: festival.name,
            on: festival.on,
          })),
      ];
    }),
  );
}

export const isSchool = ({ kind }: Pick<WatchedRelic, 'kind'>): boolean => kind === 'school';

/** The kinds of which not all is known; `totals` as the district publishes them. How many schools there are nobody says. */
export function knownOf(
  relics: readonly WatchedRelic[],
  festivals: readonly Festival[],
  totals: { relics: number; festivals: number },
): Warnings['incomplete'] {
  const placed = new Set(relics.flatMap(({ id, position }) => (position ? [id] : [])));
  const schools = relics.filter(isSchool);
  const unplaced = (of: readonly WatchedRelic[]) => of.filter(({ position }) => !position).length;
  const inventory = relics.filter(({ inInventory }) => inInventory);
  const kinds: Warnings['incomplete'] = [
    { kind: 'relic', known: inventory.length, of: totals.relics, unplaced: unplaced(inventory), undated: 0 },
    { kind: 'school', known: schools.length, of: null, unplaced: unplaced(schools), undated: 0 },
    {
      kind: 'festival',
      known: festivals.length,
      of: totals.festivals,
      unplaced: festivals.filter(({ relicId }) => !placed.has(relicId)).length,
      undated: festivals.filter(({ held }) => held.length === 0).length,
    },
  ];
  return kinds.filter(({ known, of, unplaced, undated }) => known !== of || unplaced + undated > 0);
}
