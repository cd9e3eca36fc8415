import type { Position } from '../../geodata/schema.ts';

/**
 * A point well inside an area, for its label: the best of a grid, by distance to the nearest edge, over the largest ring.
 * Degrees; good to a 30th of the area's breadth, which is enough for a word. `null` for what is not an area.
 */
export function labelPoint(geometry: GeoJSON.Geometry | null): Position | null {
  const polygons =
    geometry?.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry?.type === 'MultiPolygon'
        ? geometry.coordinates
        : [];
  const [rings] = [...polygons].sort((a, b) => Math.abs(area(b[0]!)) - Math.abs(area(a[0]!)));
  if (!rings?.[0]) return null;
  const lngs = rings[0].map(([lng]) => lng!);
  const lats = rings[0].map(([, lat]) => lat!);
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)];
  // A degree of longitude is shorter than one of latitude; distances are compared, so scale it.
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const STEPS = 30;
  let best: { at: Position; distance: number } | null = null;
  for (let i = 1; i < STEPS; i++)
    for (let j = 1; j < STEPS; j++) {
      const at: Position = [west + ((east - west) * i) / STEPS, south + ((north - south) * j) / STEPS];
      if (!inside(at, rings)) continue;
      const distance = Math.min(...rings.map((ring) => edgeDistance(at, ring, squeeze)));
      if (!best || distance > best.distance) best = { at, distance };
    }
  return best?.at ?? [(west + east) / 2, (south + north) / 2];
}

type Ring = GeoJSON.Position[];

const area = (ring: Ring): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length]!;
    return sum + (x! * ny! - nx! * y!) / 2;
  }, 0);

function inside([x, y]: Position, rings: Ring[]): boolean {
  let within = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i] as Position;
      const [bx, by] = ring[j] as Position;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
    }
  return within;
}

function edgeDistance([x, y]: Position, ring: Ring, squeeze: number): number {
  let least = Infinity;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as Position;
    const [bx, by] = ring[i] as Position;
    const [dx, dy] = [(bx - ax) * squeeze, by - ay];
    const [px, py] = [(x - ax) * squeeze, y - ay];
    const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(px - along * dx, py - along * dy));
  }
  return least;
}
