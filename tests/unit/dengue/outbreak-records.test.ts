/** Numbers of kept records: on merges and splits none is lost, given away or used twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNumbers, mapRecords, type OutbreakRecord } from '../../../server/dengue/outbreak-records.ts';

const TODAY = { prefix: 'TH', today: '2022-11-04' };
const group = (cases: string, signal = true) => ({ id: cases[0]!, caseIds: [...cases], signal });
const record = (running: number, cases: string, more: Partial<OutbreakRecord> = {}): OutbreakRecord => ({
  number: `TH-2022-${String(running).padStart(3, '0')}`,
  caseIds: [...cases],
  aliases: [],
  origin: null,
  outbreakId: cases[0] ?? null,
  ...more,
});
/** `001=abc` a record, with `(002)` its aliases and `<001` its origin. */
const told = ({ records }: { records: OutbreakRecord[] }) =>
  records.map(({ number, caseIds, aliases, origin, outbreakId }) => {
    const short = (text: string) => text.slice(8);
    const others = aliases.length > 0 ? `(${aliases.map(short).join()})` : '';
    return `${short(number)}${others}${origin ? `<${short(origin)}` : ''}=${caseIds.join('')}${outbreakId ? '' : '?'}`;
  });

describe('a group', () => {
  it('that first becomes a signal is given the next number of the year', () => {
    const { records, events } = mapRecords([record(13, 'xy')], [group('ab'), group('xy')], TODAY);
    expect(told({ records })).toEqual(['013=xy', '014=ab']);
    expect(events).toEqual([{ kind: 'opened', number: 'TH-2022-014', outbreakId: 'a' }]);
  });

  it('that is no signal is given none', () => {
    expect(mapRecords([], [group('ab', false)], TODAY)).toEqual({ records: [], events: [] });
  });

  it('that grows, shrinks or is no signal any more keeps its number', () => {
    expect(told(mapRecords([record(1, 'abc')], [group('abcd')], TODAY))).toEqual(['001=abcd']);
    expect(told(mapRecords([record(1, 'abc')], [group('b', false)], TODAY))).toEqual(['001=b']);
  });

  it('whose earliest case is a new one keeps its number', () => {
    const { records } = mapRecords([record(1, 'bc')], [{ id: 'a', caseIds: ['a', 'b', 'c'], signal: true }], TODAY);
    expect(records).toMatchObject([{ number: 'TH-2022-001', outbreakId: 'a' }]);
  });
});

describe('on a merge', () => {
  it('the earliest number lives on, though the other has more cases, and the others become its aliases', () => {
    const previous = [record(3, 'defg'), record(1, 'ab'), record(2, 'c')];
    const { records, events } = mapRecords(previous, [group('abcdefg')], TODAY);
    expect(told({ records })).toEqual(['001(002,003)=abcdefg']);
    expect(events).toEqual([
      { kind: 'merged', number: 'TH-2022-002', into: 'TH-2022-001' },
      { kind: 'merged', number: 'TH-2022-003', into: 'TH-2022-001' },
    ]);
  });

  it('aliases of aliases come along', () => {
    const previous = [record(2, 'cd', { aliases: ['TH-2022-004'] }), record(1, 'ab', { aliases: ['TH-2022-003'] })];
    expect(told(mapRecords(previous, [group('abcd')], TODAY))).toEqual(['001(002,003,004)=abcd']);
  });

  it('999 is earlier than 1000, and last year earlier than this', () => {
    const previous = [record(1000, 'a'), record(999, 'b')];
    expect(told(mapRecords(previous, [group('ab')], TODAY))).toEqual(['999(1000)=ab']);
    expect(compareNumbers('TH-2021-050', 'TH-2022-001')).toBeLessThan(0);
  });
});

