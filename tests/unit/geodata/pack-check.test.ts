import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPlaces } from '../../../geodata/load.ts';
import { checkPack, isFaulty, packFaults, packWarnings, type PackContext } from '../../../geodata/pack-check.ts';
import { packDifference } from '../../../geodata/pack-difference.ts';
import type { CriteriaPack, IndicatorPack } from '../../../geodata/schema.ts';
import { readPackFile } from '../../../server/status/pack-file.ts';

const places = loadPlaces();
const shipped = (): CriteriaPack => structuredClone(places.criteriaPacks[0]!);
const free: PackContext = { today: '2022-11-04', previous: null, others: [], approved: {} };
const check = (edit: (pack: CriteriaPack) => unknown, context: Partial<PackContext> = {}) => {
  const pack = shipped();
  edit(pack);
  return checkPack(pack, { ...free, ...context }).map(({ path, code, level }) => [level, path, code]);
};
const first = (pack: CriteriaPack): IndicatorPack => pack.criteria[0]!.indicators[0]!;
const typed = { unit: '%', direction: 'at-least', target: 90, nearMargin: 5, placeholder: false } as const;

describe('a pack', () => {
  it('that ships has no fault', () => {
    for (const pack of [...places.criteriaPacks, ...places.districtPacks]) expect(checkPack(pack, free)).toEqual([]);
  });

  it('without a name in one of the languages is told so', () => {
    expect(check((pack) => (pack.title.en = ' '))).toEqual([['fault', 'title.en', 'pack_title_missing']]);
    expect(check((pack) => (first(pack).title.vi = ''))).toEqual([
      ['fault', 'criteria.0.indicators.0.title.vi', 'pack_title_missing'],
    ]);
  });

  it('with a day that is none is told so', () => {
    expect(check((pack) => (pack.validFrom = '2022-02-30'))).toEqual([['fault', 'validFrom', 'pack_day_wrong']]);
    expect(check((pack) => (pack.validTo = ''))).toEqual([['fault', 'validTo', 'pack_day_wrong']]);
  });

  it('whose unit changes under approved figures is warned of', () => {
    const context = { previous: shipped(), approved: { '1.1': 8 }, today: '2022-04-15' };
    expect(check((pack) => (first(pack).unit = 'tuyến'), context)).toEqual([
      ['warning', 'criteria.0.indicators.0.unit', 'pack_unit_changed'],
    ]);
  });

  it('may have a wide margin where values have no end', () => {
    expect(check((pack) => Object.assign(first(pack), typed, { unit: 'vụ', direction: 'at-most', nearMargin: 200 }))).toEqual([]); // prettier-ignore
    expect(check((pack) => Object.assign(first(pack), typed, { direction: 'at-most', nearMargin: 10 }))).toEqual([
      ['fault', 'criteria.0.indicators.0.nearMargin', 'pack_margin_contradicts'],
    ]);
  });

  it('that requires itself goes in a circle', () => {
    expect(check((pack) => (pack.criteria[3]!.requires = ['4']))).toEqual([
      ['fault', 'criteria.3.requires', 'pack_cycle'],
    ]);
  });

  it('an illustration or a demo pack overlaps nothing', () => {
    const context = { others: [{ id: 'x', from: '2000-01-01', to: null }] };
    expect(check(() => {}, context)).toEqual([['fault', 'validFrom', 'pack_validity_overlaps']]);
    expect(check((pack) => (pack.illustration = true), context)).toEqual([]);
  });
});

// --- any pack ---------------------------------------------------------------------------------------------------------

