import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays } from '../../../geodata/dates.ts';
import { loadPlaces } from '../../../geodata/load.ts';
import { checkHolidays } from '../../../geodata/procedure-checks.ts';
import {
  addWorkingDays,
  isWorkingDay,
  rollForward,
  workCalendar,
  workingDaysBetween,
} from '../../../server/status/working-days.ts';

const { holidays } = loadPlaces();
const calendar = workCalendar(holidays);
/** Days within the years of the calendar and some beyond, where only weekends are known. */
const day = fc.integer({ min: 0, max: 3000 }).map((count) => addDays('2021-06-01', count));
const count = fc.integer({ min: 1, max: 60 });

describe('counting on', () => {
  it('never ends on a day off', () => {
    fc.assert(fc.property(day, count, (from, n) => isWorkingDay(addWorkingDays(from, n, calendar).on, calendar)));
  });

  it('ends later from a later day, and later by more days', () => {
    fc.assert(
      fc.property(day, day, count, (a, b, n) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        const end = (from: string, days: number) => addWorkingDays(from, days, calendar).on;
        return end(first, n) <= end(second, n) && end(first, n) < end(first, n + 1);
      }),
    );
  });

  it('by two periods one after the other is counting by both together', () => {
    fc.assert(
      fc.property(day, count, count, (from, n, m) => {
        const then = addWorkingDays(addWorkingDays(from, n, calendar).on, m, calendar).on;
        return then === addWorkingDays(from, n + m, calendar).on;
      }),
    );
  });

  it('and counting between agree, both ways', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        const { on } = addWorkingDays(from, n, calendar);
        return workingDaysBetween(from, on, calendar) === n && workingDaysBetween(on, from, calendar) === -n;
      }),
    );
  });

  it('leaves out every day off between, and no other', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        const { on } = addWorkingDays(from, n, calendar);
        let counted = 0;
        for (let at = addDays(from, 1); at <= on; at = addDays(at, 1)) counted += isWorkingDay(at, calendar) ? 1 : 0;
        return counted === n;
      }),
    );
  });
});

test.each([
  ['over a weekend', '2022-11-03', 3, '2022-11-08'],
  ['over Tết Nhâm Dần', '2022-01-28', 1, '2022-02-07'],
  ['over the days in lieu of 30/4 and 1/5/2022', '2022-04-29', 1, '2022-05-04'],
  ['over 1 and 2 September 2022', '2022-08-31', 1, '2022-09-05'],
  ['over the day in lieu of 2/9/2023', '2023-08-31', 1, '2023-09-05'],
  ['over the swapped Monday of 2024, and the Saturday worked for it', '2024-04-26', 3, '2024-05-04'],
  ['over Tết Bính Ngọ', '2026-02-13', 1, '2026-02-23'],
])('%s', (_, from, n, on) => {
  expect(addWorkingDays(from, n, calendar)).toEqual({ on, unknownYears: [] });
});

test('a year whose holidays nobody has read is named, and has its weekends left out', () => {
  expect(addWorkingDays('2026-12-30', 3, calendar)).toEqual({ on: '2027-01-04', unknownYears: [2027] });
  expect(addWorkingDays('2027-01-04', 5, calendar)).toEqual({ on: '2027-01-11', unknownYears: [2027] });
});

test('a period that ends on a day off ends on the next working day', () => {
  expect(rollForward('2022-09-01', calendar)).toEqual({ on: '2022-09-05', unknownYears: [] });
  expect(rollForward('2022-09-05', calendar).on).toBe('2022-09-05');
});

test.each([0, -1, 1.5])('%d is no number of working days', (n) => {
  expect(() => addWorkingDays('2022-11-04', n, calendar)).toThrow(RangeError);
});

describe('the check of the holidays finds', () => {
  type Data = typeof holidays;
  it.each<[string, (data: Data) => void, string]>([
    ['a holiday left out', (data) => data.years[0]!.days.splice(0, 1), '10 holidays'],
    ['a day in lieu left out', (data) => data.years[0]!.days.splice(1, 1), 'days in lieu'],
    ['a day of another year', (data) => void (data.years[1]!.days[0]!.on = '2022-01-02'), '2022-01-02 stands in 2023'],
    ['a swapped day nobody worked for', (data) => void (data.years[2]!.workedDays = []), 'do not pair'],
    ['a year left out', (data) => data.years.splice(1, 1), '2024 after 2022'],
  ])('%s', (_, spoil, fault) => {
    const data = structuredClone(holidays);
    spoil(data);
    expect(checkHolidays(data).join('\n')).toContain(fault);
  });

  it('nothing in the real ones', () => expect(checkHolidays(holidays)).toEqual([]));
});
