import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber } from '../../../web/lib/format.ts';
import { parseNumber } from '../../../geodata/number.ts';

test.each([
  ['95', 95],
  ['95,5', 95.5],
  ['95.5', 95.5],
  ['1.234', 1234],
  ['1.234,5', 1234.5],
  ['1,234.5', 1234.5],
  ['1.234.567', 1234567],
  ['1 234', 1234],
  ['87 %', 87],
  ['-3', -3],
  [',5', 0.5],
  ['0,125', 0.125],
])('"%s" is %s', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test.each(['', ' ', 'abc', '1.2.3', '1,2,3', '1.234,5.6', '12,34.5,6', '1e5', '--1', '.', '5 người'])(
  '"%s" is no number',
  (text) => {
    expect(parseNumber(text)).toBeNull();
  },
);

test('what the page writes in Vietnamese it reads again', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (hundredths) => {
      const value = hundredths / 100;
      expect(parseNumber(formatNumber(value, 'vi'))).toBe(value);
    }),
  );
});
