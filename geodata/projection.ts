/**
 * Grids in metres and WGS84, by PROJ's own formulas (proj4). Pure, browser-safe. Datum shift of VN-2000: EPSG:6960
 * (QĐ 05/2007/QĐ-BTNMT), rotations as position vector; both its ellipsoids are WGS84's.
 */
import proj4 from 'proj4';
import type { Position } from './schema.ts';

const VN2000 =
  '+ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278';
const METRES = '+units=m +no_defs +type=crs';

/** By EPSG code: web Mercator, UTM 48N on WGS84, UTM 48N on VN-2000, the 3-degree zone of 105° of Hà Nội's cadastral files. */
const DEFINITIONS = {
  3857: `+proj=merc +a=6378137 +b=6378137 ${METRES}`,
  32648: `+proj=utm +zone=48 +datum=WGS84 ${METRES}`,
  3405: `+proj=utm +zone=48 ${VN2000} ${METRES}`,
  5897: `+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9999 +x_0=500000 +y_0=0 ${VN2000} ${METRES}`,
} as const;
export type Grid = keyof typeof DEFINITIONS;

/** Reading a definition costs more than a hundred points, so each is read once, and only when it is asked for. */
const known = new Map<Grid, proj4.Converter>();
function converter(grid: Grid): proj4.Converter {
  const found = known.get(grid);
  if (found) return found;
  const made = proj4('WGS84', DEFINITIONS[grid]);
  known.set(grid, made);
  return made;
}

/** Degrees of WGS84 to metres `[east, north]`. */
export const toGrid = ([lng, lat]: Position, grid: Grid): [east: number, north: number] =>
  converter(grid).forward([lng, lat]);

/** Metres `[east, north]` to degrees of WGS84. */
export const fromGrid = ([east, north]: readonly [number, number], grid: Grid): Position =>
  converter(grid).inverse([east, north]);
