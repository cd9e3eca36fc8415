import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilDateSchema } from '../../../geodata/schema.ts';
import { addDays, daysBetween, epiWeek, isCivilDate, todayInHanoi } from '../../../geodata/dates.ts';

const day = fc.integer({ min: -20_000, max: 40_000 }).map((n) => addDays('1970-01-01', n));

describe('civil dates', () => {
  test.each(['2022-02-28', '2024-02-29', '1995-10-28'])('%s is a day', (text) => {
    expect(isCivilDate(text)).toBe(true);
  });
  test.each(['2022-02-29', '2022-13-01', '2022-1-1', '27/09/2022', '2022-09-27T00:00:00Z', '', '2022-00-10'])(
    '%s is none',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
    },
  );
  test.each(['9999-12-31', '0000-01-01', '0999-12-31', '3000-01-01'])('%s is asked of nobody', (text) => {
    expect(civilDateSchema.safeParse(text).error?.issues[0]?.message).toBe('invalid_date');
  });
  test('adding days and counting them are each other’s inverse', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (from, n) => daysBetween(from, addDays(from, n)) === n),
    );
  });
  test('arithmetic with a day that does not exist is refused', () => {
    expect(() => addDays('2022-02-30', 1)).toThrow(RangeError);
  });
  test('a month and a year turn', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2022-12-31', 1)).toBe('2023-01-01');
  });
});

describe('today in Hà Nội', () => {
  test('turns at 17:00 UTC', () => {
    expect(todayInHanoi(new Date('2022-11-03T16:59:59.999Z'))).toBe('2022-11-03');
    expect(todayInHanoi(new Date('2022-11-03T17:00:00Z'))).toBe('2022-11-04');
  });
});

describe('epidemiological weeks', () => {
  test.each([
    ['2022-11-04', '2022-W44', '2022-10-31', '2022-11-06'],
    ['2022-01-01', '2021-W52', '2021-12-27', '2022-01-02'],
    ['2020-12-31', '2020-W53', '2020-12-28', '2021-01-03'],
    ['2024-12-30', '2025-W01', '2024-12-30', '2025-01-05'],
  ])('%s is in %s', (date, week, from, to) => {
    expect(epiWeek(date)).toEqual({ week, from, to });
  });
  test('a week holds its seven days and no other', () => {
    fc.assert(
      fc.property(day, (date) => {
        const { week, from, to } = epiWeek(date);
        expect(daysBetween(from, to)).toBe(6);
        expect(from <= date && date <= to).toBe(true);
        expect(epiWeek(from).week).toBe(week);
        expect(epiWeek(to).week).toBe(week);
        expect(epiWeek(addDays(to, 1)).week).not.toBe(week);
      }),
    );
  });
});
