import { describe, expect, it } from 'vitest';
import {
  browserOf,
  cookieLine,
  endOf,
  hasEnded,
  hashToken,
  newToken,
  readCookie,
  shouldTouch,
} from '../../../server/accounts/session.ts';

const BEGUN = '2022-11-04T00:00:00.000Z';
const WEEK_LATER = '2022-11-11T00:00:00.000Z';
const times = { seenAt: BEGUN, expiresAt: WEEK_LATER };

describe('a session', () => {
  it.each([
    ['2022-11-04T07:59:59.999Z', false],
    ['2022-11-04T08:00:00.000Z', true],
  ])('unused since midnight has ended at %s: %s', (now, ended) => {
    expect(hasEnded(times, new Date(now))).toBe(ended);
  });

  it.each([
    ['2022-11-10T23:59:59.999Z', false],
    ['2022-11-11T00:00:00.000Z', true],
  ])('used all week has ended at %s: %s', (now, ended) => {
    expect(hasEnded({ seenAt: '2022-11-10T22:00:00.000Z', expiresAt: WEEK_LATER }, new Date(now))).toBe(ended);
  });

  it.each([
    ['2022-11-03T16:00:00.000Z', false],
    ['2022-11-03T15:59:59.999Z', true],
    ['2021-11-04T00:00:00.000Z', true],
  ])('is kept by a clock set back a little, and lengthened by none: at %s it has ended: %s', (now, ended) => {
    expect(hasEnded(times, new Date(now))).toBe(ended);
  });

  it('tells the earlier of its two ends', () => {
    expect(endOf({ seenAt: '2022-11-10T22:00:00.000Z', expiresAt: WEEK_LATER }).toISOString()).toBe(WEEK_LATER);
    expect(endOf(times).toISOString()).toBe('2022-11-04T08:00:00.000Z');
  });

  it('is marked as seen every five minutes, not at every request', () => {
    const after = (seconds: number) => shouldTouch(times, new Date(Date.parse(BEGUN) + seconds * 1000));
    expect([after(299), after(300)]).toEqual([false, true]);
  });
});

describe('a token', () => {
  it('is 32 bytes, never the same, and kept as its hash', () => {
    const [one, two] = [newToken(), newToken()];
    expect([one.length, one === two, hashToken(one)]).toEqual([43, false, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});

describe('the cookie', () => {
  const token = newToken();

  it('is out of reach of scripts and of other sites, and bound to the host over TLS', () => {
    expect(cookieLine('session', token, true)).toBe(
      `__Host-atlas-session=${token}; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict; Secure`,
    );
  });

  it('has no name that browsers take only over TLS where there is none', () => {
    expect(cookieLine('session', token, false)).toBe(
      `atlas-session=${token}; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict`,
    );
  });

  it('is read among others', () => {
    expect(readCookie(`a=1; atlas-session=${token}; b=2`, 'session', false)).toBe(token);
  });

  it.each([
    ['no cookie at all', undefined, false],
    ['a value that is no token', 'atlas-session=nonsense', false],
    ['the name without TLS, which a neighbour could have set', `atlas-session=${token}`, true],
  ])('is not read from %s', (_, header, secure) => {
    expect(readCookie(header, 'session', secure)).toBeUndefined();
  });
});

describe('a browser', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox · Linux'],
    ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36', 'Chrome · Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1', 'Safari · iOS'],
    ['curl/8.0', null],
    [undefined, null],
  ])('%s is %s', (agent, name) => {
    expect(browserOf(agent)).toBe(name);
  });
});
