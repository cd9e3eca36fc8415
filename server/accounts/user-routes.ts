import { z } from 'zod';
import { createRouter, requireVersion, route } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Accounts } from './account.ts';
import {
  addUserSchema,
  issueLinkSchema,
  updateUserSchema,
  userListSchema,
  userSchema,
  userWithLinkSchema,
} from './contract.ts';
import { nameOfActor } from './permission.ts';
import { addUser, issueLink, oneUser, updateUser, userPage } from './user-actions.ts';

const params = z.object({ id: z.string().max(100) });

const list = route({
  method: 'get',
  path: '/api/users',
  permission: 'users.manage',
  summary: 'The accounts, in the order of usernames',
  request: {
    query: z.object({
      cursor: z.string().min(1).max(100).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
  },
  responses: gives('A page', userListSchema),
});
const one = route({
  method: 'get',
  path: '/api/users/{id}',
  permission: 'users.manage',
  summary: 'One account; its `version` is what a write names in If-Match',
  request: { params },
  responses: gives('The account', userSchema),
});
const add = route({
  method: 'post',
  path: '/api/users',
  permission: 'users.manage',
  summary: 'Adds an account and gives the link by which its owner chooses a password',
  request: { body: body(addUserSchema) },
  responses: gives('The account and its link', userWithLinkSchema),
});
const update = route({
  method: 'patch',
  path: '/api/users/{id}',
  permission: 'users.manage',
  summary: 'Changes an account; new roles, a new scope and disabling end its sessions',
  request: {
    params,
    headers: ifMatch,
    body: body(updateUserSchema),
  },
  responses: gives('The account as it stands now', userSchema),
});
const link = route({
  method: 'post',
  path: '/api/users/{id}/link',
  permission: 'users.manage',
  summary: 'A one-time link to choose a new password; ends the sessions of the account',
  request: { params, body: body(issueLinkSchema) },
  responses: gives('The account and its link', userWithLinkSchema),
});

export const userRoutes = (accounts: Accounts) =>
  createRouter()
    .openapi(list, async (c) => {
      const { cursor = '', limit } = c.req.valid('query');
      return c.json(await userPage(accounts, cursor, limit), 200);
    })
    .openapi(one, async (c) => c.json(await oneUser(accounts, c.req.valid('param').id), 200))
    .openapi(add, async (c) => c.json(await addUser(accounts, c.req.valid('json'), nameOfActor(c.var.actor)), 200))
    .openapi(update, async (c) => {
      const version = requireVersion(c);
      const { id } = c.req.valid('param');
      return c.json(await updateUser(accounts, id, version, c.req.valid('json'), nameOfActor(c.var.actor)), 200);
    })
    .openapi(link, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await issueLink(accounts, id, c.req.valid('json').changeId, nameOfActor(c.var.actor)), 200);
    });
