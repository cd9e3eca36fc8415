import { expect, test } from 'vitest';
import { isInLake, metersToRiver } from '../../../geodata/land.ts';
import { loadPlaces } from '../../../geodata/load.ts';
import { distanceToSegment, lengthMeters, metersBetween } from '../../../geodata/measure.ts';

const { water } = loadPlaces().collections;
const lake = water.features.find(({ id }) => id === 'ho-tay')!.geometry;

test('the middle of West Lake is wet, Trấn Quốc’s street and a line are not', () => {
  expect(isInLake([105.823, 21.053], lake)).toBe(true);
  expect(isInLake([105.8395, 21.0555], lake)).toBe(false);
  expect(isInLake([105.82, 21.09], { type: 'LineString', coordinates: [[0, 0], [1, 1]] })).toBe(false); // prettier-ignore
});

test('a point of the middle line is at the river, one without a river never', () => {
  expect(metersToRiver([105.841055, 21.080813], water)).toBeLessThan(1);
  expect(metersToRiver([105.8, 21.06], water)).toBeGreaterThan(2_500);
  expect(metersToRiver([105.8, 21.06], { features: [] })).toBe(Infinity);
});

test('a degree of latitude is 111,195 m, and a line is as long as its parts', () => {
  expect(metersBetween([105.8, 21], [105.8, 22])).toBeCloseTo(111_195.08, 1);
  expect(lengthMeters([[105.8, 21], [105.8, 22], [105.8, 21]])).toBeCloseTo(222_390.16, 1); // prettier-ignore
});

test('a segment is measured from its nearest point, its ends included', () => {
  expect(distanceToSegment(5, 3, 0, 0, 10, 0)).toBe(3);
  expect(distanceToSegment(13, 4, 0, 0, 10, 0)).toBe(5);
  expect(distanceToSegment(3, 4, 0, 0, 0, 0)).toBe(5);
});
