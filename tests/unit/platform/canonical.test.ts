import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../server/platform/canonical.ts';

test('sorts keys by code unit and leaves no white space', () => {
  expect(canonicalJson({ b: [1, { z: null, a: 'Hồ' }], B: 1.5 })).toBe('{"B":1.5,"b":[1,{"a":"Hồ","z":null}]}');
});

test('leaves out what is undefined', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test.each([NaN, Infinity, () => 1, Symbol('s'), 1n])('refuses what JSON cannot say', (value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
});

test('says the same as JSON, whatever the order of the keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // -0 has no JSON of its own.
      const said = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(said);
      expect(canonicalJson(reversed(said))).toBe(canonicalJson(value));
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
