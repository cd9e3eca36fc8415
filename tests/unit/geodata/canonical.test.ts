import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalGeometry,
  formatCollection,
  shareVertices,
  signedArea,
  type Feature,
} from '../../../geodata/canonical.ts';
import { poleOf } from '../../../geodata/label-point.ts';
import { metersBetween } from '../../../geodata/measure.ts';
import type { Position } from '../../../geodata/schema.ts';
import { selfContact, usersOf } from '../../../geodata/topology.ts';

const polygon = (...ring: Position[]): GeoJSON.Polygon => ({ type: 'Polygon', coordinates: [ring] });
const feature = (id: string, geometry: GeoJSON.Geometry): Feature => ({
  type: 'Feature',
  id,
  properties: {},
  geometry,
});
const clockwise = polygon([0, 0], [0, 1], [1, 1], [1, 0], [0, 0]);

describe('the canonical form', () => {
  test('turns an outer ring against the clock and a hole with it', () => {
    const hole: Position[] = [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.4], [0.2, 0.2]]; // prettier-ignore
    const [outer, inner] = (
      canonicalGeometry({ type: 'Polygon', coordinates: [clockwise.coordinates[0]!, hole] }) as GeoJSON.Polygon
    ).coordinates as [Position[], Position[]];
    expect(signedArea(outer)).toBeGreaterThan(0);
    expect(signedArea(inner)).toBeLessThan(0);
  });
  test('rounds to six decimals and drops the points that become one', () => {
    const line = canonicalGeometry({
      type: 'LineString',
      coordinates: [
        [105.12345678, 21],
        [105.12345691, 21],
        [105.2, 21.0000004],
      ],
    });
    expect(line).toEqual({
      type: 'LineString',
      coordinates: [
        [105.123457, 21],
        [105.2, 21],
      ],
    });
  });
  test('of its own output is the output', () => {
    const ring = fc
      .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
        minLength: 3,
      })
      .map((points) => polygon(...(points as Position[]), points[0] as Position));
    fc.assert(
      fc.property(ring, (geometry) => {
        const once = canonicalGeometry(geometry);
        expect(canonicalGeometry(once)).toEqual(once);
      }),
    );
  });
  test('orders features by id, one a line', () => {
    const text = formatCollection([feature('b', clockwise), feature('a', clockwise)]);
    expect(text.split('\n').slice(1, 3).map((line) => line.slice(0, 24))).toEqual(['{"type":"Feature","id":"a', '{"type":"Feature","id":"b'].map((line) => line.slice(0, 24))); // prettier-ignore
    expect(text.indexOf('"a"')).toBeLessThan(text.indexOf('"b"'));
    expect((JSON.parse(text) as GeoJSON.FeatureCollection).bbox).toEqual([0, 0, 1, 1]);
  });
});

test('a corner of one ward on the side of another is given to both', () => {
  const left = polygon([0, 0], [0.01, 0], [0.01, 0.02], [0, 0.02], [0, 0]);
  const low = polygon([0.01, 0], [0.02, 0], [0.02, 0.01], [0.01, 0.01], [0.01, 0]);
  const high = polygon([0.01, 0.01], [0.02, 0.01], [0.02, 0.02], [0.01, 0.02], [0.01, 0.01]);
  const shared = shareVertices([feature('left', left), feature('low', low), feature('high', high)]);
  const users = usersOf(shared.map(({ id, geometry }) => ({ name: id, geometry })));
  expect([...users.values()].filter((names) => names.length === 2)).toHaveLength(3);
});

describe('a ring', () => {
  test.each([
    ['a bow tie', [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]],
    ['a needle', [[0, 0], [2, 0], [1, 0], [1, 1], [0, 0]]],
    ['a touch', [[0, 0], [2, 0], [2, 2], [1, 0], [0, 2], [0, 0]]],
  ] as [string, Position[]][])('with %s is not simple', (_, ring) => {
    expect(selfContact(ring)).not.toBeNull();
  }); // prettier-ignore
  test('of a plain shape is simple', () => {
    expect(selfContact(clockwise.coordinates[0] as Position[])).toBeNull();
  });
});

describe('the pole of inaccessibility', () => {
  test('of a square is its middle', () => {
    const pole = poleOf([[[[105, 21], [105.01, 21], [105.01, 21.01], [105, 21.01], [105, 21]]]]); // prettier-ignore
    expect(metersBetween(pole, [105.005, 21.005])).toBeLessThan(50);
  });
  test('of an L is in its thick arm', () => {
    const [lng] = poleOf([[[[0, 0], [0.1, 0], [0.1, 0.01], [0.04, 0.01], [0.04, 0.04], [0, 0.04], [0, 0]]]]); // prettier-ignore
    expect(lng).toBeLessThan(0.04);
  });
  test('of a wide and a high bar of equal breadth is in the wide one, for a name', () => {
    const bars: Position[][][] = [
      [[[0, 0], [0.01, 0], [0.01, 0.05], [0, 0.05], [0, 0]]],
      [[[0.02, 0], [0.07, 0], [0.07, 0.01], [0.02, 0.01], [0.02, 0]]],
    ]; // prettier-ignore
    expect(poleOf(bars, 2.2)[0]).toBeGreaterThan(0.02);
  });
});
