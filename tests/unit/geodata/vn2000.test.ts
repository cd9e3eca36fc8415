import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { metersBetween } from '../../../geodata/measure.ts';
import { vn2000ToWgs84, wgs84ToVn2000, type Vn2000Zone } from '../../../geodata/vn2000.ts';

/** Control values by PROJ 9.1. */
const CONTROL: [lng: number, lat: number, zone: Vn2000Zone, east: number, north: number][] = [
  [105.82, 21.05, 5897, 585_024.688, 2_328_707.032],
  [105.82, 21.05, 3405, 584_999.178, 2_328_008.35],
  [105.83676, 21.0479, 5897, 586_767.824, 2_328_483.578],
];

describe.each(CONTROL)('%f E %f N in EPSG:%i', (lng, lat, zone, east, north) => {
  it('is where PROJ puts it, to the millimetre', () => {
    const [e, n] = wgs84ToVn2000([lng, lat], zone);
    expect(Math.abs(e - east)).toBeLessThan(0.001);
    expect(Math.abs(n - north)).toBeLessThan(0.001);
  });
  it('comes back to the millimetre', () => {
    expect(metersBetween(vn2000ToWgs84(east, north, zone), [lng, lat])).toBeLessThan(0.002);
  });
});

test('there and back is nowhere else, but for the height that is left out on the way', () => {
  const place = fc.tuple(fc.double({ min: 104, max: 107, noNaN: true }), fc.double({ min: 8, max: 24, noNaN: true }));
  fc.assert(
    fc.property(place, fc.constantFrom<Vn2000Zone>(5897, 3405), ([lng, lat], zone) => {
      const [east, north] = wgs84ToVn2000([lng, lat], zone);
      expect(metersBetween(vn2000ToWgs84(east, north, zone), [lng, lat])).toBeLessThan(0.002);
    }),
  );
});
