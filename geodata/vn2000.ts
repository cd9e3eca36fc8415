/**
 * VN-2000 to WGS84 and back. Pure, browser-safe. Transverse Mercator by the series of Krüger to the fourth power of n
 * (below a tenth of a millimetre in a zone); datum shift EPSG:6960 (QĐ 05/2007/QĐ-BTNMT), rotations as position vector.
 * Both ellipsoids are WGS84's.
 */
import type { Position } from './schema.ts';

/** EPSG codes: 5897 = 3-degree zone of 105°, Hà Nội's cadastral files; 3405 = UTM 48N, whole-zone files. */
export type Vn2000Zone = 5897 | 3405;
const SCALE: Record<Vn2000Zone, number> = { 5897: 0.9999, 3405: 0.9996 };
const CENTRAL_MERIDIAN = 105;
const FALSE_EASTING = 500_000;

const A = 6_378_137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const N = F / (2 - F);
const RECTIFYING = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
  (49_561 * N ** 4) / 161_280,
];
const BETA = [
  N / 2 - (2 * N ** 2) / 3 + (37 * N ** 3) / 96 - N ** 4 / 360,
  N ** 2 / 48 + N ** 3 / 15 - (437 * N ** 4) / 1440,
  (17 * N ** 3) / 480 - (37 * N ** 4) / 840,
  (4397 * N ** 4) / 161_280,
];
const RADIANS = Math.PI / 180;
const SECONDS = RADIANS / 3600;

/** To WGS84: metres, seconds of arc, parts per million. */
const SHIFT = {
  dx: -191.90441429,
  dy: -39.30318279,
  dz: -111.45032835,
  rx: 0.00928836 * SECONDS,
  ry: -0.01975479 * SECONDS,
  rz: 0.00427372 * SECONDS,
  scale: 1 + 0.252906278e-6,
};

const series = (terms: readonly number[], along: number, across: number): [number, number] => {
  let [x, y] = [0, 0];
  terms.forEach((term, i) => {
    const j = 2 * (i + 1);
    x += term * Math.sin(j * along) * Math.cosh(j * across);
    y += term * Math.cos(j * along) * Math.sinh(j * across);
  });
  return [x, y];
};

type Vector = [x: number, y: number, z: number];

function toVector([lng, lat]: Position): Vector {
  const [l, f] = [lng * RADIANS, lat * RADIANS];
  const radius = A / Math.sqrt(1 - E2 * Math.sin(f) ** 2);
  return [radius * Math.cos(f) * Math.cos(l), radius * Math.cos(f) * Math.sin(l), radius * (1 - E2) * Math.sin(f)];
}

function toPosition([x, y, z]: Vector): Position {
  const across = Math.hypot(x, y);
  let lat = Math.atan2(z, across * (1 - E2));
  for (let i = 0; i < 6; i++) {
    const radius = A / Math.sqrt(1 - E2 * Math.sin(lat) ** 2);
    lat = Math.atan2(z + E2 * radius * Math.sin(lat), across);
  }
  return [Math.atan2(y, x) / RADIANS, lat / RADIANS];
}

function shift([x, y, z]: Vector): Vector {
  const { dx, dy, dz, rx, ry, rz, scale } = SHIFT;
  return [scale * (x - rz * y + ry * z) + dx, scale * (rz * x + y - rx * z) + dy, scale * (-ry * x + rx * y + z) + dz];
}

function shiftBack([x, y, z]: Vector): Vector {
  const { dx, dy, dz, rx, ry, rz, scale } = SHIFT;
  const [u, v, w] = [(x - dx) / scale, (y - dy) / scale, (z - dz) / scale];
  return [u + rz * v - ry * w, -rz * u + v + rx * w, ry * u - rx * v + w];
}

/** Metres east and north of a zone (on paper Y and X) to degrees of WGS84. */
export function vn2000ToWgs84(east: number, north: number, zone: Vn2000Zone): Position {
  const unit = SCALE[zone] * RECTIFYING;
  const [along, across] = [north / unit, (east - FALSE_EASTING) / unit];
  const [dAlong, dAcross] = series(BETA, along, across);
  const [a, b] = [along - dAlong, across - dAcross];
  const conformal = Math.atanh(Math.sin(a) / Math.cosh(b));
  let sine = Math.tanh(conformal);
  for (let i = 0; i < 8; i++) sine = Math.tanh(conformal + E * Math.atanh(E * sine));
  const lng = CENTRAL_MERIDIAN + Math.atan2(Math.sinh(b), Math.cos(a)) / RADIANS;
  return toPosition(shift(toVector([lng, Math.asin(sine) / RADIANS])));
}

/** Degrees of WGS84 to metres `[east, north]` of a zone. */
export function wgs84ToVn2000(position: Position, zone: Vn2000Zone): [east: number, north: number] {
  const [lng, lat] = toPosition(shiftBack(toVector(position)));
  const sine = Math.sin(lat * RADIANS);
  const l = (lng - CENTRAL_MERIDIAN) * RADIANS;
  const t = Math.sinh(Math.atanh(sine) - E * Math.atanh(E * sine));
  const a = Math.atan2(t, Math.cos(l));
  const b = Math.asinh(Math.sin(l) / Math.hypot(t, Math.cos(l)));
  const [dAlong, dAcross] = series(ALPHA, a, b);
  const unit = SCALE[zone] * RECTIFYING;
  return [FALSE_EASTING + unit * (b + dAcross), unit * (a + dAlong)];
}
