import { describe, expect, it } from 'vitest';
import { addressOf, isOwnPage, isSecure } from '../../../server/platform/origin.ts';

const headers = (values: Record<string, string>) => (name: string) => values[name];

describe('a write is our own page’s', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://atlas', host: 'atlas' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ origin: 'http://atlas:8080', host: 'atlas:8080' }, true],
    [{ origin: 'https://ATLAS', host: 'atlas' }, true],
    [{ origin: 'http://evil', host: 'atlas' }, false],
    [{ origin: 'http://atlas:8081', host: 'atlas:8080' }, false],
    [{ origin: 'http://atlas.evil', host: 'atlas' }, false],
    [{ origin: 'null', host: 'atlas' }, false],
    [{ origin: 'http://evil', host: 'atlas', 'x-forwarded-host': 'evil' }, false],
    [{}, true],
  ])('%j: %s', (values, own) => {
    expect(isOwnPage(headers(values as Record<string, string>), false)).toBe(own);
  });

  it('also behind a proxy that gives us another host', () => {
    const values = headers({ origin: 'https://atlas.vn', host: '127.0.0.1:8080', 'x-forwarded-host': 'atlas.vn' });
    expect([isOwnPage(values, true), isOwnPage(values, false)]).toEqual([true, false]);
  });
});

describe('an address', () => {
  const forwarded = headers({ 'x-forwarded-for': '198.51.100.9, 192.0.2.7' });

  it('is what our proxy wrote, not what the reader wrote before it', () => {
    expect(addressOf(forwarded, '127.0.0.1', true)).toBe('192.0.2.7');
  });

  it('is the socket’s where no proxy is trusted', () => {
    expect(addressOf(forwarded, '203.0.113.5', false)).toBe('203.0.113.5');
  });
});

describe('TLS', () => {
  it('is believed of a proxy only where it is trusted', () => {
    const proxied = headers({ 'x-forwarded-proto': 'https' });
    expect([
      isSecure(proxied, false, true),
      isSecure(proxied, false, false),
      isSecure(headers({}), true, false),
    ]).toEqual([true, false, true]);
  });
});
