/** CQL2 text (OGC 21-065r2): what is read, what it says of a feature, what is refused. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Refusal } from '../../../server/platform/refusal.ts';
import { bindFilter } from '../../../server/ogc/cql2/bind.ts';
import type { PropertyKind } from '../../../server/ogc/cql2/expression.ts';
import { likePattern } from '../../../server/ogc/cql2/like.ts';
import { parseFilter } from '../../../server/ogc/cql2/parse.ts';
import type { Feature } from '../../../server/ogc/feature.ts';

const kinds = new Map<string, PropertyKind>([
  ['name', 'text'],
  ['size', 'number'],
  ['open', 'boolean'],
  ['from', 'day'],
  ['to', 'day'],
  ['mixed', 'any'],
  ['in', 'text'],
]);
const relic: Feature = {
  type: 'Feature',
  id: 'a',
  geometry: { type: 'Point', coordinates: [105.82, 21.05] },
  properties: {
    ...{ name: 'Đình Nhật Tân', size: 12, open: true, from: '2022-09-01', to: '2022-09-30', mixed: 3, in: 'x' },
    none: null,
  },
};
const says = (text: string, feature: Feature = relic) =>
  bindFilter(parseFilter(text), { kinds, inDegrees: (geometry) => geometry })(feature);
const codeOf = (text: string): string => {
  try {
    says(text);
    return 'none';
  } catch (error) {
    if (error instanceof Refusal) {
      expect(error.status).toBe(400);
      return error.code;
    }
    throw error;
  }
};

describe('comparison', () => {
  it.each([
    ["name = 'Đình Nhật Tân'", true],
    ["name <> 'Đình Nhật Tân'", false],
    ['size > 11.5', true],
    ['size <= 1.2e1', true],
    ['-size < -11', true],
    ['open = true', true],
    ['open', true],
    ['NOT open', false],
    ['size BETWEEN 12 AND 13', true],
    ['size NOT BETWEEN 12 AND 13', false],
    ["name IN ('a', 'Đình Nhật Tân')", true],
    ["name NOT IN ('a')", true],
    ["name LIKE 'Đình%'", true],
    ["name LIKE '_ình Nhật T_n'", true],
    ["name NOT LIKE 'Chùa%'", true],
    ["CASEI(name) LIKE CASEI('ĐÌNH%')", true],
    ["ACCENTI(name) = ACCENTI('Dinh Nhat Tan')", true],
    ["ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('dinh nhat%'))", true],
    ["from >= DATE('2022-09-01')", true],
    ["from < TIMESTAMP('2022-08-31T17:00:00Z')", false],
    ["from = TIMESTAMP('2022-08-31T17:00:00Z')", true],
    ["from > '2022-08-31'", true],
    ['size = 3 * 4', true],
    ['(size + 2) / 7 = 2', true],
    ['2 ^ 3 ^ 2 = 512', true],
    ['size % 5 = 2 AND size div 5 = 2', true],
    ['from < to', true],
    ['"in" = \'x\'', true],
    ['mixed = 3', true],
    ["mixed = '3'", false],
    ["name = 'O''Brien'", false],
  ])('%s is %s', (text, truth) => {
    expect(says(text)).toBe(truth);
  });
});

describe('logic', () => {
  it.each([
    ['true OR false AND false', true],
    ['(true OR false) AND false', false],
    ['NOT false AND false', false],
    ['not (open and size > 100)', true],
  ])('%s is %s', (text, truth) => {
    expect(says(text)).toBe(truth);
  });

  const nothing: Feature = { ...relic, properties: {} };
  it.each([
    ['size = 12', false],
    ['NOT size = 12', false],
    ['size = 12 OR true', true],
    ['NOT (size = 12 AND false)', true],
    ['size IS NULL', true],
    ['size IS NOT NULL', false],
    ['geometry IS NOT NULL', true],
    ['size IN (1, 2)', false],
    ['size NOT IN (1, 2)', false],
    ["name NOT LIKE 'a%'", false],
    ["T_BEFORE(from, DATE('2022-01-01'))", false],
    ["NOT T_BEFORE(from, DATE('2022-01-01'))", false],
    ['1 / 0 = 1', false],
  ])('of a feature that does not say, %s is %s', (text, truth) => {
    expect(says(text, nothing)).toBe(truth);
  });
});

describe('places', () => {
  const street: Feature = {
    ...relic,
    geometry: {
      type: 'LineString',
      coordinates: [
        [105.81, 21.05],
        [105.83, 21.05],
      ],
    },
  };
  const SQUARE = 'POLYGON((105.8 21, 105.9 21, 105.9 21.1, 105.8 21.1, 105.8 21))';
  it.each([
    [`S_INTERSECTS(geometry, ${SQUARE})`, true, true],
    [`S_WITHIN(geometry, ${SQUARE})`, true, true],
    [`S_CONTAINS(${SQUARE}, geometry)`, true, true],
    [`S_DISJOINT(geometry, ${SQUARE})`, false, false],
    ['S_INTERSECTS(geometry, BBOX(105.825, 21, 105.9, 21.1))', false, true],
    ['S_WITHIN(geometry, BBOX(105.81, 21.045, 105.825, 21.055))', true, false],
    ['S_INTERSECTS(geometry, BBOX(105, 20, -10, 106, 22, 500))', true, true],
    ['S_INTERSECTS(geometry, POINT(105.82 21.05))', true, true],
    ['S_INTERSECTS(geometry, POINT Z (105.82 21.05 7))', true, true],
    ['S_INTERSECTS(geometry, MULTIPOINT((0 0), (105.82 21.05)))', true, true],
    ['S_INTERSECTS(geometry, MULTIPOINT(0 0, 105.82 21.05))', true, true],
    ['S_INTERSECTS(geometry, LINESTRING(105.82 21, 105.82 21.1))', true, true],
    ['S_INTERSECTS(geometry, MULTILINESTRING((0 0, 1 1), (105.82 21, 105.82 21.1)))', true, true],
    ['S_INTERSECTS(geometry, MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0))))', false, false],
    [`S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(0 0), ${SQUARE}))`, true, true],
  ])('%s: a point %s, a street %s', (text, ofPoint, ofStreet) => {
    expect([says(text), says(text, street)]).toEqual([ofPoint, ofStreet]);
  });
});

/** Every relation by a pair of which it holds, and one of which it does not. */
describe('times', () => {
  const of = (relation: string, a: string, b: string) => says(`${relation}(INTERVAL(${a}), INTERVAL(${b}))`);
  it.each([
    ['T_AFTER', "'2022-03-01','2022-04-01'", "'2022-01-01','2022-02-01'"],
    ['T_BEFORE', "'..','2022-02-01'", "'2022-03-01','..'"],
    ['T_CONTAINS', "'2022-01-01','2022-12-31'", "'2022-02-01','2022-03-01'"],
    ['T_DURING', "'2022-02-01','2022-03-01'", "'2022-01-01','..'"],
    ['T_EQUALS', "'2022-01-01','..'", "'2022-01-01','..'"],
    ['T_FINISHES', "'2022-02-01','2022-12-31'", "'2022-01-01','2022-12-31'"],
    ['T_FINISHEDBY', "'2022-01-01','2022-12-31'", "'2022-02-01','2022-12-31'"],
    ['T_MEETS', "'2022-01-01','2022-02-01'", "'2022-02-01','2022-03-01'"],
    ['T_METBY', "'2022-02-01','2022-03-01'", "'2022-01-01','2022-02-01'"],
    ['T_OVERLAPS', "'2022-01-01','2022-03-01'", "'2022-02-01','2022-04-01'"],
    ['T_OVERLAPPEDBY', "'2022-02-01','2022-04-01'", "'2022-01-01','2022-03-01'"],
    ['T_STARTS', "'2022-01-01','2022-02-01'", "'2022-01-01','2022-03-01'"],
    ['T_STARTEDBY', "'2022-01-01','2022-03-01'", "'2022-01-01','2022-02-01'"],
    ['T_DISJOINT', "'2022-01-01','2022-02-01'", "'2022-02-02','2022-03-01'"],
  ])('%s', (relation, a, b) => {
    expect([of(relation, a, b), of(relation, "'1990-01-01','1990-06-01'", "'1990-03-01','1990-03-01'")]).toEqual([
      true,
      relation === 'T_CONTAINS',
    ]);
  });
  it.each([
    ["T_INTERSECTS(INTERVAL(from, to), DATE('2022-09-15'))", true],
    ["T_INTERSECTS(INTERVAL(from, to), DATE('2022-10-01'))", false],
    ["T_DURING(from, INTERVAL('2022-08-01', '2022-09-30'))", true],
    ["T_INTERSECTS(from, INTERVAL('2022-08-31T17:00:00Z', '..'))", true],
  ])('%s is %s', (text, truth) => {
    expect(says(text)).toBe(truth);
  });
});

