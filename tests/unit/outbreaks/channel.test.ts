import { describe, expect, it, test } from 'vitest';
import { loadWatchRule } from '../../../geodata/load.ts';
import { channelOf, channelRuleOn, deviationOf } from '../../../server/outbreaks/channel.ts';
import { countDays } from '../../../server/outbreaks/watch-days.ts';

const counting = ['clinical', 'confirmed'] as const;
const file = loadWatchRule();

/** So many cases on the 15th of a month, `{ '2022-10': 4 }`. */
const days = (months: Record<string, number>) =>
  countDays(
    Object.entries(months).flatMap(([month, cases]) =>
      Array.from({ length: cases }, () => ({ class: 'clinical', onsetOn: `${month}-15` })),
    ),
  );
const october = (channel: ReturnType<typeof channelOf>) => channel.items[9]!;

test('each rule holds from its day: QĐ 02/2016 to 30/06/2026, TT 15/2026 after it', () => {
  const on = (at: string) => channelRuleOn(file, at).id;
  expect(['2010-01-01', '2026-06-30', '2026-07-01', '2030-01-01'].map(on)).toEqual(
    ['qd-02-2016', 'qd-02-2016', 'tt-15-2026', 'tt-15-2026'], // prettier-ignore
  );
});

describe('QĐ 02/2016', () => {
  const past = { '2019-01': 1, '2019-10': 2, '2020-10': 4, '2021-10': 9 };

  it('is the mean of the same month of the last 3 years, and more than it is above', () => {
    const channel = channelOf(days({ ...past, '2022-10': 6 }), file, '2022-11-04', counting);
    expect(channel).toMatchObject({ rule: 'qd-02-2016', years: [2021, 2020, 2019], missingYears: [], passedOver: [] });
    expect(october(channel)).toEqual({ month: 10, cases: 6, open: false, mean: 5, warning: null, limit: 5, level: 'above' }); // prettier-ignore
    const asMany = channelOf(days({ ...past, '2022-10': 5 }), file, '2022-11-04', counting);
    expect(october(asMany).level).toBe('below');
  });

  it('has no limits while figures of a year are missing, and names the years', () => {
    const two = { ...past, '2020-10': 0 };
    const channel = channelOf(days({ ...two, '2022-10': 6 }), file, '2022-11-04', counting);
    expect(channel.missingYears).toEqual([2020]);
    expect(october(channel)).toMatchObject({ cases: 6, mean: null, warning: null, limit: null, level: null });
  });

  it('takes a year in which the record begins after January for missing', () => {
    const late = { ...past, '2019-01': 0 };
    expect(channelOf(days(late), file, '2022-11-04', counting).missingYears).toEqual([2019]);
  });

  it('without a case on record asks for three years and has none', () => {
    const channel = channelOf([], file, '2022-11-04', counting);
    expect(channel.missingYears).toEqual([2021, 2020, 2019]);
    expect(channel.items.every(({ cases }) => cases === null)).toBe(true);
  });

  it('knows no months to come, none before the record, and nobody who falls ill later', () => {
    const channel = channelOf(days({ '2022-05': 1, '2022-07': 2, '2022-11': 3 }), file, '2022-07-20', counting);
    expect(channel.items.map(({ cases }) => cases)).toEqual(
      [null, null, null, null, 1, 0, 2, null, null, null, null, null], // prettier-ignore
    );
    expect(channel.items.filter(({ open }) => open).map(({ month }) => month)).toEqual([7]);
  });
});

describe('TT 15/2026', () => {
  const past = { '2021-01': 1, '2021-10': 2, '2022-10': 4, '2023-10': 4, '2024-10': 4, '2025-10': 6 };
  // Mean 4, deviation of the sample: the root of 8 / 4.
  const at = '2026-10-31';
  const level = (cases: number) => october(channelOf(days({ ...past, '2026-10': cases }), file, at, counting));

  it('is the mean of 5 years and two deviations above it; a warning above one', () => {
    expect(level(5)).toMatchObject({ mean: 4, warning: 5.41, limit: 6.83, level: 'below' });
    expect(level(6).level).toBe('warning');
    expect(level(7).level).toBe('above');
  });

  it('passes over the years known to be epidemic, and says when nobody has told which these are', () => {
    const known = { ...file, epidemicYears: { ...file.epidemicYears, value: [2023] } };
    const channel = channelOf(days({ ...past, '2020-01': 1 }), known, at, counting);
    expect(channel).toMatchObject({ years: [2025, 2024, 2022, 2021, 2020], passedOver: [2023], missingYears: [] });
    expect(channel.epidemicYearsUnknown).toBe(false);
    expect(channelOf(days(past), file, at, counting).epidemicYearsUnknown).toBe(true);
  });

  it('takes its numbers from the file', () => {
    const strict = structuredClone(file);
    strict.channels[1]!.parameters.limitDeviations.value = 0;
    strict.channels[1]!.parameters.years.value = 2;
    expect(october(channelOf(days({ ...past, '2026-10': 6 }), strict, at, counting))).toMatchObject({
      mean: 5,
      limit: 5,
      level: 'above',
    });
  });
});

test('the deviation is that of a sample', () => {
  expect(deviationOf([2, 4, 4, 4, 6])).toBeCloseTo(Math.SQRT2, 12);
});
