import { describe, expect, it } from 'vitest';
import { lastPublicWeek, weeklyCounts } from '../../../server/dengue/weeks.ts';

describe('the last public week', () => {
  const TODAY = '2022-11-04';

  it.each([
    ['on a Friday ended the Sunday before', '2022-11-04', '2022-10-30'],
    ['on a Sunday is not that Sunday’s own', '2022-10-30', '2022-10-23'],
    ['on a Monday is not the one that ended yesterday', '2022-10-31', '2022-10-23'],
    ['on a Wednesday waits for the weekly report', '2022-11-02', '2022-10-23'],
    ['on a Thursday is the one that ended on Sunday', '2022-11-03', '2022-10-30'],
    ['of a day to come is that of today', '2023-01-31', '2022-10-30'],
    ['of the first day there is has a date', '0000-01-01', '1899-12-24'],
  ])('%s', (_, at, to) => {
    expect(lastPublicWeek(at, TODAY).to).toBe(to);
  });
});

describe('weekly counts', () => {
  const last = lastPublicWeek('2022-11-04', '2022-11-04');

  it('run from the first week with a case to the last complete one, without gaps', () => {
    const weeks = weeklyCounts([{ onsetOn: '2022-10-12', cases: 6 }], last);
    expect(weeks.map(({ week, cases }) => [week, cases])).toEqual([
      ['2022-W41', 6],
      ['2022-W42', 0],
      ['2022-W43', 0],
    ]);
  });

  it('add up days of one week', () => {
    const days = [
      { onsetOn: '2022-10-24', cases: 2 },
      { onsetOn: '2022-10-30', cases: 3 },
    ];
    expect(weeklyCounts(days, last)).toEqual([{ week: '2022-W43', from: '2022-10-24', to: '2022-10-30', cases: 5 }]);
  });

  it('leave out a week that has not ended', () => {
    expect(weeklyCounts([{ onsetOn: '2022-10-31', cases: 9 }], last)).toEqual([]);
  });

  it('are none without cases', () => {
    expect(weeklyCounts([], last)).toEqual([]);
  });
});