/** Examples of OGC 21-065r2 and its folder `cql2/standard/schema/examples/text`. */
test.each([
  "city='Toronto'",
  'avg(windSpeed) < 4',
  'balance-150.0 > 0',
  "updated >= date('1970-01-01')",
  'geometry IS NOT NULL',
  "name LIKE 'Smith%'",
  'depth BETWEEN 100.0 and 150.0',
  "cityName IN ('Toronto','Frankfurt','Tokyo','New York')",
  "CASEI(road_class) IN (CASEI('Οδος'),CASEI('Straße'))",
  "ACCENTI(etat_vol) = ACCENTI('débárquér')",
  'S_CROSSES(road,POLYGON((43.7286 -79.2986, 43.7311 -79.2996, 43.7323 -79.2972, 43.7286 -79.2986)))',
  "T_INTERSECTS(event_time, INTERVAL('1969-07-16T05:32:00Z', '1969-07-24T16:50:35Z'))",
  "T_CONTAINS(INTERVAL('2000-01-01T00:00:00.000000Z', '2005-01-10T01:01:01.393216Z'), INTERVAL(starts_at, ends_at))",
  "eo_instruments LIKE 'OLI%' AND S_INTERSECTS(footprint,POLYGON((43.5845 -79.5442, 43.6079 -79.4893, 43.5845 -79.5442, 43.5845 -79.5442)))",
  'S_INTERSECTS(geometry,POLYGON((-10.0 -10.0,10.0 -10.0,10.0 10.0,-10.0 -10.0)))',
  'taxes <= 500',
  "T_BEFORE(built, DATE('2015-01-01'))",
  'NOT "name" LIKE \'foo%\'',
  "a_containedby(layer:ids, ['layers-ca','layers-us'])",
  'vehicle_height > (bridge_clearance-1)',
  "floors > 5 AND (swimming_pool = true OR material LIKE 'brick%')",
  'NOT (floors < 5) OR swimming_pool=true',
])('reads the example %s', (text) => {
  expect(parseFilter(text)).toBeTypeOf('object');
});

