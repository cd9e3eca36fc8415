/** How two geometries lie to each other, as drawn on the plane of degrees. */
import { booleanIntersects } from '@turf/boolean-intersects';
import { booleanWithin } from '@turf/boolean-within';
import type { Bbox } from '../../../geodata/schema.ts';
import { meetsBbox } from '../../layers/bbox.ts';
import { boundsOf } from '../feature.ts';
import type { PlainGeometry, SpatialOperator } from './expression.ts';

/** A geometry of one part or several, with the box it lies in. */
export interface Shape {
  parts: readonly PlainGeometry[];
  box: Bbox;
}

export const shapeOf = (parts: readonly PlainGeometry[]): Shape => ({
  parts,
  box: boundsOf(parts.map((geometry) => ({ geometry }))) ?? [0, 0, 0, 0],
});

/** The single points, lines and faces of a geometry. */
function singles(geometry: PlainGeometry): PlainGeometry[] {
  switch (geometry.type) {
    case 'MultiPoint':
      return geometry.coordinates.map((coordinates) => ({ type: 'Point', coordinates }));
    case 'MultiLineString':
      return geometry.coordinates.map((coordinates) => ({ type: 'LineString', coordinates }));
    case 'MultiPolygon':
      return geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
    default:
      return [geometry];
  }
}

// The boxes first: they cost nothing and most features are far away.
const intersects = (a: Shape, b: Shape): boolean =>
  a.parts.some(
    (one) => meetsBbox(one, b.box) && b.parts.some((other) => meetsBbox(other, a.box) && booleanIntersects(one, other)),
  );

const DIMENSION: Record<PlainGeometry['type'], number> = {
  ...{ Point: 0, MultiPoint: 0, LineString: 1, MultiLineString: 1, Polygon: 2, MultiPolygon: 2 },
};

/** Every single part lies within one part of the other: a line over the seam of two faces is not found. */
const within = (a: Shape, b: Shape): boolean =>
  intersects(a, b) &&
  a.parts
    .flatMap(singles)
    .every((one) =>
      b.parts.flatMap(singles).some((other) => DIMENSION[one.type] <= DIMENSION[other.type] && isWithin(one, other)),
    );

function isWithin(one: PlainGeometry, other: PlainGeometry): boolean {
  if (one.type === 'Point' && other.type === 'Point') {
    return one.coordinates[0] === other.coordinates[0] && one.coordinates[1] === other.coordinates[1];
  }
  return booleanWithin(one, other);
}

/** The relations offered; the others of the standard are refused, not guessed. */
export const spatialRelations: Partial<Record<SpatialOperator, (a: Shape, b: Shape) => boolean>> = {
  s_intersects: intersects,
  s_disjoint: (a, b) => !intersects(a, b),
  s_within: within,
  s_contains: (a, b) => within(b, a),
};
