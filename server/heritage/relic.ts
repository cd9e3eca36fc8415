import type { Position, Units, WardKey } from '../../geodata/schema.ts';
import type { WardIndex } from '../../geodata/ward-index.ts';
import type { Relic, RelicProperties } from './contract.ts';
import { standing } from './placement.ts';

/** A relic as the store holds it: what follows from geometry and names is derived on every reading, never stored. */
export type StoredRelic = Omit<Relic, 'wardName' | 'wardByPosition' | 'outsideStatedWard' | 'nearWardEdge'>;

export const positionOf = ({ position }: Pick<StoredRelic, 'position'>): Position | null =>
  position ? [position.lng, position.lat] : null;

export function describeRelic(
  stored: StoredRelic,
  wards: Record<Units, WardIndex>,
  nameOf: (wardKey: string) => string,
): Relic {
  const derived = standing(positionOf(stored), stored.wardKey as WardKey, wards);
  return { ...stored, wardName: nameOf(stored.wardKey), ...derived };
}

/**
 * Whether a relic belongs to a ward: the stated ward of its own set, and in the other set the ward its position falls
 * in, because a relic is stated in one set only.
 */
export function belongsTo(relic: Relic, wardKey: WardKey): boolean {
  const set = wardKey.split('@')[1] as Units;
  return relic.wardKey.endsWith(`@${set}`) ? relic.wardKey === wardKey : relic.wardByPosition[set] === wardKey;
}

/** The wards a relic belongs to, at most one of each set: whose scope it is in. */
export const wardsOf = (relic: Relic): WardKey[] =>
  [relic.wardKey as WardKey, ...(Object.values(relic.wardByPosition) as (WardKey | null)[])].flatMap((key) =>
    key !== null && belongsTo(relic, key) ? key : [],
  );

export type RelicFeature = GeoJSON.Feature<GeoJSON.Point, RelicProperties> & { id: string };

/** The relic on the relics layer; `null` while it has no position. */
export function relicFeature(relic: Relic): RelicFeature | null {
  const { position } = relic;
  if (position === null) return null;
  const { id, version, name, kind, rank, wardKey, inInventory, outsideStatedWard, demo } = relic;
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [position.lng, position.lat] },
    properties: {
      id,
      version,
      name,
      kind,
      rank,
      wardKey,
      inInventory,
      outsideStatedWard,
      demo,
      accuracy: position.accuracy,
      errorMeters: position.errorMeters,
      grade: relic.condition?.grade ?? null,
    },
  };
}
