import { z } from 'zod';
import { wardKeySchema } from '../../geodata/schema.ts';
import { createRouter, Refusal, route } from '../platform/http.ts';
import { body, gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import {
  EVIDENCE_LIMIT_BYTES,
  figuresQuerySchema,
  figuresSchema,
  keptFileSchema,
  moveFiguresSchema,
  saveFiguresSchema,
} from './contract.ts';
import { replyEvidence } from '../platform/evidence-reply.ts';
import { keepEvidence, readEvidence } from './evidence-file-actions.ts';
import { figuresOfPeriod, moveFigures, saveFigures } from './figure-actions.ts';

const cells = gives('The cells as they stand now', figuresSchema.pick({ items: true }));

const list = route({
  method: 'get',
  path: '/api/status/figures',
  permission: 'figure.read',
  summary: 'The figures of a period on their way: drafts, submitted, returned, approved',
  request: { query: figuresQuerySchema },
  responses: gives('Cells that somebody has touched', figuresSchema),
});
const save = route({
  method: 'put',
  path: '/api/status/figures',
  permission: 'figure.enter',
  summary: 'Writes figures as drafts, all or nothing; each cell names the version it was read at',
  request: { body: body(saveFiguresSchema) },
  responses: cells,
});
const submit = route({
  method: 'post',
  path: '/api/status/figures/submit',
  permission: 'figure.enter',
  summary: 'Submits drafts for approval, or takes submitted figures back',
  request: { body: body(moveFiguresSchema) },
  responses: cells,
});
const decide = route({
  method: 'post',
  path: '/api/status/figures/decide',
  permission: 'figure.approve',
  summary: 'Approves submitted figures, which makes them public, or returns them with a reason',
  request: { body: body(moveFiguresSchema) },
  responses: cells,
});
const keep = route({
  method: 'post',
  path: '/api/status/evidence',
  permission: 'figure.enter',
  summary: 'Keeps a file that may prove a figure: PDF, picture or office document, at most 20 MB',
  upload: { maxBytes: EVIDENCE_LIMIT_BYTES, types: ['*'] },
  request: { query: z.object({ ward: wardKeySchema, name: z.string().trim().min(1).max(300) }) },
  responses: gives('How the file is named from now on', keptFileSchema),
});
const read = route({
  method: 'get',
  path: '/api/status/evidence/{sha256}',
  permission: 'figure.read',
  summary: 'A file that proves a figure',
  request: { params: z.object({ sha256: z.string().max(64) }) },
  responses: { 200: { description: 'The file', content: { 'application/octet-stream': { schema: z.string() } } } },
});
export const figureRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => c.json(await figuresOfPeriod(services, c.req.valid('query')), 200))
    .openapi(save, async (c) => c.json({ items: await saveFigures(services, c.req.valid('json'), c.var.actor) }, 200))
    .openapi(submit, async (c) => {
      const sent = c.req.valid('json');
      if (sent.to !== 'submitted' && sent.to !== 'draft') throw new Refusal(422, 'invalid_request');
      return c.json({ items: await moveFigures(services, sent, c.var.actor) }, 200);
    })
    .openapi(decide, async (c) => {
      const sent = c.req.valid('json');
      if (sent.to !== 'approved' && sent.to !== 'returned') throw new Refusal(422, 'invalid_request');
      return c.json({ items: await moveFigures(services, sent, c.var.actor) }, 200);
    })
    .openapi(keep, async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      return c.json(await keepEvidence(services, bytes, c.req.valid('query'), c.var.actor), 200);
    })
    .openapi(read, async (c) => {
      return replyEvidence(c, await readEvidence(services, c.req.valid('param').sha256));
    });
