import type { Position } from '../../geodata/schema.ts';

/**
 * What a click on the map means, before anyone acts on it. The map only says it; the workspace turns it into a
 * selection or a draft.
 */
export type Intent =
  | { kind: 'select-ward'; key: string }
  | { kind: 'select-relic'; id: string }
  | { kind: 'select-hotspot'; id: string }
  | { kind: 'select-outbreak'; number: string }
  | { kind: 'select-case'; id: string }
  | { kind: 'select-landmark'; id: string }
  /** A position chosen for something that has none yet, `[lng, lat]`, WGS84 degrees, 6 decimals (0.1 m). */
  | { kind: 'place'; position: Position }
  /** A click on nothing. */
  | { kind: 'clear' };

export const positionAt = (lngLat: { lng: number; lat: number }): Position => [round6(lngLat.lng), round6(lngLat.lat)];
export const placeAt = (lngLat: { lng: number; lat: number }): Intent => ({
  kind: 'place',
  position: positionAt(lngLat),
});

const round6 = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
