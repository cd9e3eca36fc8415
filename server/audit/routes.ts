import { z } from 'zod';
import type { Accounts } from '../accounts/account.ts';
import { readHead } from '../platform/chain.ts';
import { createRouter, Refusal, requireVersion, route } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import { auditChoices, auditCsv, auditPage } from './actions.ts';
import {
  auditChoicesSchema,
  auditFilterSchema,
  auditListSchema,
  auditQuerySchema,
  undoneSchema,
  undoSchema,
  verifiedSchema,
  verifyQuerySchema,
} from './contract.ts';
import { undoChange } from './undo-actions.ts';

const list = route({
  method: 'get',
  path: '/api/audit',
  permission: 'audit.read',
  summary: 'Who changed what and when, newest first',
  request: { query: auditQuerySchema },
  responses: gives('A page', auditListSchema),
});
const csv = route({
  method: 'get',
  path: '/api/audit.csv',
  permission: 'audit.read',
  summary: 'The same, all of it, as CSV; cells that a spreadsheet would run begin with an apostrophe',
  request: { query: auditFilterSchema },
  responses: { 200: { description: 'The file', content: { 'text/csv': { schema: z.string() } } } },
});
const choices = route({
  method: 'get',
  path: '/api/audit/choices',
  permission: 'audit.read',
  summary: 'Who acted, on which kinds of records, by which verbs: what the filters offer',
  responses: gives('Choices', auditChoicesSchema),
});
const verify = route({
  method: 'get',
  path: '/api/audit/verify',
  permission: 'audit.read',
  summary: 'Walks the chain and names the first altered, missing or moved row; with a printed head also a cut-off end',
  request: { query: verifyQuerySchema },
  responses: gives('The result', verifiedSchema),
});
const undo = route({
  method: 'post',
  path: '/api/changes/{change}/undo',
  permission: 'change.undo',
  summary: 'Takes a change back, named by its seq or its change id; If-Match names the version it left behind',
  request: {
    params: z.object({ change: z.union([z.string().regex(/^\d{1,15}$/), z.uuidv7()]) }),
    headers: ifMatch,
    body: body(undoSchema),
  },
  responses: gives('What was taken back', undoneSchema),
});

export const auditRoutes = (services: Accounts) =>
  createRouter()
    .openapi(list, async (c) => {
      const { cursor, limit, ...filter } = c.req.valid('query');
      return c.json(await auditPage(services, filter, cursor, limit, c.var.actor), 200);
    })
    .openapi(choices, async (c) => c.json(await auditChoices(services), 200))
    .openapi(verify, async (c) => {
      const { head } = c.req.valid('query');
      const printed = head === undefined ? undefined : readHead(head);
      if (printed === null) {
        throw new Refusal(422, 'invalid_request', { errors: [{ path: 'head', code: 'invalid_request' }] });
      }
      return c.json(await services.changes.verify(printed), 200);
    })
    .openapi(undo, async (c) => {
      const version = requireVersion(c);
      const { change } = c.req.valid('param');
      return c.json(await undoChange(services, change, version, c.req.valid('json').changeId, c.var.actor), 200);
    })
    .openapi(csv, async (c) => {
      const pieces = auditCsv(services, c.req.valid('query'), c.var.actor);
      const encoder = new TextEncoder();
      // The name vouches for what is inside: the file lies in a folder long after the screen is closed.
      const { seq, hash } = await services.changes.chainHead();
      // The first piece comes before the headers go out: what fails at once is still told as a problem.
      let next: Promise<IteratorResult<string>> | null = Promise.resolve(await pieces.next());
      const stream = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const piece = await (next ?? pieces.next());
          next = null;
          if (piece.done) controller.close();
          else controller.enqueue(encoder.encode(piece.value));
        },
        async cancel() {
          await pieces.return(undefined);
        },
      });
      return c.body(stream, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="tayho-atlas-audit-${seq}-${hash.slice(0, 12)}.csv"`,
        'cache-control': 'no-store',
      }) as never;
    });
