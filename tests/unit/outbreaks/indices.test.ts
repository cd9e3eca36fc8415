import { describe, expect, it } from 'vitest';
import { loadOutbreakRules } from '../../../geodata/load.ts';
import { impossibleCount, indicesOf, isEvidence } from '../../../server/outbreaks/indices.ts';
import { indicesOf as typed, thresholds } from '../../../web/dengue/outbreaks/indices.ts';

const [{ indexAlarms }] = loadOutbreakRules() as [ReturnType<typeof loadOutbreakRules>[number]];
const counted = (more: object = {}) => ({
  houses: 50,
  housesWithLarvae: 5,
  containers: 120,
  positiveContainers: 12,
  adultFemales: 20,
  housesWithAdults: 10,
  ...more,
});

describe('the indices', () => {
  it('of fifty houses, by hand', () => {
    expect(indicesOf(counted(), indexAlarms)).toEqual({
      bi: { value: 24, gap: null, alarm: 'north' },
      ci: { value: 10, gap: null, alarm: null },
      hi: { value: 10, gap: null, alarm: null },
      hiAdults: { value: 20, gap: null, alarm: null },
      di: { value: 0.4, gap: null, alarm: 'none' },
    });
  });

  it.each([
    [9, 'none'],
    [10, 'north'],
    [14, 'north'],
    [15, 'national'],
  ])('%i positive containers in fifty houses: %s', (positiveContainers, alarm) => {
    expect(indicesOf(counted({ positiveContainers }), indexAlarms).bi.alarm).toBe(alarm);
  });

  it('what was not counted is a gap and no nought; few houses raise no alarm', () => {
    const { bi, di } = indicesOf(counted({ houses: 29, adultFemales: null }), indexAlarms);
    expect(bi).toMatchObject({ gap: 'few-houses', alarm: null });
    expect(di).toEqual({ value: null, gap: 'not-counted', alarm: null });
    expect(indicesOf(counted({ houses: 0 }), indexAlarms).hi.gap).toBe('no-houses');
    expect(indicesOf(counted({ containers: 0, positiveContainers: 0 }), indexAlarms).ci.gap).toBe('no-containers');
  });

  it('are those the form shows while they are typed, by the numbers of the rule file', () => {
    const { breteauNorth, breteauNational, breteauHouses, density } = indexAlarms!;
    expect(thresholds).toEqual({
      biNorth: breteauNorth.value,
      biNational: breteauNational.value,
      biHouses: breteauHouses.value,
      di: density.value,
    });
    expect(typed(counted())).toEqual(indicesOf(counted(), indexAlarms));
  });
});

it('more positive than looked at cannot be', () => {
  expect(impossibleCount(counted())).toBeNull();
  expect(impossibleCount(counted({ housesWithLarvae: 51 }))).toBe('housesWithLarvae');
  expect(impossibleCount(counted({ positiveContainers: 121 }))).toBe('positiveContainers');
  expect(impossibleCount(counted({ housesWithAdults: 51 }))).toBe('housesWithAdults');
});

it('larvae or adults are evidence, noughts and gaps are none', () => {
  const nothing = { housesWithLarvae: 0, positiveContainers: null, adultFemales: 0, housesWithAdults: null };
  expect(isEvidence(counted(nothing))).toBe(false);
  expect(isEvidence(counted({ ...nothing, adultFemales: 1 }))).toBe(true);
});
