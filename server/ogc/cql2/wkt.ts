/** Geometries in well-known text as CQL2 writes them, `BBOX` among them. Heights are read and left aside: no layer has any. */
import type { Position } from '../../../geodata/schema.ts';
import type { PlainGeometry } from './expression.ts';
import type { Reader } from './reader.ts';
import { refuseFilter } from './tokens.ts';

const NAMES = [
  'point',
  'linestring',
  'polygon',
  'multipoint',
  'multilinestring',
  'multipolygon',
  'geometrycollection',
  'bbox',
] as const;
type GeometryName = (typeof NAMES)[number];
export const isGeometryName = (word: string): word is GeometryName => (NAMES as readonly string[]).includes(word);

function bracketed<T>(reader: Reader, read: (reader: Reader) => T): T[] {
  reader.expectSign('(');
  const list: T[] = [];
  do list.push(read(reader));
  while (reader.takeSign(','));
  reader.expectSign(')');
  return list;
}

function position(reader: Reader): Position {
  const [x, y] = [reader.expectNumber(), reader.expectNumber()];
  if (reader.now.kind === 'number' || reader.now.text === '-') reader.expectNumber();
  return [x, y];
}
const onePosition = (reader: Reader): Position => {
  const { at } = reader;
  const [only, ...more] = bracketed(reader, position);
  return more.length > 0 ? refuseFilter('invalid_filter', at) : only!;
};

/** `MULTIPOINT((1 2), (3 4))`, or without the inner brackets as many write it. */
const pointOfMany = (reader: Reader): Position => (reader.now.text === '(' ? onePosition(reader) : position(reader));

function line(reader: Reader): Position[] {
  const { at } = reader;
  const positions = bracketed(reader, position);
  return positions.length < 2 ? refuseFilter('invalid_filter', at) : positions;
}

/** Four positions at least, of which the last is the first. */
function ring(reader: Reader): Position[] {
  const { at } = reader;
  const positions = bracketed(reader, position);
  const [first, last] = [positions[0]!, positions.at(-1)!];
  const closed = positions.length >= 4 && first[0] === last[0] && first[1] === last[1];
  return closed ? positions : refuseFilter('invalid_filter', at);
}
const polygon = (reader: Reader) => bracketed(reader, ring);

/** West, south, east, north, or six numbers with heights; west of a box may lie east of its east, across the antimeridian. */
function box(reader: Reader): PlainGeometry[] {
  const { at } = reader;
  const numbers = bracketed(reader, (one) => one.expectNumber());
  const flat = numbers.length === 6 ? [numbers[0]!, numbers[1]!, numbers[3]!, numbers[4]!] : numbers;
  const [west, south, east, north] = flat as [number, number, number, number];
  if (flat.length !== 4 || south > north) refuseFilter('invalid_filter', at);
  const between = (left: number, right: number): PlainGeometry => ({
    type: 'Polygon',
    coordinates: [
      [
        [left, south],
        [right, south],
        [right, north],
        [left, north],
        [left, south],
      ],
    ],
  });
  return west <= east ? [between(west, east)] : [between(west, 180), between(-180, east)];
}

/** The parts of a geometry whose name was just read: one, or those of a collection. @throws {Refusal} 400 `invalid_filter` */
export function readGeometry(reader: Reader, name: GeometryName): PlainGeometry[] {
  reader.takeWord('z');
  switch (name) {
    case 'point':
      return [{ type: 'Point', coordinates: onePosition(reader) }];
    case 'linestring':
      return [{ type: 'LineString', coordinates: line(reader) }];
    case 'polygon':
      return [{ type: 'Polygon', coordinates: polygon(reader) }];
    case 'multipoint':
      return [{ type: 'MultiPoint', coordinates: bracketed(reader, pointOfMany) }];
    case 'multilinestring':
      return [{ type: 'MultiLineString', coordinates: bracketed(reader, line) }];
    case 'multipolygon':
      return [{ type: 'MultiPolygon', coordinates: bracketed(reader, polygon) }];
    case 'bbox':
      return box(reader);
    case 'geometrycollection':
      return reader.deeper(() =>
        bracketed(reader, () => {
          const { at, text } = reader.take();
          const inner = text.toLowerCase();
          return isGeometryName(inner) && inner !== 'bbox'
            ? readGeometry(reader, inner)
            : refuseFilter('invalid_filter', at);
        }).flat(),
      );
  }
}