const word = fc.oneof(
  fc.constantFrom('', ' ', 'a', '1.1', '__proto__', 'constructor', 'Đ', '%'),
  fc.string({ maxLength: 8 }),
);
const number = fc.oneof(fc.integer({ min: -5, max: 120 }), fc.double());
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const both = fc.record({ vi: word, en: word });
const day = fc.oneof(fc.constantFrom('2022-04-15', '2022-02-30', '', 'x'), fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10))); // prettier-ignore
const indicator = fc.record({
  id: word,
  title: both,
  unit: maybe(word),
  direction: maybe(fc.constantFrom('at-least' as const, 'at-most' as const)),
  target: maybe(number),
  nearMargin: maybe(number),
  placeholder: fc.boolean(),
  source: word,
  confidence: fc.constantFrom('high' as const, 'low' as const),
});
const anyPack = fc.record({
  id: word,
  title: both,
  validFrom: day,
  validTo: maybe(day),
  demo: fc.boolean(),
  illustration: fc.boolean(),
  criteria: fc.array(
    fc.record({
      id: word,
      number: fc.integer(),
      letter: word,
      title: both,
      source: word,
      confidence: fc.constant('low' as const),
      requires: fc.array(word, { maxLength: 4 }),
      indicators: fc.array(indicator, { maxLength: 4 }),
    }),
    { maxLength: 5 },
  ),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<CriteriaPack>;
const anyContext = fc.record({
  today: fc.constant('2022-11-04'),
  previous: maybe(anyPack),
  others: fc.array(fc.record({ id: word, from: day, to: maybe(day) }), { maxLength: 3 }),
  approved: fc.dictionary(word, fc.nat(20)),
});

describe('whatever a pack holds', () => {
  it('it is judged, with codes of the closed lists alone', () => {
    const codes = new Set<string>([...packFaults, ...packWarnings]);
    fc.assert(
      fc.property(anyPack, anyContext, (pack, context) => {
        const findings = checkPack(pack, context);
        expect(findings.filter(({ code }) => !codes.has(code))).toEqual([]);
        expect(isFaulty(findings)).toBe(findings.some(({ level }) => level === 'fault'));
      }),
      { numRuns: 400 },
    );
  });

  it('whatever a file says is an answer', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          anyPack.map((pack) => JSON.stringify(pack)),
        ),
        (text) => {
          expect(readPackFile(text)).toBeDefined();
        },
      ),
      { numRuns: 400 },
    );
  });

  it('no circle of requirements is published, of any length', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), (ring) => {
        const pack = shipped();
        ring.forEach((number, i) => {
          pack.criteria[number - 1]!.requires = [String(ring[(i + 1) % ring.length])];
        });
        expect(checkPack(pack, free).filter(({ code }) => code === 'pack_cycle')).toHaveLength(ring.length);
      }),
    );
  });

  it('it differs from itself in nothing, and from another in something', () => {
    fc.assert(
      fc.property(anyPack, anyPack, (one, other) => {
        // What was published has no id twice.
        fc.pre(!checkPack(one, free).some(({ code }) => code === 'pack_duplicate_id'));
        expect(packDifference(one, structuredClone(one))).toEqual([]);
        packDifference(one, other);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the difference between two versions', () => {
  const kinds = (edit: (pack: CriteriaPack) => unknown) => {
    const pack = shipped();
    edit(pack);
    return packDifference(shipped(), pack).map((one) => ('field' in one ? `${one.kind} ${one.field}` : one.kind));
  };
  it.each<[string, (pack: CriteriaPack) => unknown, string[]]>([
    ['a target typed in', (p) => Object.assign(first(p), typed), ['indicator unit', 'indicator direction', 'indicator target', 'indicator nearMargin', 'indicator placeholder']], // prettier-ignore
    ['an indicator gone', (p) => p.criteria[0]!.indicators.splice(0, 1), ['indicator-removed']],
    ['one moved to another criterion', (p) => p.criteria[1]!.indicators.push(p.criteria[0]!.indicators.pop()!), ['indicator-moved']], // prettier-ignore
    ['two in another order', (p) => p.criteria[0]!.indicators.reverse(), ['indicators-reordered']],
    ['criteria in another order', (p) => p.criteria.reverse(), ['criteria-reordered']],
    ['a last day', (p) => (p.validTo = '2030-12-31'), ['head validTo']],
    ['a field said to be unknown that was not there', (p) => (first(p).evidenceMonths = null), []],
  ])('%s', (_, edit, said) => {
    expect(kinds(edit)).toEqual(said);
  });
});
