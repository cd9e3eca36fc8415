import { z } from 'zod';
import { listOf } from '../platform/contract.ts';
import { createRouter, route } from '../platform/http.ts';
import type { Services } from '../platform/services.ts';
import { compareSnapshots, freezeDay, listSnapshots, readSnapshot, rebuildSnapshot } from './actions.ts';
import { comparedSchema, freezeSchema, rebuiltSchema, snapshotSchema, wholeSnapshotSchema } from './contract.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const number = z.coerce.number().int().min(1).max(1_000_000);
const params = z.object({ number });

const list = route({
  method: 'get',
  path: '/api/meeting/snapshots',
  permission: 'meeting.read',
  summary: 'The days frozen for meetings, newest first',
  responses: { 200: { description: 'Snapshots without their content', ...json(listOf(snapshotSchema)) } },
});
const freeze = route({
  method: 'post',
  path: '/api/meeting/snapshots',
  permission: 'meeting.freeze',
  summary: 'Freezes a day under the next number, for good',
  request: { body: { required: true, ...json(freezeSchema) } },
  responses: { 200: { description: 'The snapshot', ...json(snapshotSchema) } },
});
const read = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}',
  permission: 'meeting.read',
  summary: 'A frozen day: status of every ward, pack and tasks',
  request: { params },
  responses: { 200: { description: 'The snapshot', ...json(wholeSnapshotSchema) } },
});
const compare = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}/changes',
  permission: 'meeting.read',
  summary: 'What changed since an earlier snapshot, by default the one before',
  request: { params, query: z.object({ since: number.optional() }) },
  responses: { 200: { description: 'The difference, by ward and task', ...json(comparedSchema) } },
});
const rebuild = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}/rebuilt',
  permission: 'meeting.read',
  summary: 'Makes a snapshot again from the tables and says whether it is the same, byte by byte',
  request: { params },
  responses: { 200: { description: 'The digest of what was made', ...json(rebuiltSchema) } },
});

export const meetingRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => c.json({ items: await listSnapshots(services), nextCursor: null }, 200))
    .openapi(freeze, async (c) => c.json(await freezeDay(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(read, async (c) => c.json(await readSnapshot(services, c.req.valid('param').number), 200))
    .openapi(compare, async (c) =>
      c.json(await compareSnapshots(services, c.req.valid('param').number, c.req.valid('query').since), 200),
    )
    .openapi(rebuild, async (c) => c.json(await rebuildSnapshot(services, c.req.valid('param').number), 200));
