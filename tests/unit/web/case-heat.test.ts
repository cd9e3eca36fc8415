import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../server/demo/random.ts';
import { between, heatIntensity, heatRadius, heatWeight } from '../../../web/dengue/cases/heat.ts';
import type { DrawnCases } from '../../../web/dengue/cases/filter.ts';

const METERS = { lng: 103_900, lat: 111_195 };
/** So many cases in foci of some hundred metres, most near their middle, as many again thinly around. */
function season(count: number, seed: number): DrawnCases {
  const random = createRandom(seed);
  return {
    type: 'FeatureCollection',
    features: Array.from({ length: count }, (_, index) => {
      const [focus, age] = [random.whole(0, 4), random.whole(0, 180)];
      const [far, turn] = [random.between(0, 1), random.between(0, 6.28)];
      return {
        type: 'Feature' as const,
        geometry: {
          type: 'Point' as const,
          coordinates: [
            105.8 + focus * 0.01 + (far ** 1.5 * 900 * Math.cos(turn)) / METERS.lng,
            21.06 + (far ** 1.5 * 900 * Math.sin(turn)) / METERS.lat,
          ],
        },
        properties: { id: String(index), class: 'clinical' as const, needsLocating: false, age },
      };
    }),
  };
}

/** The density MapLibre computes at a place: kernels of a third of the radius, in pixels. */
function densityAt({ features }: DrawnCases, [lng, lat]: [number, number], zoom: number, intensity: number): number {
  const meters = 73_070 / 2 ** zoom;
  const radius = between(heatRadius, zoom);
  let sum = 0;
  for (const { geometry, properties } of features) {
    const [x = 0, y = 0] = geometry.coordinates;
    const far = Math.hypot((x - lng) * METERS.lng, (y - lat) * METERS.lat) / meters;
    if (far < radius) sum += between(heatWeight, properties.age) * 0.3989 * Math.exp(-0.5 * ((3 * far) / radius) ** 2);
  }
  return intensity * sum;
}

describe('the heat of cases', () => {
  it.each([500, 3_000, 30_000])('of %i: the colours end for some and not for most', (count) => {
    const data = season(count, 3711);
    const places = data.features
      .filter((_, index) => index % Math.ceil(count / 60) === 0)
      .map(({ geometry }) => geometry.coordinates as [number, number]);
    for (const [zoom, intensity] of heatIntensity(data).filter(([at]) => at >= 13)) {
      const full = places.filter((place) => densityAt(data, place, zoom, intensity) >= 1).length / places.length;
      expect(full, `zoom ${zoom}`).toBeGreaterThan(0.01);
      expect(full, `zoom ${zoom}`).toBeLessThan(0.5);
    }
  });

  it('of few cases is held back: one alone is no hot place', () => {
    const [one] = season(1, 1).features;
    const intensities = new Map(heatIntensity({ type: 'FeatureCollection', features: [one!] }));
    expect(intensities.get(11)).toBe(0.7);
    expect(intensities.get(15)).toBe(3);
    expect(heatIntensity({ type: 'FeatureCollection', features: [] }).every(([, value]) => value > 0)).toBe(true);
  });
});
