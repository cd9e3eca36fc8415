import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf, levelAt, limits, waitSeconds } from '../../../server/accounts/throttle.ts';
import { networkOf } from '../../../server/platform/origin.ts';

const AT = new Date('2022-11-04T03:00:00.000Z');
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const { pair } = limits;

describe('a bucket', () => {
  it('holds five tries and then asks to wait for one to run out: three minutes', () => {
    const waits = [0, 1, 2, 3, 4, 5].map((level) => waitSeconds(level, pair));
    expect(waits).toEqual([0, 0, 0, 0, 0, 180]);
  });

  it('is empty after its window', () => {
    expect(levelAt({ level: 5, at: AT }, pair, later(15 * 60))).toBe(0);
  });

  it('stays as it was when the clock jumps back', () => {
    expect(levelAt({ level: 3, at: AT }, pair, later(-15 * 60))).toBe(3);
  });

  it('locks nobody out for as long as a clock was ahead: of a time beyond its window it says nothing', () => {
    expect(levelAt({ level: 5, at: AT }, pair, later(-15 * 60 - 1))).toBe(0);
  });

  it('that says how long to wait lets the next try in after just that', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5, noNaN: true }), (level) => {
        const wait = waitSeconds(level, pair);
        expect(waitSeconds(levelAt({ level, at: AT }, pair, later(wait)), pair)).toBe(0);
      }),
    );
  });

  it('gives an attacker no more than a hundred tries an hour on one account, however many places they come from', () => {
    let tries = 0;
    let bucket = { level: 0, at: AT };
    for (let second = 0; second < 3600; second++) {
      const level = levelAt(bucket, limits.account, later(second));
      if (waitSeconds(level, limits.account) > 0) continue;
      tries += 1;
      bucket = { level: level + 1, at: later(second) };
    }
    expect(tries).toBeLessThanOrEqual(100);
    expect(tries).toBeGreaterThan(90);
  });
});

describe('what a try is counted by', () => {
  const keys = (...args: Parameters<typeof bucketsOf>) => bucketsOf(...args).map(({ name }) => name);

  it('is its account at its address, its address and its account', () => {
    expect(keys('an', '192.0.2.1', null)).toEqual(['pair', 'address', 'account']);
  });

  it('is nothing but a known browser, which no stranger can fill', () => {
    expect(keys('an', '192.0.2.1', 'hash')).toEqual(['device']);
  });

  it('does not show what was typed', () => {
    expect(JSON.stringify(bucketsOf('mật khẩu gõ nhầm', '192.0.2.1', null))).not.toMatch(/gõ nhầm|192/);
  });

  it('does not run names and addresses into one another', () => {
    const [one] = bucketsOf('a', 'b', null);
    const [two] = bucketsOf('a"b', '', null);
    expect(one?.key).not.toBe(two?.key);
  });
});

describe('an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['unknown', 'unknown'],
  ])('%s belongs to %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
