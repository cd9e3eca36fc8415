/** The quick test of distance answers as the haversine does, also at the limit itself. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metersBetween } from '../../../geodata/measure.ts';
import { nearness, sphereX, sphereY, sphereZ } from '../../../server/dengue/nearness.ts';

const anywhere = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -89.9, max: 89.9, noNaN: true }),
);

it('for pairs about as far apart as the limit, and the limit exactly their distance', () => {
  fc.assert(
    fc.property(
      anywhere,
      fc.double({ min: 1, max: 5000, noNaN: true }),
      fc.integer({ min: -200, max: 200 }),
      (from, meters, off) => {
        const to: [number, number] = [from[0], from[1] + (meters / 111_195) * (from[1] > 0 ? -1 : 1)];
        const lng = Float64Array.of(from[0], to[0]);
        const lat = Float64Array.of(from[1], to[1]);
        const points = {
          lng,
          lat,
          x: lng.map((l, i) => sphereX(l, lat[i]!)),
          y: lng.map((l, i) => sphereY(l, lat[i]!)),
          z: lat.map(sphereZ),
        };
        const apart = metersBetween(from, to);
        // From exactly the distance out to 0.2 mm beside it, either way.
        for (const limit of [apart, apart + off * 1e-6, apart + off * 1e-12, apart - 1, apart + 1]) {
          expect(nearness(points, limit)(0, 1)).toBe(apart <= limit);
          expect(nearness(points, limit)(1, 0)).toBe(apart <= limit);
        }
      },
    ),
    { numRuns: 500 },
  );
});
