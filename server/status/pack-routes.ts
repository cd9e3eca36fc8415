import { z } from 'zod';
import { listOf } from '../platform/contract.ts';
import { createRouter, replyJson, requireVersion, route } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import {
  checkPackFile,
  discardDraft,
  listPacks,
  publishPack,
  readDraft,
  readPack,
  saveDraft,
  withdrawPack,
} from './pack-actions.ts';
import {
  checkedPackSchema,
  discardDraftSchema,
  PACK_LIMIT_BYTES,
  packDraftSchema,
  packSchema,
  packSummarySchema,
  publishPackSchema,
  saveDraftSchema,
  withdrawPackSchema,
} from './pack-contract.ts';

const params = z.object({ id: z.string().max(100) });
const versionQuery = z.object({ version: z.coerce.number().int().min(1).optional() });

const list = route({
  method: 'get',
  path: '/api/packs',
  permission: 'public.read',
  summary: 'Every criteria pack with its versions and the days each of them judges',
  responses: gives('The packs, those in force first', listOf(packSummarySchema)),
});
const one = route({
  method: 'get',
  path: '/api/packs/{id}',
  permission: 'public.read',
  summary: 'A criteria pack: its criteria, indicators, targets and their sources',
  request: { params, query: versionQuery },
  responses: gives('The pack, as it stands today or in the version asked for', packSchema),
});
const file = route({
  method: 'get',
  path: '/api/packs/{id}/file.json',
  permission: 'public.read',
  summary: 'The same as a file to be edited and uploaded again',
  request: { params, query: versionQuery },
  responses: gives('The pack', packSchema),
});
const check = route({
  method: 'post',
  path: '/api/packs/check',
  permission: 'pack.write',
  summary: 'Reads a pack from a JSON file and says what is wrong with it, by path. Writes nothing',
  upload: { maxBytes: PACK_LIMIT_BYTES, types: ['*'] },
  responses: gives('What the file says', checkedPackSchema),
});
const draft = route({
  method: 'get',
  path: '/api/packs/{id}/draft',
  permission: 'pack.write',
  summary: 'The draft of a pack’s next version, and what it is held against',
  request: { params },
  responses: gives('The draft', packDraftSchema),
});
const save = route({
  method: 'put',
  path: '/api/packs/{id}/draft',
  permission: 'pack.write',
  summary: 'Keeps a draft of a pack, faults and all; If-Match: 0 where there was none',
  request: { params, headers: ifMatch, body: body(saveDraftSchema) },
  responses: gives('The draft as it stands now', packDraftSchema),
});
const discard = route({
  method: 'post',
  path: '/api/packs/{id}/draft/discard',
  permission: 'pack.write',
  summary: 'Throws a draft away',
  request: { params, headers: ifMatch, body: body(discardDraftSchema) },
  responses: gives('That there is none', packDraftSchema),
});
const publish = route({
  method: 'post',
  path: '/api/packs/{id}/versions',
  permission: 'pack.write',
  summary: 'Publishes the draft as the next version, judging from a day on',
  request: { params, headers: ifMatch, body: body(publishPackSchema) },
  responses: gives('The pack with its versions', packSummarySchema),
});
const withdraw = route({
  method: 'put',
  path: '/api/packs/{id}/withdrawal',
  permission: 'pack.write',
  summary: 'Withdraws a pack from a day on, or puts it back',
  request: { params, headers: ifMatch, body: body(withdrawPackSchema) },
  responses: gives('The pack with its versions', packSummarySchema),
});

export const packRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => replyJson(c, { items: await listPacks(services, c.var.actor), nextCursor: null }))
    .openapi(check, async (c) => c.json(await checkPackFile(services, new Uint8Array(await c.req.arrayBuffer())), 200))
    .openapi(one, async (c) =>
      replyJson(c, await readPack(services, c.req.valid('param').id, c.req.valid('query').version)),
    )
    .openapi(file, async (c) => {
      const { id } = c.req.valid('param');
      const { version, ...pack } = await readPack(services, id, c.req.valid('query').version);
      return c.body(`${JSON.stringify(pack, null, 2)}\n`, 200, {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="${pack.id}-v${version ?? 1}.json"`,
        'cache-control': 'no-cache',
      }) as never;
    })
    .openapi(draft, async (c) => c.json(await readDraft(services, c.req.valid('param').id, c.var.actor), 200))
    .openapi(save, async (c) => {
      const version = requireVersion(c);
      return c.json(await saveDraft(services, c.req.valid('param').id, version, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(discard, async (c) => {
      const version = requireVersion(c);
      return c.json(
        await discardDraft(services, c.req.valid('param').id, version, c.req.valid('json'), c.var.actor),
        200,
      );
    })
    .openapi(publish, async (c) => {
      const version = requireVersion(c);
      return c.json(
        await publishPack(services, c.req.valid('param').id, version, c.req.valid('json'), c.var.actor),
        200,
      );
    })
    .openapi(withdraw, async (c) => {
      const revision = requireVersion(c);
      return c.json(
        await withdrawPack(services, c.req.valid('param').id, revision, c.req.valid('json'), c.var.actor),
        200,
      );
    });
