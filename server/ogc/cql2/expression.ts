/** What a filter says, as a tree. */
/** What a property holds; `any` = not always the same. A day is a civil date. */
export type PropertyKind = 'text' | 'number' | 'boolean' | 'day' | 'any';

export type CompareSign = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticSign = '+' | '-' | '*' | '/' | '%' | 'div' | '^';

export const spatialOperators = [
  's_intersects',
  's_disjoint',
  's_within',
  's_contains',
  's_equals',
  's_touches',
  's_overlaps',
  's_crosses',
] as const;
export type SpatialOperator = (typeof spatialOperators)[number];

export const temporalOperators = [
  't_after',
  't_before',
  't_contains',
  't_disjoint',
  't_during',
  't_equals',
  't_finishedby',
  't_finishes',
  't_intersects',
  't_meets',
  't_metby',
  't_overlappedby',
  't_overlaps',
  't_startedby',
  't_starts',
] as const;
export type TemporalOperator = (typeof temporalOperators)[number];

export const arrayOperators = ['a_equals', 'a_contains', 'a_containedby', 'a_overlaps'] as const;
export type ArrayOperator = (typeof arrayOperators)[number];

/** Geometries of literals are in the order and the system they were written in until they are bound. */
export type PlainGeometry = Exclude<GeoJSON.Geometry, GeoJSON.GeometryCollection>;

/** `at` = where it begins in the text, for what is said of it. */
export type Expression = { at: number } & (
  | { op: 'and' | 'or'; parts: Expression[] }
  | { op: 'not'; of: Expression }
  | { op: 'compare'; sign: CompareSign; left: Expression; right: Expression }
  | { op: 'like'; value: Expression; pattern: Expression }
  | { op: 'between'; value: Expression; low: Expression; high: Expression }
  | { op: 'in'; value: Expression; list: Expression[] }
  | { op: 'isNull'; of: Expression }
  | { op: 'spatial'; name: SpatialOperator; left: Expression; right: Expression }
  | { op: 'temporal'; name: TemporalOperator; left: Expression; right: Expression }
  | { op: 'array'; name: ArrayOperator; left: Expression; right: Expression }
  | { op: 'arithmetic'; sign: ArithmeticSign; left: Expression; right: Expression }
  | { op: 'casei' | 'accenti'; of: Expression }
  | { op: 'function'; name: string; given: Expression[] }
  | { op: 'property'; name: string }
  | { op: 'literal'; value: string | number | boolean }
  /** A day or an instant, as it was written. */
  | { op: 'instant'; text: string }
  /** Either end `..` or a day, an instant or a property. */
  | { op: 'interval'; from: Expression | null; to: Expression | null }
  | { op: 'geometry'; parts: PlainGeometry[] }
  | { op: 'list'; items: Expression[] }
);
