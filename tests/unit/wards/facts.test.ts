import { describe, expect, it } from 'vitest';
import { culturalWardOn, densityPerKm2 } from '../../../server/wards/facts.ts';

const step = (year: number, since: string, state: 'recognised' | 'not-recognised' = 'recognised') => ({
  state,
  year,
  since,
  source: 'a newspaper',
});
const figure = (value: number) => ({ value, asOf: '2019-04-01', source: 'the census' });

describe('the title "Phường văn hóa" as of a day', () => {
  const history = [step(2022, '2022-09-27', 'not-recognised'), step(2024, '2024-01-27')];

  it.each([
    ['before anything is known', '2022-09-26', null],
    ['on the first day of a step', '2022-09-27', 'not-recognised'],
    ['the day before the next', '2024-01-26', 'not-recognised'],
    ['on the day of the ceremony', '2024-01-27', 'recognised'],
  ])('%s', (_, at, state) => {
    expect(culturalWardOn(history, at)?.state ?? null).toBe(state);
  });

  it('does not depend on the order of the steps', () => {
    expect(culturalWardOn([...history].reverse(), '2025-01-01')?.year).toBe(2024);
  });
});

describe('density', () => {
  it('is people by published square kilometre', () => {
    expect(densityPerKm2(figure(18360), figure(3.51))).toBe(5231);
  });

  it.each([
    ['no published area', figure(18360), null],
    ['no census count', null, figure(3.51)],
    ['an area of nothing', figure(18360), figure(0)],
  ])('is unknown with %s', (_, population, area) => {
    expect(densityPerKm2(population, area)).toBeNull();
  });
});
