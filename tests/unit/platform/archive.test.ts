import { expect, test } from 'vitest';
import { readRange } from '../../../server/platform/archive.ts';

test.each([
  ['bytes=0-99', [0, 99]],
  ['bytes=100-', [100, 999]],
  ['bytes=-50', [950, 999]],
  ['bytes=-5000', [0, 999]],
  ['bytes=990-5000', [990, 999]],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=1000-1001', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-4', 'whole'],
  ['bytes=0-1,5-6', 'whole'],
  ['bytes=-', 'whole'],
  ['items=0-1', 'whole'],
  [undefined, 'whole'],
])('of 1000 bytes, Range: %s is %s', (header, range) => {
  expect(readRange(header, 1000)).toEqual(range);
});
