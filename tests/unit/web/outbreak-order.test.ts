import { describe, expect, test } from 'vitest';
import {
  countsOf,
  daysLeft,
  dutiesOf,
  endReckoning,
  inOrder,
  outbreakFilter,
} from '../../../web/dengue/outbreaks/order.ts';

const one = (number: string, state: 'watching' | 'active' | 'ended', expectedEndOn = '2022-11-10') => ({
  number,
  state,
  expectedEndOn,
  endedOn: state === 'ended' ? expectedEndOn : null,
  openedOn: '2022-10-20',
  lastOnsetOn: '2022-10-27',
  wards: [{ key: '00100@1995-10-28', name: 'Quảng An' }],
});
const late = (number: string, daysLate: number) => ({ number, state: 'late', daysLate });
const numbers = (list: readonly { number: string }[]) => list.map(({ number }) => number);

describe('the list of outbreaks', () => {
  test('begins with what is late, the latest first, whatever its state', () => {
    const duties = dutiesOf([late('c', 1), late('b', 5), { number: 'a', state: 'due', daysLate: 0 }]);
    const list = [one('a', 'active'), one('b', 'watching'), one('c', 'ended')];
    expect(numbers(inOrder(list, duties))).toEqual(['b', 'c', 'a']);
  });

  test('then has the active, the watched, the ended', () => {
    const list = [one('a', 'ended'), one('b', 'watching'), one('c', 'active')];
    expect(numbers(inOrder(list, new Map()))).toEqual(['c', 'b', 'a']);
  });

  test('has what ends first before what ends later', () => {
    const list = [one('a', 'active', '2022-11-12'), one('b', 'active', '2022-11-08')];
    expect(numbers(inOrder(list, new Map()))).toEqual(['b', 'a']);
  });

  test('has the outbreak that ended last at the head of the ended ones', () => {
    const list = [one('a', 'ended', '2022-09-01'), one('b', 'ended', '2022-10-01')];
    expect(numbers(inOrder(list, new Map()))).toEqual(['b', 'a']);
  });

  test('is not sorted in place', () => {
    const list = [one('a', 'ended'), one('b', 'active')];
    inOrder(list, new Map());
    expect(numbers(list)).toEqual(['a', 'b']);
  });
});

test('the late steps of one outbreak are counted together', () => {
  expect(dutiesOf([late('a', 2), late('a', 4)]).get('a')).toEqual({ late: 2, daysLate: 4 });
});

describe('a filter', () => {
  const duties = dutiesOf([late('a', 1)]);
  const left = (choice: { state: string; ward: string }) =>
    numbers([one('a', 'active'), one('b', 'watching'), one('c', 'ended')].filter(outbreakFilter(choice, duties)));

  test.each([
    ['', ['a', 'b', 'c']],
    ['open', ['a', 'b']],
    ['late', ['a']],
    ['ended', ['c']],
  ])('of state "%s" leaves %s', (state, expected) => {
    expect(left({ state, ward: '' })).toEqual(expected);
  });

  test('of another ward leaves nothing', () => {
    expect(left({ state: '', ward: '00109@1995-10-28' })).toEqual([]);
  });
});

describe('the counts of the week', () => {
  const at = '2022-11-04';

  test('take the week from Monday', () => {
    expect(countsOf([], at)).toMatchObject({ from: '2022-10-31', to: '2022-11-06' });
  });

  test('count an outbreak opened on Monday as new, and one opened on Sunday not', () => {
    const list = [
      { state: 'active' as const, openedOn: '2022-10-31', endedOn: null },
      { state: 'active' as const, openedOn: '2022-10-30', endedOn: null },
    ];
    expect(countsOf(list, at)).toMatchObject({ opened: 1, active: 2 });
  });

  test('count as ended what ended this week only', () => {
    const list = [
      { state: 'ended' as const, openedOn: '2022-09-01', endedOn: '2022-11-01' },
      { state: 'ended' as const, openedOn: '2022-09-01', endedOn: '2022-10-01' },
    ];
    expect(countsOf(list, at)).toMatchObject({ ended: 1, watching: 0 });
  });
});

describe('the expected end', () => {
  test('is counted from the last onset', () => {
    expect(endReckoning(one('a', 'active'))).toEqual({ from: '2022-10-27', days: 14 });
  });

  test('is counted from the day it was opened where no case is known', () => {
    expect(endReckoning({ ...one('a', 'active'), lastOnsetOn: null, openedOn: '2022-10-30' })).toEqual({
      from: '2022-10-30',
      days: 11,
    });
  });

  test('leaves no day on its last day', () => {
    expect(daysLeft(one('a', 'active'), '2022-11-10')).toBe(0);
  });
});
