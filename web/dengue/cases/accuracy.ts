/** How well a place is known that was tapped, found or typed. Pure; metres. */
import { metersBetween } from '../../../geodata/measure.ts';
import type { SearchHit } from '../../../server/search/contract.ts';

/** Ground per pixel at zoom 0 at the latitude of Hà Nội (tiles of 512 pixels). */
const METERS_PER_PIXEL = 73_080;
/** How far from the house a careful finger or pointer ends up, in pixels. */
const OFF_PIXELS = 6;
const BEST_METERS = 5;

/** A tap is as good as the map was near: 100 m and more when the whole district is in sight of a phone, 5 m at a house. */
export const tapAccuracy = (zoom: number): number =>
  Math.max(BEST_METERS, Math.round((OFF_PIXELS * METERS_PER_PIXEL) / 2 ** zoom));

/** Typed or pasted figures come from a device or a map: about as good as those. */
export const TYPED_METERS = 20;

/** A street is known by its middle, so by half its length; whatever else by the neighbourhood. Neither is a house. */
export function foundAccuracy({ bbox }: Pick<SearchHit, 'bbox'>): number {
  if (!bbox) return 100;
  const [west, south, east, north] = bbox;
  return Math.max(100, Math.round(metersBetween([west, south], [east, north]) / 2));
}
