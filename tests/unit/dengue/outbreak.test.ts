/** The outbreak rule by hand at its edges, and against its twin over random seasons. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadOutbreakRules } from '../../../geodata/load.ts';
import { findOutbreaks, type OutbreakCase } from '../../../server/dengue/outbreak.ts';
import { outbreakRule } from '../../../server/dengue/outbreak-rule.ts';
import { anyDay, anySeason, greatCircle, RADIUS, twinOutbreaks } from './outbreak-twin.ts';

const [moh, hcmc] = loadOutbreakRules().map(outbreakRule) as [
  ReturnType<typeof outbreakRule>,
  ReturnType<typeof outbreakRule>,
];
const HOME = { lng: 105.8105, lat: 21.0512 };
const AT = '2022-11-04';

const one = (id: string, more: Partial<OutbreakCase> = {}): OutbreakCase => ({
  id,
  class: 'clinical',
  onsetOn: '2022-09-01',
  ...HOME,
  accuracyMeters: 10,
  ...more,
});

/** The place so many metres from HOME on a bearing in degrees (direct problem on the sphere). */
function away(meters: number, bearing: number): { lng: number; lat: number } {
  const [d, b] = [meters / RADIUS, (bearing * Math.PI) / 180];
  const [l, p] = [(HOME.lng * Math.PI) / 180, (HOME.lat * Math.PI) / 180];
  const lat = Math.asin(Math.sin(p) * Math.cos(d) + Math.cos(p) * Math.sin(d) * Math.cos(b));
  const lng = l + Math.atan2(Math.sin(b) * Math.sin(d) * Math.cos(p), Math.cos(d) - Math.sin(p) * Math.sin(lat));
  return { lng: (lng * 180) / Math.PI, lat: (lat * 180) / Math.PI };
}

const groups = (cases: OutbreakCase[], rule = moh, at = AT) =>
  findOutbreaks(cases, rule, at).map((g) => g.caseIds.join('+'));
const signals = (cases: OutbreakCase[], rule = moh) => findOutbreaks(cases, rule, AT).map(({ signal }) => signal);

describe('two cases', () => {
  it.each([0, 45, 90, 137, 180, 270, 311])('199.9 m apart at %d° are linked, 200.1 m apart are not', (bearing) => {
    const [inside, outside] = [away(199.9, bearing), away(200.1, bearing)];
    expect(greatCircle(HOME, inside)).toBeCloseTo(199.9, 5);
    expect(groups([one('a'), one('b', inside)])).toEqual(['a+b']);
    expect(groups([one('a'), one('b', outside)])).toEqual(['a', 'b']);
  });

  it('14 days apart are linked, 15 are not', () => {
    expect(groups([one('a'), one('b', { onsetOn: '2022-09-15' })])).toEqual(['a+b']);
    expect(groups([one('a'), one('b', { onsetOn: '2022-09-16' })])).toEqual(['a', 'b']);
  });

  it('7 days apart make a signal, 8 do not', () => {
    expect(signals([one('a'), one('b', { onsetOn: '2022-09-08' })])).toEqual([true]);
    expect(signals([one('a'), one('b', { onsetOn: '2022-09-09' })])).toEqual([false]);
  });

  it('within 7 days of each other through a third only make no signal', () => {
    // a and c fall ill on one day, 300 m apart; b between them 8 days later.
    const chain = [one('a'), one('b', { ...away(150, 90), onsetOn: '2022-09-09' }), one('c', away(300, 90))];
    expect(findOutbreaks(chain, moh, AT)).toMatchObject([{ caseIds: ['a', 'b', 'c'], signal: false, state: null }]);
  });

  it('at one place on one day are a signal', () => {
    expect(signals([one('a'), one('b')])).toEqual([true]);
  });
});

describe('a case', () => {
  it('that is confirmed is a signal by itself, a clinical one is not', () => {
    expect(signals([one('a', { class: 'confirmed' })])).toEqual([true]);
    expect(signals([one('a')])).toEqual([false]);
  });

  it.each(['suspected', 'ruled-out'] as const)('that is %s makes no group and carries no link', (kind) => {
    const bridge = one('b', { ...away(150, 0), class: kind });
    expect(groups([one('a'), bridge, one('c', away(300, 0))])).toEqual(['a', 'c']);
  });

  it('whose onset is after the day looked at is not there yet', () => {
    const cases = [one('a'), one('b', { onsetOn: '2022-09-05' })];
    expect(groups(cases, moh, '2022-09-04')).toEqual(['a']);
    expect(groups(cases, moh, '2022-09-05')).toEqual(['a+b']);
    expect(groups(cases, moh, '2022-08-31')).toEqual([]);
  });

  it.each([
    ['no position', { lng: null, lat: null }],
    ['a position known to 100 m', { accuracyMeters: 100 }],
    ['a position nobody vouches for', { accuracyMeters: null }],
  ])('with %s links to nobody, and is a group of its own', (_, more) => {
    expect(groups([one('a'), one('b', more), one('c', { ...more, class: 'confirmed' })])).toEqual(['a', 'b', 'c']);
    expect(signals([one('c', { ...more, class: 'confirmed' })])).toEqual([true]);
  });

  it('whose position is known to 99.9 m links', () => {
    expect(groups([one('a'), one('b', { accuracyMeters: 99.9 })])).toEqual(['a+b']);
  });
});

