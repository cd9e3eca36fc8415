import type { Bbox, WardFacts, WardFeature, WardKey } from '../../geodata/schema.ts';
import type { Ward } from './contract.ts';
import { densityPerKm2 } from './facts.ts';

/** Degrees, `[west, south, east, north]`, of any geometry but a collection. */
export function bboxOf(geometry: Exclude<GeoJSON.Geometry, GeoJSON.GeometryCollection>): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    const [x, y] = coordinates as unknown[];
    if (typeof x === 'number' && typeof y === 'number') {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    } else coordinates.forEach(visit);
  };
  visit(geometry.coordinates);
  return box;
}

/** A ward with what is published about it. A ward nobody wrote about has nulls and empty lists. */
export function describeWard(feature: WardFeature, facts: WardFacts, nameOf: (key: WardKey) => string): Ward {
  const { code, key, name, nameAscii, validFrom, validTo, accuracy, labelPoint } = feature.properties;
  const own = facts.wards.find((ward) => ward.key === key);
  const population = own?.population ?? null;
  const areaKm2 = own?.areaKm2 ?? null;
  const predecessors = facts.wards.flatMap((ward) =>
    ward.successors
      .filter((successor) => successor.key === key)
      .map(({ share }) => ({ key: ward.key, name: nameOf(ward.key as WardKey), share, source: ward.successorsSource })),
  );
  return {
    key,
    code,
    name,
    nameAscii,
    validFrom,
    validTo,
    accuracy,
    bbox: bboxOf(feature.geometry),
    labelPoint,
    population,
    areaKm2,
    densityPerKm2: densityPerKm2(population, areaKm2),
    culturalWard: own?.culturalWard ?? [],
    successors: (own?.successors ?? []).map((successor) => ({
      ...successor,
      name: nameOf(successor.key as WardKey),
    })),
    predecessors: predecessors.map(({ source: _source, ...predecessor }) => predecessor),
    successorsSource: own?.successorsSource ?? predecessors[0]?.source ?? null,
  };
}
