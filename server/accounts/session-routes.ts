import { z } from 'zod';
import type { Context } from 'hono';
import { createRouter, requireVersion, route, visitorOf, type AppEnv, type Asked } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Accounts } from './account.ts';
import {
  changePasswordSchema,
  demoAccountsSchema,
  endedSessionsSchema,
  linkSchema,
  lookAtLinkSchema,
  ownSessionListSchema,
  profileSchema,
  sessionSchema,
  signInSchema,
  useLinkSchema,
  userSchema,
} from './contract.ts';
import { demoPassword } from './demo.ts';
import { changePassword, lookAtLink, updateProfile, useLink } from './own-actions.ts';
import { dropSession, fromOf, sessionToken, setCookies, userOf } from './request.ts';
import {
  actorOfToken,
  endOtherSessions,
  endOwnSession,
  ownSessions,
  sessionOfToken,
  signIn,
  signOut,
  VISITOR_SESSION,
} from './session-actions.ts';
import { demoUsers } from './user-actions.ts';

/** Who sends this request. Without a cookie nothing is looked up. */
export const whoAsks =
  (accounts: Accounts) =>
  async (c: Context<AppEnv>): Promise<Asked> => {
    const token = sessionToken(c, accounts.env);
    const visitor = visitorOf(accounts.env);
    if (token === undefined) return { actor: visitor, ended: false };
    const actor = await actorOfToken(accounts, token);
    return { actor: actor ?? visitor, ended: actor === null };
  };

const current = route({
  method: 'get',
  path: '/api/session',
  permission: 'session.open',
  summary: 'Who one is and what one may do; a visitor is `user: null`',
  responses: gives('The session', sessionSchema),
});
const begin = route({
  method: 'post',
  path: '/api/session',
  permission: 'session.open',
  summary: 'Signs in; the session comes as a cookie',
  request: { body: body(signInSchema) },
  responses: gives('The new session', sessionSchema),
});
const end = route({
  method: 'delete',
  path: '/api/session',
  permission: 'session.open',
  summary: 'Signs out; harmless without a session',
  responses: gives('A visitor again', sessionSchema),
});
const demo = route({
  method: 'get',
  path: '/api/session/demo-accounts',
  permission: 'session.open',
  summary: 'The accounts of the demo and their one password; 404 everywhere else',
  responses: gives('The accounts', demoAccountsSchema),
});
const look = route({
  method: 'post',
  path: '/api/session/link',
  permission: 'session.open',
  summary: 'What a one-time link is for; does not use it',
  request: { body: body(lookAtLinkSchema) },
  responses: gives('The link', linkSchema),
});
const use = route({
  method: 'post',
  path: '/api/session/link/use',
  permission: 'session.open',
  summary: 'Uses a one-time link: sets the password, or makes the first administrator, and signs in',
  request: { body: body(useLinkSchema) },
  responses: gives('The new session', sessionSchema),
});
const profile = route({
  method: 'patch',
  path: '/api/session/profile',
  permission: 'session.own',
  summary: "Changes one's own name or unit",
  request: { headers: ifMatch, body: body(profileSchema) },
  responses: gives('The account as it stands now', userSchema),
});
const password = route({
  method: 'post',
  path: '/api/session/password',
  permission: 'session.own',
  summary: 'Changes the password; a new session takes the place of all the old ones',
  request: { body: body(changePasswordSchema) },
  responses: gives('The new session', sessionSchema),
});
const list = route({
  method: 'get',
  path: '/api/sessions',
  permission: 'session.own',
  summary: "One's own sessions",
  responses: gives('The sessions, newest first', ownSessionListSchema),
});
const endOthers = route({
  method: 'delete',
  path: '/api/sessions',
  permission: 'session.own',
  summary: "Ends all of one's own sessions but this one",
  responses: gives('How many ended', endedSessionsSchema),
});
const endOne = route({
  method: 'delete',
  path: '/api/sessions/{id}',
  permission: 'session.own',
  summary: "Ends one of one's own sessions",
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: gives('It ended', endedSessionsSchema),
});

export const sessionRoutes = (accounts: Accounts) => {
  const { env } = accounts;
  return createRouter()
    .openapi(current, async (c) => {
      const token = sessionToken(c, env);
      // A cookie of a session that has ended stays: this answer may come after the one of a new sign-in, whose cookie
      // it would take away.
      const words = c.var.actor.kind === 'user' && token ? await sessionOfToken(accounts, token) : null;
      return c.json(words ?? VISITOR_SESSION(visitorOf(env)), 200);
    })
    .openapi(begin, async (c) => {
      const begun = await signIn(accounts, c.req.valid('json'), fromOf(c, env));
      setCookies(c, env, begun);
      return c.json(begun.words, 200);
    })
    .openapi(end, async (c) => {
      await signOut(accounts, c.var.actor);
      dropSession(c, env);
      return c.json(VISITOR_SESSION(visitorOf(env)), 200);
    })
    .openapi(demo, async (c) => {
      if (!env.demo) throw new Refusal(404, 'unknown_route');
      const items = (await demoUsers(accounts)).map(({ username, displayName, unit, roles, scope }) => ({
        username,
        displayName,
        unit,
        roles,
        scope,
      }));
      return c.json({ password: demoPassword, items }, 200);
    })
    .openapi(look, async (c) => c.json(await lookAtLink(accounts, c.req.valid('json').token), 200))
    .openapi(use, async (c) => {
      const begun = await useLink(accounts, c.req.valid('json'), fromOf(c, env));
      setCookies(c, env, begun);
      return c.json(begun.words, 200);
    })
    .openapi(profile, async (c) => {
      const version = requireVersion(c);
      return c.json(await updateProfile(accounts, userOf(c), version, c.req.valid('json')), 200);
    })
    .openapi(password, async (c) => {
      const begun = await changePassword(accounts, userOf(c), c.req.valid('json'), fromOf(c, env));
      setCookies(c, env, begun);
      return c.json(begun.words, 200);
    })
    .openapi(list, async (c) => c.json({ items: await ownSessions(accounts, userOf(c)), nextCursor: null }, 200))
    .openapi(endOthers, async (c) => c.json({ ended: await endOtherSessions(accounts, userOf(c)) }, 200))
    .openapi(endOne, async (c) => {
      const { id } = c.req.valid('param');
      const actor = userOf(c);
      const ended = await endOwnSession(accounts, actor, id);
      if (id === actor.sessionId) dropSession(c, env);
      return c.json({ ended }, 200);
    });
};