describe('is refused', () => {
  it.each([
    ['', 'invalid_filter'],
    ['name =', 'invalid_filter'],
    ["name = 'open", 'invalid_filter'],
    ['name ; drop', 'invalid_filter'],
    ['(open', 'invalid_filter'],
    ['open) OR (open', 'invalid_filter'],
    ['name IS', 'invalid_filter'],
    ['size BETWEEN 1', 'invalid_filter'],
    ['name LIKE name', 'invalid_filter'],
    ['size', 'invalid_filter'],
    ["from > DATE('2022-02-30')", 'invalid_filter'],
    ['S_INTERSECTS(geometry)', 'invalid_filter'],
    ['S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 0 0)))', 'invalid_filter'],
    ['S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 1)))', 'invalid_filter'],
    ['S_INTERSECTS(geometry, LINESTRING(0 0))', 'invalid_filter'],
    ['S_INTERSECTS(geometry, BBOX(1, 2, 3))', 'invalid_filter'],
    ['nobody = 1', 'unknown_property'],
    ['constructor = 1', 'unknown_property'],
    ["size = '12'", 'filter_types_differ'],
    ['name > 3', 'filter_types_differ'],
    ['geometry = 1', 'filter_types_differ'],
    ['name + 1 = 2', 'filter_types_differ'],
    ["T_AFTER(size, DATE('2022-01-01'))", 'filter_types_differ'],
    ['S_INTERSECTS(name, POINT(1 1))', 'filter_types_differ'],
    ['size AND open', 'filter_types_differ'],
    ['S_TOUCHES(geometry, POINT(1 1))', 'filter_unsupported'],
    ['avg(size) < 4', 'filter_unsupported'],
    ["A_CONTAINS(name, ['a'])", 'filter_unsupported'],
    [`${'('.repeat(3000)}open${')'.repeat(3000)}`, 'filter_too_deep'],
    [`${'NOT '.repeat(1500)}open`, 'filter_too_deep'],
    [`size = ${'-'.repeat(3000)}1`, 'filter_too_deep'],
    [`size = ${'2^'.repeat(3000)}1`, 'filter_too_deep'],
    [`size = 1${'+1'.repeat(3000)}`, 'filter_too_deep'],
    [`${'('.repeat(10_000)}open`, 'filter_too_long'],
    [`S_INTERSECTS(geometry, ${'GEOMETRYCOLLECTION('.repeat(300)}POINT(0 0)`, 'filter_too_deep'],
  ])('%.60s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('with the place of the fault', () => {
    try {
      says('size = 1 AND nobody = 2');
    } catch (error) {
      expect((error as Refusal).problem.errors).toEqual([{ path: 'filter@13', code: 'unknown_property' }]);
    }
    expect.assertions(1);
  });
});

test('no text does anything but say yes, no, or a refusal', () => {
  const word = fc.constantFrom(
    ...[
      'name',
      'size',
      'open',
      'from',
      'geometry',
      "'a'",
      '1',
      '-',
      '(',
      ')',
      '[',
      ']',
      ',',
      'AND',
      'OR',
      'NOT',
      'LIKE',
    ],
    ...[
      'BETWEEN',
      'IN',
      'IS',
      'NULL',
      '=',
      '<>',
      '^',
      '*',
      'div',
      'CASEI',
      'DATE',
      'INTERVAL',
      'POLYGON',
      'POINT',
      'BBOX',
    ],
    ...['S_INTERSECTS', 'T_AFTER', "'2022-01-01'", '"', "'", '%', '\\', 'Đ', '\u0000', '💧'],
  );
  const text = fc.oneof(
    fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, (said) => {
      expect(codeOf(said)).toMatch(/^[a-z_]+$/);
    }),
    { numRuns: 5000 },
  );
});

test('a pattern is matched as a regular expression would, without its backtracking', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_'), maxLength: 8 });
  const plain = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
  fc.assert(
    fc.property(letters, plain, (pattern, said) => {
      const source = pattern.replaceAll('%', '.*').replaceAll('_', '.');
      expect(likePattern(pattern)(said)).toBe(new RegExp(`^${source}$`, 'su').test(said));
    }),
    { numRuns: 2000 },
  );
});

test('a backslash takes a sign of a pattern for itself', () => {
  expect(['50%', '50x'].map(likePattern('50\\%'))).toEqual([true, false]);
});
