import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../geodata/dates.ts';
import type { WardKey } from '../../../geodata/schema.ts';
import { bulletinOf, incidenceByWard, type CountedOutbreak } from '../../../server/outbreaks/bulletin.ts';
import type { KeptCase } from '../../../server/outbreaks/kept.ts';
import { countDays } from '../../../server/outbreaks/watch-days.ts';

const counting = ['clinical', 'confirmed'] as const;
const QUANG_AN: WardKey = '00100@1995-10-28';
const TU_LIEN: WardKey = '00097@1995-10-28';

describe('the bulletin', () => {
  const outbreaks: CountedOutbreak[] = [
    { openedOn: '2022-10-10', declaredOn: '2022-10-12', expectedEndOn: '2022-10-30' },
    { openedOn: '2022-10-27', declaredOn: '2022-11-02', expectedEndOn: '2022-11-12' },
    { openedOn: '2022-10-20', declaredOn: null, expectedEndOn: '2022-11-04' },
  ];
  const of = (at: string, weeks = 2) =>
    bulletinOf(countDays([{ class: 'clinical', onsetOn: '2022-10-31' }]), outbreaks, { at, weeks, counting });

  it('counts new, active and ended ones of each week, by hand; signals apart', () => {
    expect(of('2022-11-04').items).toMatchObject([
      { week: '2022-W43', cases: 0, newOutbreaks: 0, activeOutbreaks: 1, endedOutbreaks: 0, signals: 2, open: false },
      { week: '2022-W44', cases: 1, newOutbreaks: 1, activeOutbreaks: 1, endedOutbreaks: 1, signals: 1, open: true },
    ]);
    expect(of('2022-11-04').year).toEqual({ cases: 1, outbreaks: 2, active: 1 });
  });

  it('tells of the week under way only what has happened', () => {
    expect(of('2022-11-01', 1).items).toMatchObject([{ newOutbreaks: 0, activeOutbreaks: 0, endedOutbreaks: 1 }]);
  });

  it('goes on from week to week: active = active before + new - ended', () => {
    const day = fc.nat(120).map((count) => addDays('2022-07-01', count));
    const one = fc.record({ openedOn: day, declaredOn: fc.option(day), expectedEndOn: day });
    fc.assert(
      fc.property(fc.array(one), day, (all, at) => {
        const { items } = bulletinOf([], all, { at, weeks: 30, counting });
        items.slice(1).forEach((week, i) => {
          expect(week.activeOutbreaks).toBe(items[i]!.activeOutbreaks + week.newOutbreaks - week.endedOutbreaks);
        });
      }),
    );
  });
});

describe('incidence', () => {
  const one = (onsetOn: string, wardKey: WardKey | null, more: Partial<KeptCase> = {}): KeptCase => ({
    id: `c-${Math.random()}`,
    class: 'confirmed',
    onsetOn,
    reportedOn: null,
    lng: null,
    lat: null,
    accuracyMeters: null,
    wardKey,
    otherWardKey: null,
    demo: false,
    ...more,
  });
  const population = { value: 20_000, asOf: '2019-04-01', source: 'census' };
  const wards = [
    { key: QUANG_AN, name: 'Quảng An', population },
    { key: TU_LIEN, name: 'Tứ Liên', population: null },
  ];
  const of = (cases: KeptCase[]) =>
    incidenceByWard(cases, wards, 160_495, { from: '2022-01-01', to: '2022-11-04', per: 100_000, counting });

  it('is cases per 100,000 by ward, and unknown where nobody published how many people there are', () => {
    const answer = of([
      one('2022-01-01', QUANG_AN),
      one('2022-11-04', QUANG_AN),
      one('2022-11-05', QUANG_AN),
      one('2021-12-31', QUANG_AN),
      one('2022-05-05', QUANG_AN, { class: 'suspected' }),
      one('2022-05-05', TU_LIEN),
      one('2022-05-05', null),
      one('2022-05-05', '00103@2025-07-01', { otherWardKey: TU_LIEN }),
    ]);
    expect(answer.items).toMatchObject([
      { wardName: 'Quảng An', cases: 2, population: 20_000, populationAsOf: '2019-04-01', incidence: 10 },
      { wardName: 'Tứ Liên', cases: 2, population: null, populationAsOf: null, incidence: null },
    ]);
    expect(answer).toMatchObject({ noWard: 1, district: { cases: 5, population: 160_495, incidence: 3.1 } });
  });
});
