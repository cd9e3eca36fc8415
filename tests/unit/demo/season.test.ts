import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, epiWeek } from '../../../geodata/dates.ts';
import { isInLake, metersToRiver } from '../../../geodata/land.ts';
import { loadPlaces } from '../../../geodata/load.ts';
import { metersBetween } from '../../../geodata/measure.ts';
import type { Position } from '../../../geodata/schema.ts';
import { FOCI } from '../../../server/demo/season-plan.ts';
import { generateSeason, shareOut, type SeasonCase } from '../../../server/demo/season.ts';
import { SEASON_SEED } from '../../../server/dengue/demo.ts';

const places = loadPlaces();
const season = generateSeason(places, SEASON_SEED);
const TODAY = '2022-11-04';

const counts = ({ class: kind }: SeasonCase) => kind === 'clinical' || kind === 'confirmed';
/** Cases whose position is known well enough to be linked. */
const linkable = season.cases.filter((one) => counts(one) && one.lng !== null && (one.accuracyMeters ?? 999) < 100);
const at = ({ lng, lat }: SeasonCase): Position => [lng!, lat!];

/** The groups of rule moh-3711 that are signals on a day, by brute force: 200 m, 14 days; a confirmed case or 7 days. */
function signalsOn(day: string): string[][] {
  const cases = linkable.filter(({ onsetOn }) => onsetOn <= day);
  const groupOf = new Map(cases.map(({ id }) => [id, id]));
  const signals = new Set(cases.filter((one) => one.class === 'confirmed').map(({ id }) => id));
  for (const [i, a] of cases.entries()) {
    for (const b of cases.slice(i + 1)) {
      const days = Math.abs(daysBetween(a.onsetOn, b.onsetOn));
      if (days > 14 || metersBetween(at(a), at(b)) > 200) continue;
      if (days <= 7) signals.add(a.id);
      const [from, to] = [groupOf.get(a.id), groupOf.get(b.id)!];
      for (const [id, group] of groupOf) if (group === from) groupOf.set(id, to);
    }
  }
  const groups = new Map<string, string[]>();
  for (const [id, group] of groupOf) groups.set(group, [...(groups.get(group) ?? []), id]);
  return [...groups.values()].filter((ids) => ids.some((id) => signals.has(id)));
}

describe('the invented season', () => {
  test('is the same, byte for byte, for the same seed, and another for another', () => {
    expect(JSON.stringify(generateSeason(places, SEASON_SEED))).toBe(JSON.stringify(season));
    expect(JSON.stringify(generateSeason(places, SEASON_SEED + 1))).not.toBe(JSON.stringify(season));
  });

  test('lies on land beside streets: in no lake, far from the middle of the river, in the ward it says', () => {
    const { water } = places.collections;
    for (const { id, lng, lat, wardKey } of [...season.cases, ...season.sites]) {
      if (lng === null || lat === null) continue;
      expect(
        water.features.some(({ geometry }) => isInLake([lng, lat], geometry)),
        id,
      ).toBe(false);
      expect(metersToRiver([lng, lat], water), id).toBeGreaterThan(500);
      expect(places.index['1995-10-28'].wardAt([lng, lat]), id).toBe(wardKey);
    }
  });

  test('has 0 to 3 new outbreaks a week, one in the week to 12 August and one in the week to 4 November', () => {
    const fresh = new Map<string, number>();
    let known = new Set<string>();
    for (let monday = '2022-05-30'; monday <= TODAY; monday = addDays(monday, 7)) {
      const sunday = addDays(monday, 6);
      const signals = signalsOn(sunday < TODAY ? sunday : TODAY);
      fresh.set(epiWeek(monday).week, signals.filter((ids) => !ids.some((id) => known.has(id))).length);
      known = new Set(signals.flat());
    }
    expect(Math.max(...fresh.values())).toBeLessThanOrEqual(3);
    expect([fresh.get('2022-W32'), fresh.get('2022-W44')]).toEqual([1, 1]);
    expect([...fresh.values()].reduce((sum, n) => sum + n)).toBeGreaterThan(10);
  });

  test('has the outbreaks of its plan, no two joined and none by chance', () => {
    expect(signalsOn(TODAY)).toHaveLength(FOCI.length);
  });

  test('is about 2 % of the city’s, with 20 to 32 counting cases a week at its height', () => {
    const counting = season.cases.filter(counts);
    expect(counting.length / 10_716).toBeCloseTo(0.02, 2);
    const ofWeek = (week: string) => counting.filter(({ onsetOn }) => epiWeek(onsetOn).week === week).length;
    expect(['2022-W32', '2022-W41', '2022-W42', '2022-W43'].map(ofWeek)).toEqual([4, 24, 29, 32]);
  });

  test('ends on the day the demo calls today, and nothing is reported before it began', () => {
    for (const { id, onsetOn, reportedOn } of season.cases) {
      expect(onsetOn < reportedOn, id).toBe(true);
      expect(reportedOn <= TODAY, id).toBe(true);
    }
    expect(season.sites.every(({ foundOn }) => foundOn <= TODAY)).toBe(true);
  });

  test('has cases of every class, some known by their street or ward only', () => {
    expect(new Set(season.cases.map((one) => one.class))).toEqual(
      new Set(['suspected', 'clinical', 'confirmed', 'ruled-out']),
    );
    const vague = season.cases.filter((one) => counts(one) && (one.accuracyMeters ?? 999) >= 100);
    expect(vague.length).toBeGreaterThan(2);
    expect(vague.length).toBeLessThan(20);
  });

  test('numbers its records once', () => {
    const ids = [...season.cases, ...season.sites].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('shares are whole, fair and complete', () => {
  expect(shareOut(10, [1, 1, 2])).toEqual([3, 2, 5]);
  expect(shareOut(0, [1, 2])).toEqual([0, 0]);
  expect(shareOut(5, [])).toEqual([]);
  expect(shareOut(3, [0, 0])).toEqual([0, 0]);
});
