/** The incremental index: always what the whole computation says, whatever came, changed or went. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadOutbreakRules } from '../../../geodata/load.ts';
import { findOutbreaks, type Outbreak, type OutbreakCase } from '../../../server/dengue/outbreak.ts';
import { createOutbreakIndex, type OutbreakChange, type OutbreakIndex } from '../../../server/dengue/outbreak-index.ts';
import { explainGroup } from '../../../server/dengue/outbreak-links.ts';
import { outbreakRule, type OutbreakRule } from '../../../server/dengue/outbreak-rule.ts';
import { anyHistory, anySeason, twinOutbreaks, type Edit } from './outbreak-twin.ts';

const [moh, hcmc] = loadOutbreakRules().map(outbreakRule) as [OutbreakRule, OutbreakRule];
const AT = '2022-09-20';

const one = (id: string, more: Partial<OutbreakCase> = {}): OutbreakCase => ({
  id,
  class: 'clinical',
  onsetOn: '2022-09-01',
  lng: 105.8105,
  lat: 21.0512,
  accuracyMeters: 10,
  ...more,
});
/** 0.0015° of latitude are 167 m. */
const north = (steps: number) => ({ lat: 21.0512 + steps * 0.0015 });
const ids = (index: OutbreakIndex) => index.outbreaks().map(({ caseIds }) => caseIds.join('+'));

describe('a case that', () => {
  it('comes between two groups joins them', () => {
    const index = createOutbreakIndex(moh, AT, [one('a'), one('c', north(2))]);
    expect(ids(index)).toEqual(['a', 'c']);
    expect(index.add(one('b', north(1)))).toEqual({ gone: ['c'], changed: ['a'] });
    expect(ids(index)).toEqual(['a+b+c']);
  });

  it('goes from between two groups parts them', () => {
    const index = createOutbreakIndex(moh, AT, [one('a'), one('b', north(1)), one('c', north(2))]);
    expect(index.remove('b')).toEqual({ gone: [], changed: ['a', 'c'] });
    expect(ids(index)).toEqual(['a', 'c']);
  });

  it('is ruled out, moves, or falls ill on another day changes its groups', () => {
    const index = createOutbreakIndex(moh, AT, [one('a'), one('b')]);
    index.update(one('b', { class: 'ruled-out' }));
    expect(ids(index)).toEqual(['a']);
    index.update(one('b', north(1)));
    expect(ids(index)).toEqual(['a+b']);
    index.update(one('b', { onsetOn: '2022-08-01' }));
    expect(ids(index)).toEqual(['a', 'b']);
  });

  it('turns out to be the earliest names the group anew', () => {
    const index = createOutbreakIndex(moh, AT, [one('b')]);
    expect(index.add(one('a', { onsetOn: '2022-08-30' }))).toEqual({ gone: ['b'], changed: ['a'] });
  });

  it('does not count changes nothing', () => {
    const index = createOutbreakIndex(moh, AT, [one('a')]);
    expect(index.add(one('b', { class: 'suspected' }))).toEqual({ gone: [], changed: [] });
    expect(index.outbreakOf('b')).toBeNull();
    expect(index.size).toBe(2);
  });
});

describe('another day', () => {
  it('ends an outbreak, and says which', () => {
    const index = createOutbreakIndex(moh, '2022-09-15', [one('a'), one('b')]);
    expect(index.outbreakOf('b')).toMatchObject({ state: 'watching', expectedEndOn: '2022-09-15' });
    expect(index.moveTo('2022-09-16')).toEqual({ gone: [], changed: ['a'] });
    expect(index.outbreakOf('b')).toMatchObject({ state: 'ended' });
    expect(index.moveTo('2022-09-17')).toEqual({ gone: [], changed: [] });
  });

  it('brings the cases of that day, and takes them away again', () => {
    const index = createOutbreakIndex(moh, '2022-09-02', [one('a'), one('b', { onsetOn: '2022-09-03' })]);
    expect(ids(index)).toEqual(['a']);
    index.moveTo('2022-09-03');
    expect(ids(index)).toEqual(['a+b']);
    index.moveTo('2022-09-02');
    expect(ids(index)).toEqual(['a']);
  });
});

