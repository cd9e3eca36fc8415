import { z } from 'zod';
import { atQuery, listOf } from '../platform/contract.ts';
import { createRouter, route, type AppContext } from '../platform/http.ts';
import { body, gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import {
  changesSinceMeeting,
  compareSnapshots,
  freezeDay,
  listSnapshots,
  readSnapshot,
  rebuildSnapshot,
} from './actions.ts';
import { printAnnex, writeAnnex } from './annex-actions.ts';
import { printMapSheet } from './map-sheet-actions.ts';
import {
  comparedSchema,
  freezeSchema,
  rebuiltSchema,
  sinceMeetingSchema,
  snapshotSchema,
  wholeSnapshotSchema,
} from './contract.ts';

const number = z.coerce.number().int().min(1).max(1_000_000);
const params = z.object({ number });

const list = route({
  method: 'get',
  path: '/api/meeting/snapshots',
  permission: 'meeting.read',
  summary: 'The days frozen for meetings, newest first',
  responses: gives('Snapshots without their content', listOf(snapshotSchema)),
});
const freeze = route({
  method: 'post',
  path: '/api/meeting/snapshots',
  permission: 'meeting.freeze',
  summary: 'Freezes a day under the next number, for good',
  request: { body: body(freezeSchema) },
  responses: gives('The snapshot', snapshotSchema),
});
const read = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}',
  permission: 'meeting.read',
  summary: 'A frozen day: status of every ward, pack and tasks',
  request: { params },
  responses: gives('The snapshot', wholeSnapshotSchema),
});
const compare = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}/changes',
  permission: 'meeting.read',
  summary: 'What changed since an earlier snapshot, by default the one before',
  request: { params, query: z.object({ since: number.optional() }) },
  responses: gives('The difference, by ward and task', comparedSchema),
});
const sinceLast = route({
  method: 'get',
  path: '/api/meeting/changes',
  permission: 'meeting.read',
  summary: 'What changed since a meeting, by default the last, up to a day as it stands now',
  request: { query: atQuery.extend({ since: number.optional() }) },
  responses: gives('The difference, by ward and task', sinceMeetingSchema),
});
const rebuild = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}/rebuilt',
  permission: 'meeting.read',
  summary: 'Makes a snapshot again from the tables and says whether it is the same, byte by byte',
  request: { params },
  responses: gives('The digest of what was made', rebuiltSchema),
});

const file = (type: string, description: string) => ({
  200: { description, content: { [type]: { schema: z.string() } } },
});
const PDF = 'application/pdf';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const mapSheet = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}/map.pdf',
  permission: 'meeting.read',
  summary: 'A frozen day as a map sheet, A4 or A3',
  request: { params, query: z.object({ paper: z.enum(['a4', 'a3']).default('a4') }) },
  responses: file(PDF, 'The sheet'),
});
const annex = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}/annex.pdf',
  permission: 'meeting.read',
  summary: 'A frozen day as an annex: the wards by the criteria, and every indicator that is not met',
  request: { params },
  responses: file(PDF, 'The annex'),
});
const workbook = route({
  method: 'get',
  path: '/api/meeting/snapshots/{number}/annex.xlsx',
  permission: 'meeting.read',
  summary: 'A frozen day as a workbook: the wards by the criteria, and every indicator',
  request: { params },
  responses: file(XLSX, 'The workbook'),
});

function replyFile(c: AppContext, bytes: Buffer, type: string, name: string) {
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  }) as never;
}

export const meetingRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => c.json({ items: await listSnapshots(services), nextCursor: null }, 200))
    .openapi(freeze, async (c) => c.json(await freezeDay(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(read, async (c) => c.json(await readSnapshot(services, c.req.valid('param').number), 200))
    .openapi(compare, async (c) =>
      c.json(await compareSnapshots(services, c.req.valid('param').number, c.req.valid('query').since), 200),
    )
    .openapi(sinceLast, async (c) => {
      const { at = services.clock.today(), since } = c.req.valid('query');
      return c.json(await changesSinceMeeting(services, at, since), 200);
    })
    .openapi(mapSheet, async (c) => {
      const { number } = c.req.valid('param');
      const { paper } = c.req.valid('query');
      return replyFile(c, await printMapSheet(services, number, paper), PDF, `ky-hop-${number}-ban-do-${paper}.pdf`);
    })
    .openapi(annex, async (c) => {
      const { number } = c.req.valid('param');
      return replyFile(c, await printAnnex(services, number), PDF, `ky-hop-${number}-phu-luc.pdf`);
    })
    .openapi(workbook, async (c) => {
      const { number } = c.req.valid('param');
      return replyFile(c, await writeAnnex(services, number), XLSX, `ky-hop-${number}.xlsx`);
    })
    .openapi(rebuild, async (c) => c.json(await rebuildSnapshot(services, c.req.valid('param').number), 200));
