import { vn2000ToWgs84, type Vn2000Zone } from '../../geodata/vn2000.ts';
import { parseNumber } from '../../geodata/number.ts';

/**
 * A pasted position: `21.0583, 105.8091`, `21,0583; 105,8091`, `21°03'29.9"N 105°48'32.8"E`, or metres of VN-2000
 * (`2328645.2 584012.7`, northing and easting in either order). Of degrees the latitude comes first, as people write it.
 */
export interface Coordinates {
  lng: number;
  lat: number;
}

const DEGREES = /(\d{1,3})\s*°\s*(\d{1,2})\s*['′]\s*(\d{1,2}(?:[.,]\d+)?)?\s*["″]?\s*([NSEW])?/giu;

/** `null` when it cannot be read as two numbers in range; order is latitude, longitude unless letters say otherwise. */
export function parseCoordinates(text: string): Coordinates | null {
  return parseDegrees(text) ?? parseDecimals(text);
}

function parseDecimals(text: string): Coordinates | null {
  const separated = text
    .trim()
    .split(/[;\t]|,\s+|\s+/)
    .filter(Boolean);
  // `21.0583,105.8091` without a space: the comma parts the two only when both halves have their own point.
  const parts =
    separated.length === 1 && /^-?\d+\.\d+,-?\d+\.\d+$/.test(text.trim()) ? text.trim().split(',') : separated;
  const [lat, lng] = parts.map((part) => Number(part.replace(/,$/, '').replace(',', '.')));
  if (parts.length !== 2 || lat === undefined || lng === undefined) return null;
  return inRange({ lat, lng });
}

function parseDegrees(text: string): Coordinates | null {
  const found = [...text.matchAll(DEGREES)].map(([, degrees, minutes, seconds = '0', letter = '']) => {
    const value = Number(degrees) + Number(minutes) / 60 + Number(seconds.replace(',', '.')) / 3600;
    return { value: /[SW]/i.test(letter) ? -value : value, isLng: /[EW]/i.test(letter) };
  });
  const [first, second] = found;
  if (found.length !== 2 || !first || !second) return null;
  return inRange(first.isLng ? { lng: first.value, lat: second.value } : { lat: first.value, lng: second.value });
}

const inRange = (point: Coordinates): Coordinates | null =>
  Math.abs(point.lat) <= 90 && Math.abs(point.lng) <= 180 ? point : null;

/** Northings of Hà Nội lie about 2,330 km, eastings within some 150 km of 500: their sizes tell them apart. */
const isNorthing = (value: number) => value > 2_200_000 && value < 2_450_000;
const isEasting = (value: number) => value > 350_000 && value < 750_000;

/** Metres `[east, north]` of a VN-2000 grid; `null` for anything else. Which zone they are of, no size tells. */
export function readVn2000(text: string): [east: number, north: number] | null {
  const [first, second, ...more] = text
    .trim()
    .split(/[;\t]|,\s+|\s+/)
    .filter(Boolean)
    .map((part) => parseNumber(part.replace(/^[XYEN]\s*[:=]?/iu, '')));
  if (first == null || second == null || more.length > 0) return null;
  if (isNorthing(first) && isEasting(second)) return [second, first];
  return isNorthing(second) && isEasting(first) ? [first, second] : null;
}

/** Degrees, or metres of VN-2000 in a zone; 5897 is that of Hà Nội's cadastral files. */
export function parsePosition(text: string, zone: Vn2000Zone = 5897): Coordinates | null {
  const metres = readVn2000(text);
  if (!metres) return parseCoordinates(text);
  const [lng, lat] = vn2000ToWgs84(...metres, zone);
  return { lng, lat };
}
