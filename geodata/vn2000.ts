/** VN-2000, the grid of Vietnam's cadastral and heritage files. Pure, browser-safe. */
import { fromGrid, toGrid } from './projection.ts';
import type { Position } from './schema.ts';

/** EPSG codes: 5897 = 3-degree zone of 105°, Hà Nội's cadastral files; 3405 = UTM 48N, whole-zone files. */
export type Vn2000Zone = 5897 | 3405;

/** Metres east and north of a zone (on paper Y and X) to degrees of WGS84. */
export const vn2000ToWgs84 = (east: number, north: number, zone: Vn2000Zone): Position => fromGrid([east, north], zone);

/** Degrees of WGS84 to metres `[east, north]` of a zone. */
export const wgs84ToVn2000 = (position: Position, zone: Vn2000Zone): [east: number, north: number] =>
  toGrid(position, zone);
