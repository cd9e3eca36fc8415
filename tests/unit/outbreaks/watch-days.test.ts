import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../geodata/dates.ts';
import { casesIn, countDays, curveOf } from '../../../server/outbreaks/watch-days.ts';

const counting = ['clinical', 'confirmed'] as const;
const one = (onsetOn: string, caseClass = 'clinical') => ({ class: caseClass, onsetOn });

describe('the curve', () => {
  const days = countDays([
    one('2022-10-31'),
    one('2022-10-31', 'confirmed'),
    one('2022-10-30', 'suspected'),
    one('2022-10-30'),
    one('2022-11-05'),
    one('2022-11-01', 'ruled-out'),
  ]);

  it('by week runs Monday to Sunday; the week of the day looked at is open and counts nobody after that day', () => {
    expect(curveOf(days, { at: '2022-11-04', by: 'week', from: '2022-10-26', counting })).toEqual([
      { week: '2022-W43', from: '2022-10-24', to: '2022-10-30', suspected: 1, clinical: 1, confirmed: 0, cases: 1, open: false }, // prettier-ignore
      { week: '2022-W44', from: '2022-10-31', to: '2022-11-06', suspected: 0, clinical: 1, confirmed: 1, cases: 2, open: true }, // prettier-ignore
    ]);
  });

  it('by day has every day, those without a case too, and the day looked at is open', () => {
    const items = curveOf(days, { at: '2022-11-01', by: 'day', from: '2022-10-30', counting });
    expect(items.map(({ from, to, cases, open }) => [from, to, cases, open])).toEqual([
      ['2022-10-30', '2022-10-30', 1, false],
      ['2022-10-31', '2022-10-31', 2, false],
      ['2022-11-01', '2022-11-01', 0, true],
    ]);
  });

  it('counts the classes the rule counts', () => {
    const [week] = curveOf(days, { at: '2022-10-30', by: 'week', from: '2022-10-30', counting: ['suspected'] });
    expect(week).toMatchObject({ cases: 1, clinical: 1 });
  });

  it('over a year end goes by the weeks of ISO 8601, and is empty from a day that is to come', () => {
    const weeks = curveOf(days, { at: '2021-01-04', by: 'week', from: '2020-12-31', counting });
    expect(weeks.map(({ week }) => week)).toEqual(['2020-W53', '2021-W01']);
    expect(curveOf(days, { at: '2022-11-04', by: 'day', from: '2022-11-05', counting })).toEqual([]);
  });

  it('by week and by day adds up to the cases of the span, in any order of entry', () => {
    const cases = fc.array(
      fc.record({
        class: fc.constantFrom('suspected', 'clinical', 'confirmed', 'ruled-out'),
        onsetOn: fc.nat(400).map((day) => addDays('2021-11-01', day)),
      }),
    );
    fc.assert(
      fc.property(cases, fc.nat(400), fc.nat(60), (all, day, span) => {
        const at = addDays('2021-11-01', day);
        const from = addDays(at, -span);
        const counted = countDays(all);
        expect(countDays([...all].reverse())).toEqual(counted);
        const total = (by: 'day' | 'week') => {
          const items = curveOf(counted, { at, by, from, counting });
          return [items[0]!.from, items.reduce((sum, { cases }) => sum + cases, 0)] as const;
        };
        for (const by of ['day', 'week'] as const) {
          const [since, sum] = total(by);
          const wanted = all.filter(
            (one) => (counting as readonly string[]).includes(one.class) && one.onsetOn >= since && one.onsetOn <= at,
          );
          expect(sum).toBe(wanted.length);
          expect(casesIn(counted, since, at, counting)).toBe(wanted.length);
        }
      }),
    );
  });
});
