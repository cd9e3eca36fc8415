import { describe, expect, it } from 'vitest';
import type { KeptCase } from '../../../server/outbreaks/kept.ts';
import { medianOf, qualityOf } from '../../../server/outbreaks/quality.ts';

const one = (more: Partial<KeptCase> = {}): KeptCase => ({
  id: 'c',
  class: 'clinical',
  onsetOn: '2022-10-10',
  reportedOn: '2022-10-12',
  lng: 1,
  lat: 1,
  accuracyMeters: 10,
  wardKey: '00100@1995-10-28',
  otherWardKey: null,
  demo: false,
  ...more,
});
/** The ward of the place `lng` 1; another at 2. */
const wardAt = ([lng]: readonly [number, number]) =>
  lng === 1 ? ('00100@1995-10-28' as const) : ('00097@1995-10-28' as const);
const of = (cases: KeptCase[]) =>
  qualityOf(cases, wardAt, { from: '2022-10-01', to: '2022-10-31', lateDays: 7, accuracyLimitMeters: 100 });

describe('the quality of the data', () => {
  it('counts what is amiss, each of what it could be amiss with', () => {
    const answer = of([
      one(),
      one({ reportedOn: '2022-10-09' }),
      one({ reportedOn: '2022-10-17' }),
      one({ reportedOn: '2022-10-18' }),
      one({ reportedOn: null }),
      one({ lng: 2 }),
      one({ lng: 2, accuracyMeters: 100 }),
      one({ lng: null, lat: null, accuracyMeters: null }),
      one({ wardKey: null }),
      one({ onsetOn: '2022-11-01' }),
    ]);
    expect(answer).toEqual({
      from: '2022-10-01',
      to: '2022-10-31',
      onsetAfterReport: { count: 1, of: 8, percent: 12.5 },
      outsideWard: { count: 1, of: 6, percent: 16.7 },
      lateReports: { count: 1, of: 8, percent: 12.5, lateDays: 7, medianDays: 2 },
      noReportDate: { count: 1, of: 9, percent: 11.1 },
      located: { count: 8, of: 9, percent: 88.9 },
      vague: { count: 1, of: 8, percent: 12.5 },
    });
  });

  it('of no case has no shares and no median', () => {
    expect(of([])).toMatchObject({ located: { count: 0, of: 0, percent: null }, lateReports: { medianDays: null } });
  });

  it('a median of an even count is the mean of the two in the middle', () => {
    expect(medianOf([9, 1, 2, 4])).toBe(3);
    expect(medianOf([9, 1, 2])).toBe(2);
  });
});
