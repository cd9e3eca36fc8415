/**
 * The rule a second time, written to be seen through and for nothing else: every pair is measured, by another formula
 * of the great circle than the engine's, and groups grow until nothing changes. And random seasons to hold both against.
 */
import fc from 'fast-check';
import { addDays } from '../../../geodata/dates.ts';
import { caseClasses } from '../../../geodata/vocabulary.ts';
import type { Outbreak, OutbreakCase } from '../../../server/dengue/outbreak.ts';
import type { OutbreakRule } from '../../../server/dengue/outbreak-rule.ts';

export const RADIUS = 6_371_008.8;
type Vector = [number, number, number];

/** The angle between two vectors by atan2: as sound for neighbours as for antipodes, and no haversine. */
export function greatCircle(a: { lng: number; lat: number }, b: { lng: number; lat: number }): number {
  const vector = ({ lng, lat }: { lng: number; lat: number }): Vector => {
    const [l, p] = [(lng * Math.PI) / 180, (lat * Math.PI) / 180];
    return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
  };
  const [[ax, ay, az], [bx, by, bz]] = [vector(a), vector(b)];
  const cross = Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
  return RADIUS * Math.atan2(cross, ax * bx + ay * by + az * bz);
}

const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** What `findOutbreaks` should answer. */
export function twinOutbreaks(cases: readonly OutbreakCase[], rule: OutbreakRule, at: string): Outbreak[] {
  const counting = cases.filter((c) => (rule.countingClasses as string[]).includes(c.class) && c.onsetOn <= at);
  const placed = (c: OutbreakCase): c is OutbreakCase & { lng: number; lat: number } =>
    c.lng !== null && c.lat !== null && c.accuracyMeters !== null && c.accuracyMeters < rule.accuracyLimitMeters;
  const near = (a: OutbreakCase, b: OutbreakCase) =>
    a !== b && placed(a) && placed(b) && greatCircle(a, b) <= rule.linkRadiusMeters;

  const pairs: [OutbreakCase, OutbreakCase][] = [];
  for (const a of counting) for (const b of counting) if (near(a, b)) pairs.push([a, b]);
  const first = pairs.filter(([a, b]) => Math.abs(days(a.onsetOn, b.onsetOn)) <= rule.linkDays);
  const links = [...first];
  const inOutbreak = new Set(first.flat());
  for (let grown = true; grown;) {
    grown = false;
    for (const pair of pairs) {
      const gap = days(pair[0].onsetOn, pair[1].onsetOn);
      if (gap <= rule.linkDays || gap > rule.laterLinkDays || !inOutbreak.has(pair[0]) || links.includes(pair))
        continue;
      links.push(pair);
      inOutbreak.add(pair[1]);
      grown = true;
    }
  }

  const label = new Map(counting.map((c, i) => [c, i]));
  for (let changed = true; changed;) {
    changed = false;
    for (const [a, b] of links) {
      const least = Math.min(label.get(a)!, label.get(b)!);
      if (label.get(a) !== least || label.get(b) !== least) changed = true;
      label.set(a, least).set(b, least);
    }
  }
  return [...new Set(label.values())]
    .map((group) => {
      const members = counting.filter((c) => label.get(c) === group);
      members.sort((a, b) => (a.onsetOn + a.id < b.onsetOn + b.id ? -1 : 1));
      const lastOnsetOn = members.at(-1)!.onsetOn;
      const expectedEndOn = addDays(lastOnsetOn, rule.endAfterDays);
      const signal =
        (rule.confirmedAloneSignals && members.some((c) => c.class === 'confirmed')) ||
        first.some(
          ([a, b]) => label.get(a) === group && Math.abs(days(a.onsetOn, b.onsetOn)) <= (rule.signalDays ?? -1),
        );
      const state = !signal ? null : at <= expectedEndOn ? ('watching' as const) : ('ended' as const);
      return {
        id: members[0]!.id,
        caseIds: members.map((c) => c.id).sort(),
        signal,
        state,
        lastOnsetOn,
        expectedEndOn,
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Where the seasons play: Tây Hồ, and where map coordinates break: the seam at 180°, next to a pole, the equator. */
const CENTRES = [[105.82, 21.06], [105.82, 21.06], [105.82, 21.06], [180, -17], [30, 89.999], [0, 0]] as const; // prettier-ignore
const METERS_PER_DEGREE = (RADIUS * Math.PI) / 180;
/**
 * Not a round number: whole metres put pairs exactly on a rule's radius, where two sound formulas of the great circle
 * round to different sides. The limit itself has tests of its own (199.9 and 200.1 m; `nearness.test.ts`).
 */
const STEP_METERS = 1.01;

const positionAround = ([lng, lat]: readonly [number, number], metersAcross: number) =>
  fc.tuple(fc.integer({ min: 0, max: metersAcross }), fc.integer({ min: 0, max: metersAcross })).map((steps) => {
    const [east, north] = steps.map((step) => step * STEP_METERS) as [number, number];
    const y = Math.min(90, lat + north / METERS_PER_DEGREE);
    const x = lng + (east - metersAcross / 2) / METERS_PER_DEGREE / Math.max(1e-5, Math.cos((lat * Math.PI) / 180));
    return { lng: ((((x + 180) % 360) + 360) % 360) - 180, lat: y };
  });

export const SEASON_FROM = '2022-08-01';
const SEASON_DAYS = 75;
export const anyDay = fc.integer({ min: 0, max: SEASON_DAYS }).map((day) => addDays(SEASON_FROM, day));

/** A case of the season but for its id; most of them count and are placed. */
const caseAround = (centre: readonly [number, number], metersAcross: number): fc.Arbitrary<Omit<OutbreakCase, 'id'>> =>
  fc
    .record({
      class: fc.constantFrom('clinical', 'clinical', 'clinical', 'clinical', 'confirmed', ...caseClasses),
      onsetOn: anyDay,
      position: fc.option(positionAround(centre, metersAcross), { freq: 15 }),
      accuracyMeters: fc.constantFrom(0, 5, 20, 99.9, 5, 20, 5, 20, 100, 250, null),
    })
    .map(({ position, ...rest }) => ({ ...rest, lng: position?.lng ?? null, lat: position?.lat ?? null }));

const place = fc.tuple(fc.constantFrom(...CENTRES), fc.constantFrom(150, 400, 900, 1_600));
/** Ids sort otherwise than they were made. */
const idOf = (i: number): string => `${(i * 7919) % 10_007}`;

export const anySeason = (most: number): fc.Arbitrary<OutbreakCase[]> =>
  place.chain(([centre, across]) =>
    fc
      .array(caseAround(centre, across), { maxLength: most, size: 'max' })
      .map((all) => all.map((one, i) => ({ id: idOf(i), ...one }))),
  );

export type Edit =
  | { verb: 'add' | 'update'; at: number; one: Omit<OutbreakCase, 'id'> }
  | { verb: 'remove'; at: number }
  | { verb: 'moveTo'; day: string };

/** A season, and edits of it in one place; `at` picks among the cases there are. */
export const anyHistory = (cases: number, edits: number): fc.Arbitrary<{ season: OutbreakCase[]; edits: Edit[] }> =>
  place.chain(([centre, across]) => {
    const one = caseAround(centre, across);
    const at = fc.nat();
    const edit = fc.oneof(
      { weight: 4, arbitrary: fc.record({ verb: fc.constant('add' as const), at, one }) },
      { weight: 3, arbitrary: fc.record({ verb: fc.constant('update' as const), at, one }) },
      { weight: 3, arbitrary: fc.record({ verb: fc.constant('remove' as const), at }) },
      { weight: 1, arbitrary: fc.record({ verb: fc.constant('moveTo' as const), day: anyDay }) },
    );
    return fc.record({
      season: fc.array(one, { maxLength: cases, size: 'max' }).map((all) => all.map((c, i) => ({ id: idOf(i), ...c }))),
      edits: fc.array(edit, { maxLength: edits, size: 'max' }),
    });
  });
