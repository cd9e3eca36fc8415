/** Whether a case can live at a position, and what the position says of its ward. */
import { isInLake } from '../../../geodata/land.ts';
import type { Position, Units, WardKey } from '../../../geodata/schema.ts';
import type { WardIndex } from '../../../geodata/ward-index.ts';
import { metersToArea } from '../../heritage/placement.ts';

/** Boundaries are approximate by about this much (metres): within it a ward is a proposal. */
export const EDGE_METERS = 50;

export interface Ground {
  index: Readonly<Record<Units, WardIndex>>;
  district: GeoJSON.Polygon | GeoJSON.MultiPolygon;
  water: readonly { geometry: GeoJSON.Geometry }[];
}

export type Placing =
  | { refusal: 'in_the_lake' | 'outside_district' }
  | { refusal: 'axes_swapped'; corrected: { lng: number; lat: number } }
  | { wardByPosition: Record<Units, WardKey | null>; edgeMeters: number };

const inDistrict = ({ index, district }: Ground, position: Position): boolean =>
  index['1995-10-28'].wardAt(position) !== null || metersToArea(position, district) <= EDGE_METERS;

/**
 * Judges a position in degrees. Outside the district, and inside it with the axes exchanged, is `axes_swapped` with the
 * corrected reading; within 50 m outside is taken, because the boundary is approximate. In a lake nobody lives. The
 * ward lies in every set, `edgeMeters` is the distance to the nearest boundary between two of the eight wards.
 */
export function judgePlace(ground: Ground, [lng, lat]: Position): Placing {
  const possible = Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
  if (!possible || !inDistrict(ground, [lng, lat])) {
    if (Math.abs(lng) <= 90 && inDistrict(ground, [lat, lng]))
      return { refusal: 'axes_swapped', corrected: { lng: lat, lat: lng } };
    return { refusal: 'outside_district' };
  }
  if (ground.water.some(({ geometry }) => isInLake([lng, lat], geometry))) return { refusal: 'in_the_lake' };
  const { index } = ground;
  const sets = Object.keys(index) as Units[];
  return {
    wardByPosition: Object.fromEntries(sets.map((set) => [set, index[set].wardAt([lng, lat])])) as Record<
      Units,
      WardKey | null
    >,
    edgeMeters: index['1995-10-28'].metersToInnerEdge([lng, lat]),
  };
}
