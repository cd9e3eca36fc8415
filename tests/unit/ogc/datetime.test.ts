import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersects, readInterval, type Interval } from '../../../server/ogc/datetime.ts';

describe('an instant or an interval', () => {
  it.each([
    ['2022-09-27', '2022-09-27', '2022-09-27'],
    ['2022-09-27T10:00:00+07:00', '2022-09-27', '2022-09-27'],
    // 18:00 in Greenwich is one in the morning of the next day in Hà Nội.
    ['2022-09-27T18:00:00Z', '2022-09-28', '2022-09-28'],
    ['2022-09-01/2022-09-30', '2022-09-01', '2022-09-30'],
    ['../2022-09-30', null, '2022-09-30'],
    ['/2022-09-30T00:00:00Z', null, '2022-09-30'],
    ['2022-09-01T00:00:00.5Z/..', '2022-09-01', null],
    ['2022-09-01/', '2022-09-01', null],
    ['2022-09-01/9999-12-31T23:59:59Z', '2022-09-01', '9999-12-31'],
  ])('%s', (text, from, to) => {
    expect(readInterval(text)).toEqual({ from, to });
  });

  it.each([
    '',
    '/',
    '../..',
    '..',
    '2022-09-30/2022-09-01',
    '2022-02-30',
    '2022-02-30T00:00:00Z',
    '2022-09-27T25:00:00Z',
    '2022-09-27 10:00:00',
    '27/09/2022',
    '2022',
    '2022-09-01/2022-09-02/2022-09-03',
    'yesterday',
  ])('refuses %s', (text) => {
    expect(readInterval(text)).toBeUndefined();
  });
});

it('two intervals intersect where some day lies in both', () => {
  const day = fc.option(fc.constantFrom('2022-01-01', '2022-01-02', '2022-01-03', '2022-01-04'));
  const interval = fc
    .record({ from: day, to: day })
    .filter(({ from, to }) => from === null || to === null || from <= to);
  const days = ['2021-12-31', '2022-01-01', '2022-01-02', '2022-01-03', '2022-01-04', '2022-01-05'];
  const holds = ({ from, to }: Interval, one: string) => (from === null || from <= one) && (to === null || one <= to);
  fc.assert(
    fc.property(interval, interval, (a, b) => {
      expect(intersects(a, b)).toBe(days.some((one) => holds(a, one) && holds(b, one)));
    }),
  );
});