describe('a group', () => {
  it('is named by its earliest case, then by id, and lists its cases sorted', () => {
    const cases = [
      one('c'),
      one('b', { onsetOn: '2022-08-30' }),
      one('a', { onsetOn: '2022-08-30' }),
      one('10'),
      one('9'),
    ];
    expect(findOutbreaks(cases, moh, AT)).toMatchObject([{ id: 'a', caseIds: ['10', '9', 'a', 'b', 'c'] }]);
  });

  it('is watched up to 14 days after the last onset, and ended on the day after', () => {
    const cases = [one('a', { class: 'confirmed' }), one('b', { onsetOn: '2022-09-10' })];
    const on = (at: string) => findOutbreaks(cases, moh, at)[0];
    expect(on('2022-09-24')).toEqual({
      id: 'a',
      caseIds: ['a', 'b'],
      signal: true,
      state: 'watching',
      lastOnsetOn: '2022-09-10',
      expectedEndOn: '2022-09-24',
    });
    expect(on('2022-09-25')).toMatchObject({ state: 'ended' });
  });

  it('of no signal has no state', () => {
    expect(findOutbreaks([one('a')], moh, AT)).toMatchObject([{ state: null, expectedEndOn: '2022-09-15' }]);
  });
});

describe('the rule hcmc-2021', () => {
  const later = (days: string, more: Partial<OutbreakCase> = {}) => one('c', { onsetOn: days, ...more });
  const pair = [one('a'), one('b', { onsetOn: '2022-09-15' })];

  it('makes a signal of a pair of up to 14 days, and of no confirmed case alone', () => {
    expect(signals(pair, hcmc)).toEqual([true]);
    expect(signals([one('a', { class: 'confirmed' })], hcmc)).toEqual([false]);
  });

  it('takes a later case into an outbreak up to 30 days after', () => {
    expect(groups([...pair, later('2022-10-15')], hcmc)).toEqual(['a+b+c']);
    expect(groups([...pair, later('2022-10-16')], hcmc)).toEqual(['a+b', 'c']);
  });

  it('begins nothing by 30 days alone', () => {
    expect(groups([one('a'), later('2022-10-01')], hcmc)).toEqual(['a', 'c']);
  });

  it('takes nobody in backwards', () => {
    expect(groups([...pair, later('2022-08-10')], hcmc)).toEqual(['c', 'a+b'].sort());
  });

  it('goes on from a later case to another', () => {
    const chain = [...pair, later('2022-10-15'), one('d', { onsetOn: '2022-11-03' })];
    expect(groups(chain, hcmc)).toEqual(['a+b+c+d']);
  });

  it('joins two outbreaks where the later link from one leads into the other', () => {
    const other = [later('2022-10-10'), one('d', { onsetOn: '2022-10-12' })];
    expect(groups([...pair, ...other], hcmc)).toEqual(['a+b+c+d']);
    expect(groups([...pair, ...other], moh)).toEqual(['a+b', 'c+d']);
  });

  it('expects the end 28 days after the last onset', () => {
    expect(findOutbreaks(pair, hcmc, '2022-10-13')).toMatchObject([{ state: 'watching', expectedEndOn: '2022-10-13' }]);
    expect(findOutbreaks(pair, hcmc, '2022-10-14')).toMatchObject([{ state: 'ended' }]);
  });
});

it('no case is no group', () => {
  expect(findOutbreaks([], moh, AT)).toEqual([]);
});

it('a day that is none is refused', () => {
  expect(() => findOutbreaks([], moh, '2022-02-30')).toThrow(RangeError);
});

describe.each([moh, hcmc, { ...moh, signalDays: null, linkRadiusMeters: 35, linkDays: 3, laterLinkDays: 9 }])(
  'over random seasons, rule $id ($linkRadiusMeters m)',
  (rule) => {
    it('says what its twin says', () => {
      fc.assert(
        fc.property(anySeason(32), anyDay, (cases, at) => {
          expect(findOutbreaks(cases, rule, at)).toEqual(twinOutbreaks(cases, rule, at));
        }),
        { numRuns: 500 },
      );
    });

    it('says the same in any order', () => {
      const shuffled = anySeason(40).chain((cases) =>
        fc.tuple(fc.constant(cases), fc.shuffledSubarray(cases, { minLength: cases.length })),
      );
      fc.assert(
        fc.property(shuffled, ([cases, mixed]) => {
          expect(findOutbreaks(mixed, rule, AT)).toEqual(findOutbreaks(cases, rule, AT));
        }),
        { numRuns: 150 },
      );
    });
  },
);
