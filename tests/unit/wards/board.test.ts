import { describe, expect, it } from 'vitest';
import type { DistrictStatus, StatusState, WardStatus } from '../../../server/status/contract.ts';
import { colouringVi } from '../../../web/i18n/colouring-vi.ts';
import { vi } from '../../../web/i18n/vi.ts';
import { choropleth } from '../../../web/wards/choropleth.ts';
import { daysBack, endsOf, seriesOf } from '../../../web/wards/board/days.ts';
import { ranking } from '../../../web/wards/board/ranking.ts';

describe('the days looked back on', () => {
  it.each<[string, Parameters<typeof daysBack>, string[]]>([
    [
      'months, over the new year and a leap February',
      ['2024-03-15', 'thang', 4],
      ['2023-12-31', '2024-01-31', '2024-02-29', '2024-03-15'],
    ],
    ['quarters', ['2022-11-04', 'quy', 4], ['2022-03-31', '2022-06-30', '2022-09-30', '2022-11-04']],
    ['years', ['2022-11-04', 'nam', 3], ['2020-12-31', '2021-12-31', '2022-11-04']],
    ['the end of a month itself once', ['2022-09-30', 'thang', 2], ['2022-08-31', '2022-09-30']],
  ])('are ends of %s, and the day itself last', (_, asked, days) => {
    expect(daysBack(...asked)).toEqual(days);
  });
});

const ward = (code: string, value: number | null, state: StatusState) =>
  ({
    key: `${code}@1995-10-28`,
    state,
    criteriaMet: 1,
    criteriaTotal: 2,
    criteria: [{ id: '3', state, indicators: [{ id: '3.3', value, unit: '%', target: 70, state }] }],
  }) as unknown as WardStatus;
const day = (at: string, wards: WardStatus[], pack = 'p') => ({ at, pack, wards }) as DistrictStatus;

describe('a line', () => {
  const days = [
    day('2022-03-31', [ward('1', 99, 'met')], 'older'),
    day('2022-06-30', [ward('1', 60, 'near')]),
    day('2022-09-30', [ward('1', null, 'no-data')]),
    day('2022-11-04', [ward('1', 75, 'met')]),
  ];
  it('is the value of the indicator day by day; a day of another pack and one without data have none', () => {
    const points = seriesOf(days, '1@1995-10-28', 'indicator:3.3', 'p');
    expect(points.map(({ value, state }) => [value, state])).toEqual([
      [null, 'no-data'],
      [60, 'near'],
      [null, 'no-data'],
      [75, 'met'],
    ]);
    expect([endsOf(points)?.first.id, endsOf(points)?.last.label]).toEqual(['2022-06-30', '04/11/22']);
    expect(endsOf(points.slice(0, 3))).toBeNull();
  });
  it('of any other question counts the criteria met', () => {
    expect(seriesOf(days, '1@1995-10-28', 'state', 'p').map(({ value }) => value)).toEqual([null, 1, null, 1]);
  });
});

describe('the ranking', () => {
  const status = day('2022-11-04', [
    ward('1', 60, 'near'),
    ward('2', null, 'no-data'),
    ward('3', 90, 'met'),
    ward('4', 60, 'not-met'),
  ]);
  const draw = (by: string) =>
    choropleth({
      by,
      status,
      pack: null,
      tasks: [],
      classing: null,
      theme: 'light',
      lang: 'vi',
      words: vi,
      says: colouringVi,
      quantity: String,
    });
  const told = (by: string, direction: Parameters<typeof ranking>[2]) =>
    ranking(status, draw(by), direction).map(({ ward: { key }, rank }) => [key[0], rank]);

  it('takes the best value first, equal ones on one rank, and no rank without a value', () => {
    expect(told('indicator:3.3', 'at-least')).toEqual([['3', 1], ['1', 2], ['4', 2], ['2', null]]); // prettier-ignore
    expect(told('indicator:3.3', 'at-most')).toEqual([['1', 1], ['4', 1], ['3', 3], ['2', null]]); // prettier-ignore
  });
  it('takes the worst state first, and last, without a rank, whoever has no data', () => {
    expect(told('state', null)).toEqual([['4', 1], ['1', 2], ['3', 3], ['2', null]]); // prettier-ignore
  });
});
