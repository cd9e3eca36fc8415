import { expect, test } from 'vitest';
import { bestEncoding, encodedEtag, matchesEtag } from '../../../server/platform/headers.ts';

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['deflate', 'identity'],
  ['gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.1, gzip;q=0.9', 'gzip'],
  ['GZIP; q=1.0, BR; q=1.0', 'br'],
  ['br;q=0', 'identity'],
] as const)('Accept-Encoding %s is answered with %s', (header, encoding) => {
  expect(bestEncoding(header)).toBe(encoding);
});

test.each([
  ['"abc"', true],
  ['W/"abc"', true],
  ['"x", "abc"', true],
  ['*', true],
  ['"ab"', false],
  [undefined, false],
])('If-None-Match %s and the tag "abc": %s', (header, matches) => {
  expect(matchesEtag(header, '"abc"')).toBe(matches);
});

test('each encoding has a tag of its own', () => {
  const tags = (['identity', 'br', 'gzip'] as const).map((encoding) => encodedEtag('"abc"', encoding));
  expect(tags).toEqual(['"abc"', '"abc-br"', '"abc-gzip"']);
});
