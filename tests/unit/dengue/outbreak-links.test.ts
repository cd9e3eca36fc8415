/** Links with their metres, days and clause. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadOutbreakRules } from '../../../geodata/load.ts';
import type { OutbreakCase } from '../../../server/dengue/outbreak.ts';
import { explainGroup, firstSignalPair } from '../../../server/dengue/outbreak-links.ts';
import { outbreakRule, type OutbreakRule } from '../../../server/dengue/outbreak-rule.ts';

const [moh, hcmc] = loadOutbreakRules().map(outbreakRule) as [OutbreakRule, OutbreakRule];
const one = (id: string, onsetOn: string, more: Partial<OutbreakCase> = {}): OutbreakCase => ({
  id,
  class: 'clinical',
  onsetOn,
  lng: 105.81,
  lat: 21.05,
  accuracyMeters: 10,
  ...more,
});
const clauses = (cases: OutbreakCase[], rule: OutbreakRule) =>
  explainGroup(cases, rule).links.map(({ from, to, days, clause }) => `${from}>${to} ${days} ${clause}`);

describe('a link', () => {
  it('is told with metres, days and clause, from the earlier case to the later', () => {
    const { links } = explainGroup([one('b', '2022-09-08', { lat: 21.051 }), one('a', '2022-09-01')], moh);
    expect(links).toEqual([{ from: 'a', to: 'b', meters: expect.closeTo(111.195, 3), days: 7, clause: 'signal-pair' }]);
  });

  it('beyond the days of a signal is a plain link', () => {
    expect(clauses([one('a', '2022-09-01'), one('b', '2022-09-09'), one('c', '2022-09-15')], moh)).toEqual([
      'a>b 8 link',
      'a>c 14 link',
      'b>c 6 signal-pair',
    ]);
  });

  it('to a later case is told where it starts in an outbreak', () => {
    const cases = [one('a', '2022-09-01'), one('b', '2022-09-15'), one('c', '2022-10-15')];
    expect(clauses(cases, hcmc)).toEqual(['a>b 14 signal-pair', 'b>c 30 later-link']);
    expect(clauses(cases, moh)).toEqual(['a>b 14 link']);
  });

  it('is not made with a case that does not count or is not placed', () => {
    const cases = [one('a', '2022-09-01'), one('b', '2022-09-01', { class: 'suspected' }), one('c', '2022-09-01', { accuracyMeters: 100 })]; // prettier-ignore
    expect(explainGroup(cases, moh)).toEqual({ links: [], confirmed: [], cut: false });
  });
});

it('the confirmed cases are named, where the rule lets one make a signal', () => {
  const cases = [one('b', '2022-09-02', { class: 'confirmed' }), one('a', '2022-09-01', { class: 'confirmed' })];
  expect(explainGroup(cases, moh).confirmed).toEqual(['a', 'b']);
  expect(explainGroup(cases, hcmc).confirmed).toEqual([]);
});

describe('thousands of cases at one place', () => {
  const stacked = Array.from({ length: 3000 }, (_, n) => one(`c${String(n).padStart(4, '0')}`, '2022-09-01'));

  it('are explained by some of their millions of links, every case by one at least', () => {
    const { links, cut } = explainGroup(stacked, moh);
    expect(cut).toBe(true);
    expect(links.length).toBeLessThanOrEqual(20_000);
    expect(new Set(links.flatMap(({ from, to }) => [from, to])).size).toBe(3000);
  });

  it('are not cut while every link is told', () => {
    const four = stacked.slice(0, 4);
    expect(explainGroup(four, moh, 6)).toMatchObject({ cut: false, links: { length: 6 } });
    expect(explainGroup(four, moh, 5).cut).toBe(true);
  });

  it('have one first pair', () => {
    const pair = firstSignalPair(stacked, moh, ({ onsetOn }) => onsetOn);
    expect(pair).toEqual({ from: 'c0000', to: 'c0001', meters: 0, days: 0, on: '2022-09-01' });
  });
});

it('the first pair is the first of all the pairs that make a signal', () => {
  const cases = fc.uniqueArray(
    fc.record({
      id: fc.nat(999).map(String),
      onset: fc.integer({ min: 1, max: 28 }),
      later: fc.nat(3),
      north: fc.nat(4),
    }),
    { selector: ({ id }) => id, maxLength: 14 },
  );
  const day = (n: number) => `2022-09-${String(n).padStart(2, '0')}`;
  fc.assert(
    fc.property(cases, fc.constantFrom(moh, hcmc), (made, rule) => {
      const known = new Map(made.map(({ id, onset, later }) => [id, day(Math.min(28, onset + later))]));
      const group = made.map(({ id, onset, north }) => one(id, day(onset), { lat: 21.05 + north * 0.0008 }));
      const on = ({ from, to }: { from: string; to: string }) => [known.get(from)!, known.get(to)!].sort()[1]!;
      const [first] = explainGroup(group, rule)
        .links.filter(({ clause }) => clause === 'signal-pair')
        .sort((a, b) => (on(a) < on(b) ? -1 : on(a) > on(b) ? 1 : a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
      const expected = first
        ? { from: first.from, to: first.to, meters: first.meters, days: first.days, on: on(first) }
        : null;
      expect(firstSignalPair(group, rule, ({ id }) => known.get(id)!)).toEqual(expected);
    }),
  );
});
