/**
 * The camera as the address bar knows it: `15.2/21.05672/105.82341` = zoom / latitude / longitude. Pure; degrees WGS84.
 */
import type { Bbox, Position } from '../../geodata/schema.ts';

export interface Camera {
  lng: number;
  lat: number;
  zoom: number;
}

/** Pixels of the window that panels cover. */
export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export const noPadding: Padding = { top: 0, right: 0, bottom: 0, left: 0 };

/** Hà Nội and a margin: the map never leaves it, so it never has to answer for the rest of the world. */
export const maxBounds: Bbox = [105.55, 20.87, 106.1, 21.27];
export const minZoom = 10.5;
export const maxZoom = 18.5;

/** The district of 1995 with its half of the river. */
export const districtBbox: Bbox = [105.79178, 21.039512, 105.848276, 21.097369];

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Reads the address's camera; `null` for anything that is not three plain numbers. Clamped to what the map can show. */
export function parseCamera(text: string | null | undefined): Camera | null {
  const match = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/.exec(text ?? '');
  if (!match) return null;
  const [zoom, lat, lng] = match.slice(1).map(Number) as [number, number, number];
  const [west, south, east, north] = maxBounds;
  return { lng: clamp(lng, west, east), lat: clamp(lat, south, north), zoom: clamp(zoom, minZoom, maxZoom) };
}

/** Writes the camera for the address: zoom to 2 decimals, degrees to 5 (1 m). `parseCamera` reads it back the same. */
export function formatCamera({ lng, lat, zoom }: Camera): string {
  const round = (value: number, digits: number) => String(Number(value.toFixed(digits)));
  return `${round(zoom, 2)}/${round(lat, 5)}/${round(lng, 5)}`;
}

/** True when two cameras would be written the same: used to break the loop map -> address -> map. */
export const sameCamera = (a: Camera, b: Camera): boolean => formatCamera(a) === formatCamera(b);

/** Degrees. `null` for a geometry without positions. */
export function bboxOf(geometry: GeoJSON.Geometry | GeoJSON.FeatureCollection): Bbox | null {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === 'number') {
      const [lng, lat] = value as Position;
      box[0] = Math.min(box[0], lng);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lng);
      box[3] = Math.max(box[3], lat);
    } else value.forEach(visit);
  };
  const walk = (item: GeoJSON.Geometry): void => {
    if (item.type === 'GeometryCollection') item.geometries.forEach(walk);
    else visit(item.coordinates);
  };
  if (geometry.type === 'FeatureCollection') for (const feature of geometry.features) walk(feature.geometry);
  else walk(geometry);
  return Number.isFinite(box[0]) ? box : null;
}

/** Pixels per world width at zoom 0 (MapLibre's tile size). */
const WORLD = 512;
/** Fitting a small thing does not dive onto its roof. */
const CLOSEST_FIT = 16.5;
const mercatorY = (lat: number) => {
  const sin = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
};
const latOf = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/**
 * The camera that shows a whole bbox inside the part of the window the panels leave free. Its centre is the bbox's own:
 * MapLibre's padding moves it into the free part.
 * @param size window in CSS pixels
 * @param margin pixels kept free around the bbox
 * @param column pixels at the right edge that the map's own buttons cover; they are no padding of MapLibre's, so the
 *   centre itself gives way to them
 */
export function fitBbox(
  [west, south, east, north]: Bbox,
  size: { width: number; height: number },
  padding: Padding = noPadding,
  margin = 24,
  column = 0,
): Camera {
  const wide = Math.max(1, size.width - padding.left - padding.right - 2 * margin - column);
  const high = Math.max(1, size.height - padding.top - padding.bottom - 2 * margin);
  const top = mercatorY(north);
  const bottom = mercatorY(south);
  const zoomX = Math.log2(wide / (WORLD * Math.max(1e-9, (east - west) / 360)));
  const zoomY = Math.log2(high / (WORLD * Math.max(1e-9, bottom - top)));
  const zoom = clamp(Math.min(zoomX, zoomY), minZoom, CLOSEST_FIT);
  const aside = ((column / 2) * 360) / (WORLD * 2 ** zoom);
  return { lng: (west + east) / 2 + aside, lat: latOf((top + bottom) / 2), zoom };
}
