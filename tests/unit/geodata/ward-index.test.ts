import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPlaces } from '../../../geodata/load.ts';
import { distanceToSegment, metersPerDegree } from '../../../geodata/measure.ts';
import type { Position, WardFeature } from '../../../geodata/schema.ts';
import { usersOf } from '../../../geodata/topology.ts';
import { createWardIndex } from '../../../geodata/ward-index.ts';

const { wards, index, collections } = loadPlaces();
const eight = wards['1995-10-28'];
const six = wards['2025-07-01'];
const district = collections.district.features[0]!;

/** The plain even-odd rule over every ring, nothing clever. */
function contains(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon, [x, y]: Position): boolean {
  const rings = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flat();
  let odd = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1] as Position, ring[i] as Position];
      if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
    }
  }
  return odd;
}
const holders = (set: WardFeature[], position: Position) =>
  set.filter(({ geometry }) => contains(geometry, position)).map(({ properties }) => properties.key);

const lng = fc.double({ min: 105.78, max: 105.86, noNaN: true });
const lat = fc.double({ min: 21.03, max: 21.105, noNaN: true });
const vertices = [...eight, ...six].flatMap(({ geometry }) => (geometry.coordinates as Position[][])[0]!);
/** Anywhere in and around the district, every third time at the very latitude of a vertex, where rays go astray. */
const near: fc.Arbitrary<Position> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(lng, lat) },
  { weight: 1, arbitrary: fc.tuple(lng, fc.constantFrom(...vertices.map(([, y]) => y))) },
);

describe('the eight', () => {
  test('every point of the district is in exactly one ward, as brute force says', () => {
    fc.assert(
      fc.property(near, (position) => {
        const keys = holders(eight, position);
        expect(keys.length).toBe(contains(district.geometry, position) ? 1 : 0);
        expect(index['1995-10-28'].wardAt(position)).toBe(keys[0] ?? null);
      }),
      { numRuns: 5_000 },
    );
  });
  test('a point on an edge two wards share is in one of the two, always the same', () => {
    const areas = eight.map(({ properties, geometry }) => ({ name: properties.key, geometry }));
    const shared = [...usersOf(areas)].filter(([, keys]) => keys.length === 2);
    const turned = createWardIndex(
      eight.toReversed().map((ward) => {
        const rings = (ward.geometry.coordinates as Position[][]).map((ring) => [...ring].reverse());
        return { ...ward, geometry: { type: 'Polygon' as const, coordinates: rings } };
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...shared), fc.double({ min: 0, max: 1, noNaN: true }), ([segment, keys], share) => {
        const [from, to] = segment.split(' ').map((text) => text.split(',').map(Number)) as [Position, Position];
        const position: Position = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
        const ward = index['1995-10-28'].wardAt(position);
        // A vertex where three meet, or a fold of the line, may give it to a third.
        if (share > 0.01 && share < 0.99) expect(keys).toContain(ward);
        expect(ward).not.toBeNull();
        expect(turned.wardAt(position)).toBe(ward);
      }),
      { numRuns: 2_000 },
    );
  });
  test('every vertex is in one of the wards that use it', () => {
    for (const { geometry } of eight) {
      for (const point of (geometry.coordinates as Position[][])[0]!) {
        const owners = eight
          .filter((ward) =>
            (ward.geometry.coordinates as Position[][])[0]!.some(([x, y]) => x === point[0] && y === point[1]),
          )
          .map(({ properties }) => properties.key);
        expect(owners).toContain(index['1995-10-28'].wardAt(point));
      }
    }
  });
  test('nothing lies in a ward outside the district, nor where there is no number', () => {
    expect(index['1995-10-28'].wardAt([105.85, 21.02])).toBeNull();
    expect(index['1995-10-28'].wardAt([0, 0])).toBeNull();
    expect(index['1995-10-28'].wardAt([Number.NaN, 21.06])).toBeNull();
    expect(index['1995-10-28'].wardAt([Infinity, -Infinity])).toBeNull();
  });
});

describe('the six', () => {
  test('a point of several wards is in the one of the lowest key, a point of none in none', () => {
    fc.assert(
      fc.property(near, (position) => {
        expect(index['2025-07-01'].wardAt(position)).toBe(holders(six, position).sort()[0] ?? null);
      }),
      { numRuns: 5_000 },
    );
  });
  test('the two readings of a code are different land', () => {
    expect(index['1995-10-28'].wardAt([105.8365, 21.0644])).toBe('00097@1995-10-28');
    expect(index['2025-07-01'].wardAt([105.8409, 21.0556])).toBe('00097@2025-07-01');
    expect(index['1995-10-28'].wardAt([105.8409, 21.0556])).toBe('00106@1995-10-28');
  });
});

describe('metres to the next ward', () => {
  test('are none on an inner edge and those of brute force elsewhere', () => {
    const lines = collections['ward-edges'].features.map(({ geometry }) => geometry.coordinates as Position[]);
    const brute = ([lng, lat]: Position) => {
      const [perLng, perLat] = metersPerDegree(21.07);
      const plane = ([x, y]: Position): Position => [(x - lng) * perLng, (y - lat) * perLat];
      return Math.min(
        ...lines.flatMap((line) =>
          line.slice(1).map((end, i) => distanceToSegment(0, 0, ...plane(line[i]!), ...plane(end))),
        ),
      );
    };
    fc.assert(
      fc.property(near, (position) => {
        const meters = index['1995-10-28'].metersToInnerEdge(position);
        // The slack by which an edge counts as shared also reaches round the corners, where inner meets outer edge.
        expect(meters).toBeLessThanOrEqual(brute(position) * 1.001 + 0.1);
        expect(meters).toBeGreaterThanOrEqual(brute(position) * 0.999 - 70);
      }),
      { numRuns: 500 },
    );
    for (const [point] of lines) expect(index['1995-10-28'].metersToInnerEdge(point!)).toBeLessThan(0.1);
  });
  test('are unknown in a set of one ward', () => {
    expect(createWardIndex([eight[0]!]).metersToInnerEdge([105.81, 21.08])).toBe(Infinity);
  });
  test('are many in the middle of a ward', () => {
    expect(index['1995-10-28'].metersToInnerEdge([105.798, 21.09])).toBeGreaterThan(1_000);
  });
});
