/** Point -> ward, against a scan of the same wards with turf's booleanPointInPolygon. */
import { booleanPointInPolygon } from '@turf/turf';
import { loadPlaces } from '../../geodata/load.ts';
import type { Position } from '../../geodata/schema.ts';
import { compared, median, reported, seeded, type BenchRow } from './row.ts';

const UNITS = '1995-10-28';
const POINTS = 200_000;
/** The scan is slow; a part of the points is enough to know how slow. */
const SCANNED = 10_000;
const ROUNDS = 7;

export function benchWardLookup(): BenchRow[] {
  const places = loadPlaces();
  const wards = places.wards[UNITS];
  const index = places.index[UNITS];
  const points = pointsOver(wards);

  const scan = (point: Position) =>
    wards.find((ward) => booleanPointInPolygon(point, ward.geometry))?.properties.key ?? null;
  for (const point of points.slice(0, SCANNED))
    if (scan(point) !== index.wardAt(point)) throw new Error(`the two disagree about ${point.join()}`);

  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: perSecond(points, (point) => index.wardAt(point)),
    theirs: perSecond(points.slice(0, SCANNED), scan),
  }));
  const value = median(rounds.map((round) => round.ours));
  return [
    compared({
      name: 'point -> ward / turf scan',
      value,
      unit: 'points/s',
      reference: median(rounds.map((round) => round.theirs)),
      ratio: median(rounds.map((round) => round.ours / round.theirs)),
      budget: { atLeast: 5 },
    }),
    reported({ name: 'point -> ward', value, unit: 'points/s', budget: { atLeast: 1_000_000 } }),
  ];
}

/** Evenly over the box of the wards, so that a third falls outside all of them. */
function pointsOver(wards: readonly { geometry: { coordinates: unknown } }[]): Position[] {
  const flat = wards.flatMap((ward) => (ward.geometry.coordinates as unknown[]).flat(Infinity) as number[]);
  const lngs = flat.filter((_, i) => i % 2 === 0);
  const lats = flat.filter((_, i) => i % 2 === 1);
  const span = (all: number[]) => {
    const least = all.reduce((a, b) => Math.min(a, b));
    return [least, all.reduce((a, b) => Math.max(a, b)) - least] as const;
  };
  const [west, width] = span(lngs);
  const [south, height] = span(lats);
  const random = seeded(1995);
  return Array.from({ length: POINTS }, (): Position => [west + random() * width, south + random() * height]);
}

function perSecond(points: readonly Position[], work: (point: Position) => unknown): number {
  let found = 0;
  const began = performance.now();
  for (const point of points) if (work(point) !== null) found += 1;
  const seconds = (performance.now() - began) / 1000;
  if (found === 0) throw new Error('no point fell into a ward');
  return points.length / seconds;
}
