import { z } from 'zod';
import { atQuery, unitsQuery } from '../platform/contract.ts';
import { createRouter, requireVersion, route } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import {
  declareOutbreakSchema,
  editOutbreakSchema,
  historySchema,
  markOutbreakSchema,
  outbreakListSchema,
  outbreakQuerySchema,
  outbreakSchema,
  plainVerbSchema,
  rulesComparedSchema,
  rulesSchema,
  switchRuleSchema,
} from './contract.ts';
import {
  declareOutbreak,
  editOutbreak,
  joinOutbreak,
  keepOutbreakApart,
  markOutbreak,
  switchRule,
  undoDeclaration,
} from './decide-actions.ts';
import { compareRules, historyOf, oneOutbreak, outbreakPage, rulesOf } from './read-actions.ts';

const params = z.object({ number: z.string().max(30) });
const day = atQuery.extend(unitsQuery.shape);
const stands = gives('The outbreak as it stands now', outbreakSchema);

const list = route({
  method: 'get',
  path: '/api/dengue/outbreaks',
  permission: 'outbreak.read',
  summary: 'The outbreaks of a day; of cases out of scope only how many there are',
  request: { query: outbreakQuerySchema },
  responses: gives('A page, latest number first', outbreakListSchema),
});
const one = route({
  method: 'get',
  path: '/api/dengue/outbreaks/{number}',
  permission: 'outbreak.read',
  summary: 'One outbreak with its links, by its number or one merged into it',
  request: { params, query: day },
  responses: gives('The outbreak', outbreakSchema),
});
const history = route({
  method: 'get',
  path: '/api/dengue/outbreaks/{number}/history',
  permission: 'outbreak.read',
  summary: 'Why it opened and what became of it',
  request: { params },
  responses: gives('Oldest first', historySchema),
});
const mark = route({
  method: 'post',
  path: '/api/dengue/outbreaks',
  permission: 'outbreak.write',
  summary: 'Marks an outbreak directly, by a place or a drawn shape',
  request: { body: body(markOutbreakSchema) },
  responses: gives('The outbreak, with its number', outbreakSchema),
});
const edit = route({
  method: 'patch',
  path: '/api/dengue/outbreaks/{number}',
  permission: 'outbreak.write',
  summary: 'Corrects what was told of it',
  request: { params, headers: ifMatch, body: body(editOutbreakSchema) },
  responses: stands,
});
const declare = route({
  method: 'post',
  path: '/api/dengue/outbreaks/{number}/declare',
  permission: 'outbreak.write',
  summary: 'Declares a signal an outbreak, with a written reason',
  request: { params, headers: ifMatch, body: body(declareOutbreakSchema) },
  responses: stands,
});
const plain = <const P extends string>(path: P, summary: string) =>
  route({
    method: 'post',
    path,
    permission: 'outbreak.write',
    summary,
    request: { params, headers: ifMatch, body: body(plainVerbSchema) },
    responses: stands,
  });
const undo = plain('/api/dengue/outbreaks/{number}/undo-declaration', 'Takes a declaration back');
const join = plain(
  '/api/dengue/outbreaks/{number}/join',
  'Joins one marked directly to the computed groups it overlaps',
);
const apart = plain(
  '/api/dengue/outbreaks/{number}/keep-apart',
  'Keeps one marked directly apart from the computed ones',
);

const rules = route({
  method: 'get',
  path: '/api/dengue/rules',
  permission: 'outbreak.read',
  summary: 'The outbreak rules with their sources, and the one in force',
  responses: gives('Rules', rulesSchema),
});
const compare = route({
  method: 'get',
  path: '/api/dengue/rules/compare',
  permission: 'outbreak.read',
  summary: 'What each rule makes of the same cases on a day',
  request: { query: day },
  responses: gives('Side by side', rulesComparedSchema),
});
const current = route({
  method: 'put',
  path: '/api/dengue/rules/current',
  permission: 'rule.switch',
  summary: 'Chooses the rule of the whole district',
  request: { headers: ifMatch, body: body(switchRuleSchema) },
  responses: gives('Rules', rulesSchema),
});

/** Nothing here has an ETag or may be kept by a cache: every answer is cut to its reader. */
export const outbreakRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => c.json(await outbreakPage(services, c.req.valid('query'), c.var.actor), 200))
    .openapi(mark, async (c) => c.json(await markOutbreak(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(one, async (c) =>
      c.json(await oneOutbreak(services, c.req.valid('param').number, c.var.actor, c.req.valid('query')), 200),
    )
    .openapi(history, async (c) => c.json(await historyOf(services, c.req.valid('param').number, c.var.actor), 200))
    .openapi(edit, async (c) => {
      const [{ number }, version] = [c.req.valid('param'), requireVersion(c)];
      return c.json(await editOutbreak(services, number, version, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(declare, async (c) => {
      const [{ number }, version] = [c.req.valid('param'), requireVersion(c)];
      return c.json(await declareOutbreak(services, number, version, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(undo, async (c) => {
      const [{ number }, { changeId }] = [c.req.valid('param'), c.req.valid('json')];
      return c.json(await undoDeclaration(services, number, requireVersion(c), changeId, c.var.actor), 200);
    })
    .openapi(join, async (c) => {
      const [{ number }, { changeId }] = [c.req.valid('param'), c.req.valid('json')];
      return c.json(await joinOutbreak(services, number, requireVersion(c), changeId, c.var.actor), 200);
    })
    .openapi(apart, async (c) => {
      const [{ number }, { changeId }] = [c.req.valid('param'), c.req.valid('json')];
      return c.json(await keepOutbreakApart(services, number, requireVersion(c), changeId, c.var.actor), 200);
    })
    .openapi(rules, async (c) => c.json(await rulesOf(services), 200))
    .openapi(compare, async (c) => c.json(await compareRules(services, c.var.actor, c.req.valid('query')), 200))
    .openapi(current, async (c) =>
      c.json(await switchRule(services, requireVersion(c), c.req.valid('json'), c.var.actor), 200),
    );
