/** When a session ends, what its cookies look like, and how a token is kept. */
import { createHash, randomBytes } from 'node:crypto';

/** Without a request for so long, a session has ended. */
export const IDLE_MS = 8 * 3_600_000;
/** However much it is used. */
export const ABSOLUTE_MS = 7 * 86_400_000;
/** `seen_at` is written no more often than this: a read should not cost a write. */
export const SEEN_STEP_MS = 300_000;
/** A browser is known for so long after its last sign-in. */
export const DEVICE_MS = 180 * 86_400_000;

export interface SessionTimes {
  seenAt: string;
  expiresAt: string;
}

/** The instant a session ends if nothing more is asked: the earlier of its idle and its absolute end. */
export const endOf = ({ seenAt, expiresAt }: SessionTimes): Date =>
  new Date(Math.min(Date.parse(seenAt) + IDLE_MS, Date.parse(expiresAt)));

/**
 * At its very end it has ended; and so it has when it was last seen further ahead than it may be idle: the clock was
 * wrong then or is now, and its end could be any time away. A clock set back by less keeps it, and by no more.
 */
export const hasEnded = (times: SessionTimes, now: Date): boolean =>
  now >= endOf(times) || Date.parse(times.seenAt) - now.getTime() > IDLE_MS;

export const shouldTouch = ({ seenAt }: SessionTimes, now: Date): boolean =>
  now.getTime() - Date.parse(seenAt) >= SEEN_STEP_MS;

/** 32 random bytes as base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const cookieNames = { session: 'atlas-session', device: 'atlas-device' } as const;
type CookieName = keyof typeof cookieNames;

/** With TLS the name is `__Host-…`: the browser then takes it from this very host only, over TLS only (RFC 6265bis). */
export const cookieName = (name: CookieName, secure: boolean): string =>
  `${secure ? '__Host-' : ''}${cookieNames[name]}`;

/** `value: null` = forget it. */
export function cookieLine(name: CookieName, value: string | null, secure: boolean): string {
  const seconds = Math.floor((name === 'session' ? ABSOLUTE_MS : DEVICE_MS) / 1000);
  return [
    `${cookieName(name, secure)}=${value ?? ''}`,
    `Max-Age=${value === null ? 0 : seconds}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    ...(secure ? ['Secure'] : []),
  ].join('; ');
}

/** The token a request carries, or `undefined`. What is no token of ours (43 signs of base64url) is none. */
export function readCookie(header: string | undefined, name: CookieName, secure: boolean): string | undefined {
  const wanted = cookieName(name, secure);
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at < 0 || part.slice(0, at).trim() !== wanted) continue;
    const value = part.slice(at + 1).trim();
    return /^[\w-]{43}$/.test(value) ? value : undefined;
  }
  return undefined;
}

const BROWSERS = [
  ['Edge', /Edg/],
  ['Cốc Cốc', /coc_coc/],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrom(e|ium)|CriOS/],
  ['Safari', /Safari/],
] as const;
const SYSTEMS = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const;

/** `Firefox · Linux`, enough to know one's own; `null` when neither is recognised. */
export function browserOf(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const found = [BROWSERS, SYSTEMS].flatMap((names) => names.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? []);
  return found.length > 0 ? found.join(' · ') : null;
}
