import type { CivilDate, WardFacts } from '../../geodata/schema.ts';

type Facts = WardFacts['wards'][number];
export type CulturalWardStep = Facts['culturalWard'][number];

/**
 * The title "Phường văn hóa" as of a day: the last step that had been shown by then. `null` before the first known
 * step: that nobody says is not the same as "not recognised".
 */
export function culturalWardOn(history: readonly CulturalWardStep[], at: CivilDate): CulturalWardStep | null {
  let last: CulturalWardStep | null = null;
  for (const step of history) {
    if (step.since <= at && (last === null || step.since >= last.since)) last = step;
  }
  return last;
}

/** People per km², to a whole person, from published figures only; an area measured on our own polygons is not one. */
export function densityPerKm2(population: Facts['population'], areaKm2: Facts['areaKm2']): number | null {
  if (population === null || areaKm2 === null || areaKm2.value <= 0) return null;
  return Math.round(population.value / areaKm2.value);
}
