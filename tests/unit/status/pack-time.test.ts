import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../geodata/dates.ts';
import { loadPlaces } from '../../../geodata/load.ts';
import type { CriteriaPack } from '../../../geodata/schema.ts';
import { wardStatus, type IndicatorEntry } from '../../../server/status/criteria.ts';
import { daysOfVersions, inForceOn, judgeOf, versionOn } from '../../../server/status/pack-time.ts';

const [shipped] = loadPlaces().criteriaPacks;
const version = (number: number, validFrom: string, more: Partial<CriteriaPack> = {}): CriteriaPack => ({
  ...shipped!,
  ...(number > 1 && { version: number }),
  validFrom,
  ...more,
});
const judging = (versions: readonly CriteriaPack[], at: string, withdrawnFrom: string | null = null) =>
  inForceOn(daysOfVersions(versions, withdrawnFrom), at)?.version ?? null;

describe('the version that judges a day', () => {
  const three = [version(1, '2022-04-15'), version(2, '2022-07-01'), version(3, '2022-10-01')];
  it.each([
    ['2022-04-14', null],
    ['2022-06-30', 1],
    ['2022-07-01', 2],
    ['2022-09-30', 2],
    ['2099-01-01', 3],
  ])('on %s is %s', (at, number) => {
    expect(judging(three, at)).toBe(number);
  });

  it('is the later of two that begin on one day', () => {
    expect(judging([three[0]!, three[1]!, version(3, '2022-07-01')], '2022-08-01')).toBe(3);
  });

  it('is no older one once the newest has ended', () => {
    const ended = [version(1, '2022-04-15'), version(2, '2022-07-01', { validTo: '2022-12-31' })];
    expect(['2022-12-31', '2023-01-01'].map((at) => judging(ended, at))).toEqual([2, null]);
  });

  it('is none from the day of a withdrawal on', () => {
    expect(['2022-10-31', '2022-11-01'].map((at) => judging(three, at, '2022-11-01'))).toEqual([3, null]);
  });

  it('is never an illustration, nor one of another purpose', () => {
    expect(judging([version(1, '2022-04-15', { illustration: true })], '2022-05-01')).toBeNull();
    const district = daysOfVersions([version(1, '2022-04-15', { purpose: 'district' })], null);
    expect(inForceOn(district, '2022-05-01')).toBeNull();
    expect(inForceOn(district, '2022-05-01', 'district')?.version).toBe(1);
  });

  it('of a pack looked at on a day outside it is the last that had begun, else the first', () => {
    const spans = daysOfVersions(three, '2022-11-01');
    expect(['2020-01-01', '2030-01-01'].map((at) => versionOn(spans, at)?.version)).toEqual([1, 3]);
    expect(judgeOf(spans, '2020-01-01').version).toBe(1);
  });

  it('of a day before every version stays the first, also when a second begins on its first day', () => {
    const spans = daysOfVersions([version(1, '2022-04-15'), version(2, '2022-04-15')], null);
    expect(judgeOf(spans, '2022-01-01').version).toBe(1);
  });
});

describe('whatever later version is published', () => {
  const gap = fc.integer({ min: 0, max: 400 });
  const target = fc.option(fc.integer({ min: 1, max: 100 }), { nil: null });
  /** Versions as they may be published: none begins before the one before it. */
  const history = fc.array(fc.record({ gap, target, ends: fc.option(gap, { nil: null }) }), {
    minLength: 1,
    maxLength: 5,
  });
  const build = (steps: { gap: number; target: number | null; ends: number | null }[]) => {
    let day = '2022-04-15';
    return steps.map(({ gap: days, target: asked, ends }, index) => {
      if (index > 0) day = addDays(day, days);
      const pack = structuredClone(version(index + 1, day, { validTo: ends === null ? null : addDays(day, ends) }));
      const measure = { unit: '%', direction: 'at-least' as const, target: asked, nearMargin: null };
      Object.assign(pack.criteria[0]!.indicators[0]!, measure);
      return pack;
    });
  };
  const entries = new Map<string, IndicatorEntry>([
    ['1.1', { value: 60, asOf: '2022-05-01', source: 'x', evidence: null, demo: false }],
  ]);
  const statusOn = (versions: CriteriaPack[], at: string) => {
    const judge = judgeOf(daysOfVersions(versions, null), at);
    return [judge.version, wardStatus(judge.pack, entries, at)];
  };

  it('every day before its first one has the status it had', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 900 }), (steps, back) => {
        const versions = build(steps);
        const last = versions.at(-1)!;
        const at = addDays(last.validFrom, -back);
        const before = versions.slice(0, -1);
        if (before.length === 0) return;
        expect(statusOn(versions, at)).toEqual(statusOn(before, at));
      }),
      { numRuns: 300 },
    );
  });

  it('at most one version judges a day', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -100, max: 2500 }), (steps, after) => {
        const at = addDays('2022-04-15', after);
        const found = daysOfVersions(build(steps), null).filter(
          ({ from, to }) => from <= at && (to === null || at <= to),
        );
        expect(found.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
