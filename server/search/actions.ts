import type { Position, WardFeature } from '../../geodata/schema.ts';
import { allRelics } from '../heritage/actions.ts';
import type { Relic } from '../heritage/contract.ts';
import type { Services } from '../platform/services.ts';
import { wardName } from '../wards/actions.ts';
import { bboxOf } from '../wards/describe.ts';
import type { SearchHit } from './contract.ts';
import { createSearchIndex, type KnownNames, type SearchEntry, type SearchIndex } from './match.ts';

const written = (date: string) => date.split('-').reverse().join('/');

const wardEntry = ({ properties, geometry }: WardFeature): SearchEntry => ({
  type: 'ward',
  id: properties.key,
  name: properties.name,
  otherNames: [`Phường ${properties.name}`, properties.code],
  // The years tell two wards of one name apart.
  context: `${written(properties.validFrom)} – ${properties.validTo ? written(properties.validTo) : ''}`.trim(),
  kind: null,
  position: properties.labelPoint,
  bbox: bboxOf(geometry),
});

const relicEntry = (relic: Relic): SearchEntry => ({
  type: 'relic',
  id: relic.id,
  name: relic.name,
  otherNames: relic.otherNames,
  context: relic.address === null ? relic.wardName : `${relic.address}, ${relic.wardName}`,
  kind: relic.kind,
  position: relic.position ? [relic.position.lng, relic.position.lat] : null,
  bbox: null,
});

/** Halfway along the longest part of a street: where a reader sent there finds it. */
function middleOf(geometry: GeoJSON.LineString | GeoJSON.MultiLineString): Position | null {
  const parts = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
  const longest = parts.reduce((a, b) => (b.length > a.length ? b : a), parts[0] ?? []);
  return (longest[Math.floor(longest.length / 2)] as Position | undefined) ?? null;
}

/** Pieces of one name this near each other (degrees, some 300 m) are one street, cut where its class changes. */
const NEAR = 0.003;

function streetEntries({ places }: Pick<Services, 'places'>, wardNameAt: (position: Position) => string | null) {
  const entries: SearchEntry[] = [];
  const byName = new Map<string, SearchEntry[]>();
  for (const { id, properties, geometry } of places.collections.streets.features) {
    const [west, south, east, north] = bboxOf(geometry);
    const known = byName.get(properties.name) ?? [];
    const same = known.find(({ bbox }) => {
      if (!bbox) return false;
      const [w, s, e, n] = bbox;
      return w <= east + NEAR && e >= west - NEAR && s <= north + NEAR && n >= south - NEAR;
    });
    if (same?.bbox) {
      const [w, s, e, n] = same.bbox;
      same.bbox = [Math.min(w, west), Math.min(s, south), Math.max(e, east), Math.max(n, north)];
      continue;
    }
    const position = middleOf(geometry);
    const entry: SearchEntry = {
      type: 'street',
      id,
      name: properties.name,
      otherNames: [],
      context: position && wardNameAt(position),
      kind: properties.class,
      position,
      bbox: [west, south, east, north],
    };
    byName.set(properties.name, [...known, entry]);
    entries.push(entry);
  }
  return entries;
}

/** Everything that can be found, from the reference data and the register. */
export async function searchEntries(
  services: Pick<Services, 'places' | 'db' | 'clock' | 'env'>,
): Promise<SearchEntry[]> {
  const { wards, collections, index } = services.places;
  const wardNameAt = (position: Position) => {
    const key = index[services.env.units].wardAt(position);
    return key && wardName(services, key);
  };
  return [
    ...Object.values(wards).flat().map(wardEntry),
    ...(await allRelics(services, services.clock.today())).map(relicEntry),
    ...streetEntries(services, wardNameAt),
    ...collections.landmarks.features.map(({ id, properties, geometry }): SearchEntry => ({
      type: 'landmark',
      id,
      name: properties.name,
      otherNames: [],
      context: wardNameAt(geometry.coordinates as Position),
      kind: properties.kind,
      position: geometry.coordinates as Position,
      bbox: null,
    })),
  ];
}

export interface Search {
  find(query: string, limit: number): Promise<SearchHit[]>;
}

/** Searches an index that is made at the first question and again after a relic has changed. */
export function createSearch(services: Pick<Services, 'places' | 'db' | 'clock' | 'changes' | 'env'>): Search {
  let index: Promise<SearchIndex> | null = null;
  const known: KnownNames = new Map();
  services.changes.subscribe(({ layers }) => {
    if (layers.includes('relics')) index = null;
  });
  const make = async () => createSearchIndex(await searchEntries(services), known);
  return {
    async find(query, limit) {
      const asked = (index ??= make());
      try {
        return (await asked).find(query, limit);
      } catch (error) {
        if (index === asked) index = null;
        throw error;
      }
    },
  };
}
