import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crosses, polygonOf } from '../../../web/dengue/outbreaks/drawing.ts';
import { namesIn } from '../../../web/dengue/outbreaks/groups.ts';
import { impossible, indicesOf } from '../../../web/dengue/outbreaks/indices.ts';
import { actionOf } from '../../../web/dengue/outbreaks/steps.ts';
import { axisTop } from '../../../web/dengue/watch/chart.ts';

const counted = {
  houses: 50,
  housesWithLarvae: 6,
  containers: 200,
  positiveContainers: 12,
  adultFemales: 25,
  housesWithAdults: 10,
};

describe('the indices of an inspection', () => {
  test('are BI per 100 houses, CI and HI in percent, DI per house', () => {
    const { bi, ci, hi, hiAdults, di } = indicesOf(counted);
    expect([bi.value, ci.value, hi.value, hiAdults.value, di.value]).toEqual([24, 6, 12, 20, 0.5]);
  });

  test.each([
    [9, 'none'],
    [10, 'north'],
    [14, 'north'],
    [15, 'national'],
  ])('raise, with %i positive containers in 50 houses, the alarm %s', (positiveContainers, alarm) => {
    expect(indicesOf({ ...counted, positiveContainers }).bi.alarm).toBe(alarm);
  });

  test('hold the Breteau index of 29 houses against no threshold', () => {
    expect(indicesOf({ ...counted, houses: 29 }).bi).toMatchObject({ gap: 'few-houses', alarm: null });
  });

  test('take DI 0.5 for an alarm and 0.48 for none', () => {
    expect([25, 24].map((adultFemales) => indicesOf({ ...counted, adultFemales }).di.alarm)).toEqual([
      'reached',
      'none',
    ]);
  });

  test('leave a gap where nothing was counted, never a 0', () => {
    expect(indicesOf({ ...counted, adultFemales: null }).di).toEqual({ value: null, gap: 'not-counted', alarm: null });
  });

  test('divide by nothing nowhere', () => {
    const { bi, ci } = indicesOf({ ...counted, houses: 0, containers: 0 });
    expect([bi.gap, ci.gap]).toEqual(['no-houses', 'no-containers']);
  });
});

test('more houses with larvae than houses cannot be', () => {
  expect(impossible({ ...counted, housesWithLarvae: 51 })).toEqual({ houses: true, containers: false });
});

describe('a drawn area', () => {
  const square: [number, number][] = [
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 0],
  ];

  test('is closed and runs counter-clockwise', () => {
    expect(polygonOf(square)?.coordinates[0]).toEqual([
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
      [1, 0],
    ]);
  });

  test('needs three corners', () => {
    expect(polygonOf(square.slice(0, 2))).toBeNull();
  });

  test('may not cross itself', () => {
    const bow: [number, number][] = [square[0]!, square[2]!, square[1]!, square[3]!];
    expect([crosses(bow), polygonOf(bow)]).toEqual([true, null]);
  });

  test('is the same area wherever the drawing begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), (start) => {
        const turned = [...square.slice(start), ...square.slice(0, start)];
        expect(new Set(polygonOf(turned)?.coordinates[0]?.map(String)).size).toBe(4);
      }),
    );
  });
});

test('residential groups are read from one line, each once', () => {
  expect(namesIn(' 4, 5;12A\n5,, ')).toEqual(['4', '5', '12A']);
});

test('the second spraying is recorded as round 2; a survey is no action', () => {
  expect([actionOf('spray-2'), actionOf('survey-before')]).toEqual([{ kind: 'spray', round: 2 }, null]);
});

describe('a chart', () => {
  test.each([
    [0, 5],
    [7, 10],
    [11, 20],
    [21, 25],
    [130, 200],
  ])('with %i on top has the axis end at %i', (value, top) => {
    expect(axisTop(value)).toBe(top);
  });
});
