/** What a request tells of the one who asks: cookies, address, browser. Hono lives here and in the routes only. */
import type { Context } from 'hono';
import type { AppEnv } from '../platform/http.ts';
import { addressOf, isSecure } from '../platform/origin.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Env } from '../env.ts';
import type { User } from './permission.ts';
import { browserOf, cookieLine, readCookie } from './session.ts';

type AppContext = Context<AppEnv>;
type Settings = Pick<Env, 'tls' | 'trustProxy'>;

const headerOf = (c: AppContext) => (name: string) => c.req.header(name);
const secure = (c: AppContext, env: Settings) => isSecure(headerOf(c), env.tls !== null, env.trustProxy);

export const sessionToken = (c: AppContext, env: Settings): string | undefined =>
  readCookie(c.req.header('cookie'), 'session', secure(c, env));

export const fromOf = (c: AppContext, env: Settings) => ({
  address: addressOf(headerOf(c), c.env?.incoming?.socket?.remoteAddress, env.trustProxy),
  browser: browserOf(c.req.header('user-agent')),
  deviceToken: readCookie(c.req.header('cookie'), 'device', secure(c, env)),
  sessionToken: sessionToken(c, env),
});

export function setCookies(c: AppContext, env: Settings, begun: { token: string; deviceToken: string }): void {
  c.header('set-cookie', cookieLine('session', begun.token, secure(c, env)));
  c.header('set-cookie', cookieLine('device', begun.deviceToken, secure(c, env)), { append: true });
}

/** The browser stays known: whoever signs out here will sign in here again. */
export function dropSession(c: AppContext, env: Settings): void {
  c.header('set-cookie', cookieLine('session', null, secure(c, env)));
}

/** The account that asks; the permission of the route has seen to it that there is one. */
export function userOf(c: AppContext): User {
  const { actor } = c.var;
  if (actor.kind !== 'user') throw new Refusal(401, 'signed_out');
  return actor;
}