describe('on a split', () => {
  it('the part with most cases keeps the number, the rest get new ones that name their origin', () => {
    const { records, events } = mapRecords([record(1, 'abcdef')], [group('ab'), group('cde'), group('f')], TODAY);
    expect(told({ records })).toEqual(['001=cde', '002<001=ab', '003<001=f']);
    expect(events).toEqual([
      { kind: 'split', number: 'TH-2022-002', origin: 'TH-2022-001', outbreakId: 'a' },
      { kind: 'split', number: 'TH-2022-003', origin: 'TH-2022-001', outbreakId: 'f' },
    ]);
  });

  it('of equal parts the one with more new cases keeps it, then the one with the lower id', () => {
    expect(told(mapRecords([record(1, 'abcd')], [group('ab'), group('cdxy')], TODAY))).toEqual([
      '001=cdxy',
      '002<001=ab',
    ]);
    expect(told(mapRecords([record(1, 'abcd')], [group('cd'), group('ab')], TODAY))).toEqual(['001=ab', '002<001=cd']);
  });

  it('and merge at once, each number follows most of its cases', () => {
    // 1 loses de to 2's group; 2 keeps its own.
    const previous = [record(1, 'abcde'), record(2, 'fgh')];
    expect(told(mapRecords(previous, [group('abc'), group('defgh')], TODAY))).toEqual(['001=abc', '002=defgh']);
  });

  it('the new part names the record it shares most with, then the earliest', () => {
    const previous = [record(1, 'abcx'), record(2, 'defyz')];
    expect(told(mapRecords(previous, [group('abc'), group('def'), group('xyz')], TODAY))).toEqual([
      '001=abc',
      '002=def',
      '003<002=xyz',
    ]);
    const even = [record(2, 'defy'), record(1, 'abcx')];
    expect(told(mapRecords(even, [group('abc'), group('def'), group('xy')], TODAY)).at(-1)).toBe('003<001=xy');
  });
});

describe('a record', () => {
  it('whose cases make no group is kept, remembers them, and finds its number again', () => {
    const without = mapRecords([record(1, 'ab')], [], TODAY);
    expect(told(without)).toEqual(['001=ab?']);
    expect(told(mapRecords(without.records, [group('ab')], TODAY))).toEqual(['001=ab']);
  });

  it('marked directly without a case is kept', () => {
    expect(told(mapRecords([record(1, '')], [group('ab')], TODAY))).toEqual(['001=?', '002=ab']);
  });

  it('that is kept apart takes part in nothing, and its number is used', () => {
    const apart = record(5, 'ab', { apart: true });
    expect(told(mapRecords([apart], [group('ab')], TODAY))).toEqual(['005=ab?', '006=ab']);
  });

  it('of another year does not count for the next number; an alias does', () => {
    const previous = [record(1, 'x', { aliases: ['TH-2022-007'] }), { ...record(1, 'y'), number: 'TH-2021-099' }];
    const { records } = mapRecords(previous, [group('x'), group('y'), group('z')], TODAY);
    expect(records.map(({ number }) => number)).toEqual(['TH-2021-099', 'TH-2022-001', 'TH-2022-008']);
  });
});

describe('over random recomputations', () => {
  const anyPartition = fc
    .array(fc.record({ part: fc.nat(5), signal: fc.boolean() }), { minLength: 12, maxLength: 12 })
    .map((cases) =>
      [...new Set(cases.map(({ part }) => part))].map((part) => {
        const caseIds = cases.flatMap((one, i) => (one.part === part && part > 0 ? [String.fromCharCode(97 + i)] : []));
        return { id: caseIds[0] ?? '', caseIds, signal: cases[part]!.signal };
      }),
    )
    .map((groups) => groups.filter(({ caseIds }) => caseIds.length > 0));

  it('no number is lost or used twice, every signal has one, and the order of the input does not matter', () => {
    fc.assert(
      fc.property(fc.array(anyPartition, { minLength: 2, maxLength: 5 }), (days) => {
        let records: OutbreakRecord[] = [];
        for (const groups of days) {
          const numbers = records.flatMap(({ number, aliases }) => [number, ...aliases]);
          const next = mapRecords(records, groups, TODAY);
          expect(mapRecords([...records].reverse(), [...groups].reverse(), TODAY)).toEqual(next);
          const used = next.records.flatMap(({ number, aliases }) => [number, ...aliases]);
          expect(new Set(used).size).toBe(used.length);
          for (const number of numbers) expect(used).toContain(number);
          for (const { id, signal } of groups) {
            const holders = next.records.filter(({ outbreakId }) => outbreakId === id).length;
            expect(holders).toBeLessThanOrEqual(1);
            if (signal) expect(holders).toBe(1);
          }
          expect(mapRecords(next.records, groups, TODAY)).toEqual({ records: next.records, events: [] });
          records = next.records;
        }
      }),
      { numRuns: 300 },
    );
  });
});
