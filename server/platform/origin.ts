/** Where a request comes from: its address, whether it came over TLS, and whether our own page sent it. */

type Header = (name: string) => string | undefined;

/**
 * The address of whoever asks. Behind a proxy of ours the last of X-Forwarded-For, which that proxy wrote; the ones
 * before it were written by anybody.
 */
export function addressOf(header: Header, socketAddress: string | undefined, trustProxy: boolean): string {
  const forwarded = trustProxy ? header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || socketAddress || 'unknown';
}

/** This machine itself, or nobody told (`app.request()`). */
export const isLoopback = (address: string): boolean =>
  /^(::ffff:)?127\.|^(0:0:0:0(:0:0:0:1)?|::1|unknown)$/i.test(address);

const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'x-real-ip', 'via'];

/**
 * Does somebody on this very machine ask, through no proxy? A proxy here has a loopback address too: it gives itself
 * away by what it forwards, or by the name it asks for.
 */
export function isLocal(header: Header, socketAddress: string | undefined): boolean {
  if (socketAddress === undefined || !isLoopback(socketAddress)) return false;
  if (FORWARDED.some((name) => header(name) !== undefined)) return false;
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(header('host') ?? '');
}

/** An IPv6 household has a whole /64 to try from; IPv4 inside IPv6 is itself. */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (v4) return v4[1] as string;
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.toLowerCase().split('%')[0] as string).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(zeros).fill('0'), ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Did the browser use TLS, to us or to our proxy? */
export const isSecure = (header: Header, ownTls: boolean, trustProxy: boolean): boolean =>
  ownTls || (trustProxy && header('x-forwarded-proto')?.split(',').at(-1)?.trim() === 'https');

/**
 * May this write be ours? What a browser says about the sender cannot be forged by a page: `Sec-Fetch-Site` (sent over
 * TLS and to this machine), else `Origin` against the host that was asked. Neither = no browser, and no cookie of one.
 */
export function isOwnPage(header: Header, trustProxy: boolean): boolean {
  const site = header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = header('origin');
  if (origin === undefined) return true;
  const host = (trustProxy ? header('x-forwarded-host')?.split(',').at(-1)?.trim() : undefined) ?? header('host');
  return host !== undefined && hostOf(origin) === host.toLowerCase();
}

/** `https://Atlas.vn:8443` -> `atlas.vn:8443`; `null` and what is no origin -> nothing. */
const hostOf = (origin: string): string | undefined => /^https?:\/\/([^/\s]+)$/i.exec(origin)?.[1]?.toLowerCase();
