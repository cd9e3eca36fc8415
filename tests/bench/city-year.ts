/**
 * Invented dengue cases with the grain of a real city-year: most in bursts of one neighbourhood and some weeks, the
 * rest scattered, more in the season than out of it. The area grows with the number of cases, so that the density
 * stays that of Hà Nội's bad year, 30,000 on some 400 km².
 */
import { addDays } from '../../geodata/dates.ts';
import { metersPerDegree } from '../../geodata/measure.ts';
import type { OutbreakCase } from '../../server/dengue/outbreak.ts';
import { seeded } from './row.ts';

const CENTRE = { lng: 105.82, lat: 21.03 };
const CASES_PER_KM2 = 30_000 / 400;
const FIRST_DAY = '2022-01-01';
const DAYS = 365;
/** One happening in eight is a burst; these make about two thirds of the cases. */
const BURSTS = 0.12;
/** A burst: so many cases at most, within so many metres and days (standard deviations) of its middle. */
const BURST = { cases: 60, meters: 90, days: 12 };
const SEASON = { middle: 285, days: 45 };

export const LAST_DAY = addDays(FIRST_DAY, DAYS - 1);

/** The same cases for the same count and seed; ids `c0`, `c1` … */
export function cityYear(count: number, seed = 2022): OutbreakCase[] {
  const random = seeded(seed);
  /** Standard normal (Box-Muller). */
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const [perLng, perLat] = metersPerDegree(CENTRE.lat);
  const side = 1000 * Math.sqrt(count / CASES_PER_KM2);
  const anywhere = (): [number, number] => [(random() - 0.5) * side, (random() - 0.5) * side];
  const anyDay = () => (random() < 0.8 ? SEASON.middle + normal() * SEASON.days : random() * DAYS);
  const days = Array.from({ length: DAYS }, (_, day) => addDays(FIRST_DAY, day));

  const cases: OutbreakCase[] = [];
  const put = (east: number, north: number, day: number) =>
    cases.push({
      id: `c${cases.length}`,
      class: random() < 0.3 ? 'confirmed' : 'clinical',
      onsetOn: days[Math.max(0, Math.min(DAYS - 1, Math.round(day)))]!,
      lng: CENTRE.lng + east / perLng,
      lat: CENTRE.lat + north / perLat,
      accuracyMeters: 15,
    });
  while (cases.length < count) {
    const [east, north] = anywhere();
    const day = anyDay();
    // Few bursts are large.
    const size = random() < BURSTS ? 2 + Math.floor(BURST.cases * random() ** 4) : 1;
    for (let i = 0; i < size && cases.length < count; i++)
      put(east + normal() * BURST.meters, north + normal() * BURST.meters, day + normal() * BURST.days);
  }
  return cases;
}
