import { describe, expect, test } from 'vitest';
import { loadPlaces } from '../../../geodata/load.ts';
import { criteriaPackSchema } from '../../../geodata/schema.ts';
import { generateConditions } from '../../../server/demo/conditions.ts';
import { generateFigures, titleStepsOf, valueFor } from '../../../server/demo/figures.ts';
import { DEMO_SOURCE, demoPack, measures } from '../../../server/demo/measures.ts';
import { createRandom } from '../../../server/demo/random.ts';
import { indicatorState, wardStatus, type IndicatorEntry } from '../../../server/status/criteria.ts';

const places = loadPlaces();
const pack = demoPack(places.criteriaPacks[0]!);

describe('the invented measures', () => {
  test('stand for every topic, marked as invented, and the pack is a pack', () => {
    const topics = pack.criteria.flatMap(({ indicators }) => indicators);
    expect(criteriaPackSchema.parse(pack)).toMatchObject({ id: 'qd04-2022-demo', demo: true });
    expect(topics).toHaveLength(46);
    expect(
      topics.every(({ target, source, placeholder }) => target !== null && source === DEMO_SOURCE && placeholder),
    ).toBe(true);
  });
  test('leave the real pack as it is', () => {
    const topics = places.criteriaPacks[0]!.criteria.flatMap(({ indicators }) => indicators);
    expect(topics.every(({ target }) => target === null)).toBe(true);
  });
  test('give values that are judged as they were wanted', () => {
    const random = createRandom(1);
    for (const [id, measure] of Object.entries(measures)) {
      for (const wanted of ['met', 'near', 'not-met'] as const) {
        for (let i = 0; i < 50; i++) {
          const value = valueFor(measure, wanted, random);
          const entry = { value, asOf: '2022-09-30', source: DEMO_SOURCE, evidence: null, demo: true };
          expect(indicatorState(measure, entry, '2022-11-04').state, `${id} ${value}`).toBe(wanted);
          expect(value).toBeGreaterThanOrEqual(0);
          if (measure.unit === '%') expect(value).toBeLessThanOrEqual(100);
        }
      }
    }
  });
});

describe('the invented figures', () => {
  const figures = generateFigures(createRandom(42022));
  test('are the same twice', () => {
    expect(JSON.stringify(generateFigures(createRandom(42022)))).toBe(JSON.stringify(figures));
  });
  test('show every state on the demo’s day', () => {
    const stateOf = (key: string, day: string) => {
      const entries = new Map<string, IndicatorEntry>(
        figures
          .filter(({ wardKey, asOf }) => wardKey === key && asOf <= day)
          .map((figure) => [figure.indicator, { ...figure, demo: true }]),
      );
      return wardStatus(pack, entries, day).state;
    };
    const states = places.wards['1995-10-28'].map(({ properties }) => stateOf(properties.key, '2022-11-04'));
    expect(states).toEqual(['expired', 'near', 'not-met', 'met', 'no-data', 'not-met', 'not-met', 'not-met']);
    expect(stateOf('00100@1995-10-28', '2022-04-29')).toBe('no-data');
  });
  test('have evidence here and there, some of it run out', () => {
    const evidence = figures.flatMap((figure) => figure.evidence ?? []);
    expect(evidence.length).toBeGreaterThan(100);
    expect(evidence.length).toBeLessThan(figures.length);
    expect(evidence.some(({ expiresOn }) => expiresOn !== null && expiresOn < '2022-11-04')).toBe(true);
    expect(evidence.some(({ expiresOn }) => expiresOn === null)).toBe(true);
  });
  test('let every ward begin unregistered on the day of the order', () => {
    const steps = titleStepsOf();
    expect(steps.filter(({ step }) => step === 'not-registered')).toHaveLength(8);
    expect(steps.every(({ since }) => since >= '2022-09-27' && since <= '2022-11-04')).toBe(true);
  });
});

describe('the invented conditions', () => {
  const conditions = generateConditions(places.relicSeeds, createRandom(71));
  test('are the same twice, and speak of relics of the inventory only', () => {
    expect(generateConditions(places.relicSeeds, createRandom(71))).toEqual(conditions);
    const known = new Set(places.relicSeeds.filter(({ inInventory }) => inInventory).map(({ id }) => id));
    expect(conditions.every(({ relicId }) => known.has(relicId))).toBe(true);
    expect(new Set(conditions.map(({ id }) => id)).size).toBe(conditions.length);
  });
  test('leave some relics unseen, most sound, few in need of urgent repair', () => {
    const newest = new Map(conditions.map(({ relicId, grade }) => [relicId, grade]));
    expect(newest.size).toBeGreaterThan(35);
    expect(newest.size).toBeLessThan(45);
    expect(new Set(newest.values())).toEqual(new Set([1, 2, 3, 4, 5]));
    expect([...newest.values()].filter((grade) => grade >= 4).length).toBeLessThan(13);
    expect(conditions.every(({ surveyedOn }) => surveyedOn <= '2022-11-04')).toBe(true);
  });
});

test('chance repeats itself, keeps its bounds, and refuses to pick from nothing', () => {
  const [a, b] = [createRandom(7), createRandom(7)];
  expect(Array.from({ length: 5 }, a.next)).toEqual(Array.from({ length: 5 }, b.next));
  const whole = Array.from({ length: 200 }, () => a.whole(2, 4));
  expect(new Set(whole)).toEqual(new Set([2, 3, 4]));
  expect(() => a.pick([])).toThrow(RangeError);
});
