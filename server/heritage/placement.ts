import type { Position, Units, WardKey } from '../../geodata/schema.ts';
import type { WardIndex } from '../../geodata/ward-index.ts';
import type { Relic } from './contract.ts';

/** A relic of the district farther out than this is a slip (swapped axes, a wrong zone), not a find. */
export const FAR_METERS = 30_000;
/** Inner boundaries are approximate by about this much: within it the derived ward is a proposal. */
export const EDGE_METERS = 50;

const METERS_PER_DEGREE = (Math.PI / 180) * 6_371_008.8;

/** Metres from a position to an area, 0 inside it. On a flat earth around the position: good to 1 % within 100 km. */
export function metersToArea([lng, lat]: Position, area: GeoJSON.Polygon | GeoJSON.MultiPolygon): number {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  const kx = METERS_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  let nearest = Infinity;
  for (const [ring = []] of polygons) {
    let inside = false;
    for (let i = 1; i < ring.length; i++) {
      const ax = (ring[i - 1]![0]! - lng) * kx;
      const ay = (ring[i - 1]![1]! - lat) * METERS_PER_DEGREE;
      const bx = (ring[i]![0]! - lng) * kx;
      const by = (ring[i]![1]! - lat) * METERS_PER_DEGREE;
      if (ay > 0 !== by > 0 && ax - (ay * (bx - ax)) / (by - ay) > 0) inside = !inside;
      const dx = bx - ax;
      const dy = by - ay;
      const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
      nearest = Math.min(nearest, Math.hypot(ax + t * dx, ay + t * dy));
    }
    if (inside) return 0;
  }
  return nearest;
}

/**
 * Why a relic cannot stand at a position, or `null` when it can. A latitude above 90 is almost always a pair of
 * swapped axes. Lying outside its ward is no reason: the boundaries are approximate.
 */
export function refusePosition(
  position: Position,
  district: GeoJSON.Polygon | GeoJSON.MultiPolygon,
): 'outside_world' | 'far_from_district' | null {
  const [lng, lat] = position;
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return 'outside_world';
  return metersToArea(position, district) > FAR_METERS ? 'far_from_district' : null;
}

/**
 * What a position says about a relic's ward, in every ward set; everything quiet without a position. The warning is
 * given in the set the stated ward belongs to.
 */
export function standing(
  position: Position | null,
  statedWard: WardKey,
  wards: Record<Units, WardIndex>,
): Pick<Relic, 'wardByPosition' | 'outsideStatedWard' | 'nearWardEdge'> {
  const sets = Object.keys(wards) as Units[];
  const wardByPosition = Object.fromEntries(sets.map((set) => [set, position ? wards[set].wardAt(position) : null]));
  const set = sets.find((name) => statedWard.endsWith(`@${name}`));
  if (position === null || set === undefined) {
    return { wardByPosition, outsideStatedWard: false, nearWardEdge: false };
  }
  return {
    wardByPosition,
    outsideStatedWard: wardByPosition[set] !== statedWard,
    nearWardEdge: wards[set].metersToInnerEdge(position) <= EDGE_METERS,
  };
}
