import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { metersBetween } from '../../../geodata/measure.ts';
import { CRS84 } from '../../../server/ogc/contract.ts';
import { crsList, inCrs, meetsWindow, toDegrees } from '../../../server/ogc/crs.ts';

const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`;
const at = (lng: number, lat: number) => ({ type: 'Point' as const, coordinates: [lng, lat] });
const hanoi = fc.tuple(
  fc.double({ min: 105.7, max: 105.95, noNaN: true }),
  fc.double({ min: 20.95, max: 21.15, noNaN: true }),
);

/** By PROJ 9.1 (`gdaltransform`, to the millimetre); 4326 is written latitude first. */
const CONTROL: [code: number, first: number, second: number][] = [
  [4326, 21.05, 105.82],
  [3857, 11_779_828.516, 2_397_841.553],
  [32648, 585_195.385, 2_327_900.276],
  [3405, 584_999.178, 2_328_008.35],
  [5897, 585_024.688, 2_328_707.032],
];

test.each(CONTROL)('EPSG:%i writes 105.82 E 21.05 N as PROJ does', (code, first, second) => {
  const [a, b] = inCrs(at(105.82, 21.05), epsg(code)).coordinates as [number, number];
  expect([Math.abs(a - first) < 0.0015, Math.abs(b - second) < 0.0015]).toEqual([true, true]);
});

test('a position comes back within a centimetre from every system', () => {
  fc.assert(
    fc.property(hanoi, fc.constantFrom(...crsList), ([lng, lat], uri) => {
      const [a, b] = inCrs(at(lng, lat), uri).coordinates as [number, number];
      expect(metersBetween(toDegrees([a, b], uri), [lng, lat])).toBeLessThan(0.01);
    }),
  );
});

describe('a window of metres', () => {
  const inside = meetsWindow({ crs: epsg(5897), boxes: [[585_000, 2_328_700, 585_100, 2_328_800]] });

  it('is met by what its own grid puts in it, not by what a box of degrees around it would take', () => {
    const corner = (east: number, north: number) => {
      const [lng, lat] = toDegrees([east, north], epsg(5897));
      return inside(at(lng, lat));
    };
    expect([corner(585_000.01, 2_328_700.01), corner(585_099.99, 2_328_799.99)]).toEqual([true, true]);
    expect([corner(584_999.9, 2_328_750), corner(585_100.1, 2_328_750), corner(585_050, 2_328_699.9)]).toEqual([
      ...[false, false, false],
    ]);
  });

  it('says the same as the geometry turned into metres and asked there', () => {
    const far = meetsWindow({ crs: epsg(3405), boxes: [[580_000, 2_325_000, 590_000, 2_330_000]] });
    fc.assert(
      fc.property(hanoi, ([lng, lat]) => {
        const [east, north] = inCrs(at(lng, lat), epsg(3405)).coordinates as [number, number];
        const holds = east >= 580_000 && east <= 590_000 && north >= 2_325_000 && north <= 2_330_000;
        expect(far(at(lng, lat))).toBe(holds);
      }),
    );
  });
});

test('what is kept is given as it is', () => {
  const kept = at(105.82, 21.05);
  expect(inCrs(kept, CRS84)).toBe(kept);
});
