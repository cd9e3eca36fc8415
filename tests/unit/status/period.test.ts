import { expect, test } from 'vitest';
import { dayOfPeriod, daysOfPeriod } from '../../../server/status/period.ts';

test.each([
  ['2022', '2022-01-01', '2022-12-31'],
  ['2022-Q1', '2022-01-01', '2022-03-31'],
  ['2022-Q4', '2022-10-01', '2022-12-31'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2022-12', '2022-12-01', '2022-12-31'],
])('%s runs from %s to %s', (period, from, to) => {
  expect(daysOfPeriod(period)).toEqual({ from, to });
});

test.each(['', '22', '2022-Q5', '2022-13', '2022-00', '2022-9', '2022-Q', ' 2022', '2022-W40'])(
  '"%s" is no period',
  (text) => {
    expect(daysOfPeriod(text)).toBeNull();
  },
);

test('a period that lasts is counted up to today', () => {
  expect([dayOfPeriod('2022-09-30', '2022-11-04'), dayOfPeriod('2022-12-31', '2022-11-04')]).toEqual([
    '2022-09-30',
    '2022-11-04',
  ]);
});