describe('a verb that cannot be done is refused, and changes nothing:', () => {
  const refused = (work: (index: OutbreakIndex) => void) => {
    const index = createOutbreakIndex(moh, AT, [one('a')]);
    expect(() => work(index)).toThrow(RangeError);
    expect([ids(index), index.size, index.at]).toEqual([['a'], 1, AT]);
  };
  it('the same id twice', () => refused((index) => index.add(one('a'))));
  it('an update or removal of an unknown case', () => {
    refused((index) => index.update(one('b')));
    refused((index) => index.remove('b'));
  });
  it('a day that is none', () => {
    refused((index) => index.add(one('b', { onsetOn: '2022-02-30' })));
    refused((index) => index.update(one('a', { onsetOn: '' })));
    refused((index) => index.moveTo('2022-13-01'));
  });
});

/** Does one edit to the index and to the plain list beside it. */
function apply(
  edit: Edit,
  index: OutbreakIndex,
  held: Map<string, OutbreakCase>,
  fresh: number,
): OutbreakChange | null {
  if (edit.verb === 'moveTo') return index.moveTo(edit.day);
  if (edit.verb === 'add') {
    const added = { id: `n${fresh}`, ...edit.one };
    held.set(added.id, added);
    return index.add(added);
  }
  const known = [...held.keys()];
  const id = known[edit.at % known.length];
  if (id === undefined) return null;
  if (edit.verb === 'remove') {
    held.delete(id);
    return index.remove(id);
  }
  const changed = { id, ...edit.one };
  held.set(id, changed);
  return index.update(changed);
}

describe.each([
  moh,
  hcmc,
  { ...hcmc, id: 'narrow', linkRadiusMeters: 120, linkDays: 2, signalDays: 1, laterLinkDays: 6 },
])('over random histories, rule $id', (rule) => {
  it('agrees with the whole computation and the twin after every edit, and names every group it changed', () => {
    fc.assert(
      fc.property(anyHistory(30, 20), ({ season, edits }) => {
        const held = new Map(season.map((c) => [c.id, c]));
        const index = createOutbreakIndex(rule, AT, season);
        let last = index.outbreaks();
        expect(last).toEqual(twinOutbreaks(season, rule, AT));
        edits.forEach((edit, i) => {
          const change = apply(edit, index, held, i);
          const now = index.outbreaks();
          expect(now).toEqual(findOutbreaks([...held.values()], rule, index.at));
          if (change) expectToldOf(change, last, now);
          last = now;
        });
        expect(last).toEqual(twinOutbreaks([...held.values()], rule, index.at));
      }),
      { numRuns: 250 },
    );
  });

  it('agrees when the cases come one by one in any order', () => {
    const shuffled = anySeason(35).chain((cases) => fc.shuffledSubarray(cases, { minLength: cases.length }));
    fc.assert(
      fc.property(shuffled, (cases) => {
        const index = createOutbreakIndex(rule, AT);
        for (const c of cases) index.add(c);
        expect(index.outbreaks()).toEqual(findOutbreaks(cases, rule, AT));
      }),
      { numRuns: 150 },
    );
  });

  it('can explain every group: its links hold it together, and its reasons are those of the signal', () => {
    fc.assert(
      fc.property(anySeason(30), (cases) => {
        const index = createOutbreakIndex(rule, AT, cases);
        for (const { id, caseIds, signal } of index.outbreaks()) {
          const { links, confirmed } = explainGroup(index.casesAround(id), rule);
          const joined = new Set([id]);
          for (let size = 0; size < joined.size;) {
            size = joined.size;
            for (const { from, to } of links) if (joined.has(from) || joined.has(to)) joined.add(from).add(to);
          }
          expect([...joined].sort()).toEqual(caseIds);
          expect(confirmed.length > 0 || links.some(({ clause }) => clause === 'signal-pair')).toBe(signal);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** What is not told of stayed as it was; what is told of is there or is gone. */
function expectToldOf({ gone, changed }: OutbreakChange, last: Outbreak[], now: Outbreak[]): void {
  const [was, is] = [last, now].map((all) => new Map(all.map((group) => [group.id, group]))) as [
    Map<string, Outbreak>,
    Map<string, Outbreak>,
  ];
  for (const id of gone) expect([was.has(id), is.has(id)]).toEqual([true, false]);
  for (const id of changed) expect(is.has(id)).toBe(true);
  for (const [id, group] of was) if (!gone.includes(id) && !changed.includes(id)) expect(is.get(id)).toEqual(group);
  for (const id of is.keys()) if (!changed.includes(id)) expect(was.has(id)).toBe(true);
}
