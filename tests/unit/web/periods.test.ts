import { expect, test } from 'vitest';
import { recentPeriods } from '../../../web/wards/periods.ts';

test('the quarter that lasts comes first, a year after its quarters', () => {
  expect(recentPeriods('2022-11-04').map(({ id }) => id)).toEqual([
    '2022-Q4',
    '2022-Q3',
    '2022-Q2',
    '2022-Q1',
    '2022',
    '2021-Q4',
    '2021-Q3',
    '2021-Q2',
  ]);
});
