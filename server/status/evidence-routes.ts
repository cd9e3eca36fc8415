import { createRouter, route } from '../platform/http.ts';
import { body, gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { evidenceOfSchema, historyQuerySchema, historySchema } from './contract.ts';
import { publishedHistory, restoreEvidence, withdrawEvidence } from './evidence-actions.ts';

const rows = gives('Everything published of this ward and indicator, what stands first', historySchema);

const history = route({
  method: 'get',
  path: '/api/status/history',
  permission: 'figure.read',
  summary: 'Everything published of one ward and indicator: by day, and by when it was known',
  request: { query: historyQuerySchema },
  responses: rows,
});
const withdraw = route({
  method: 'post',
  path: '/api/status/evidence/withdrawal',
  permission: 'figure.approve',
  summary: 'Withdraws the evidence of a published figure, with a reason; the file stays in the history',
  request: { body: body(evidenceOfSchema) },
  responses: rows,
});
const restore = route({
  method: 'post',
  path: '/api/status/evidence/restoral',
  permission: 'figure.approve',
  summary: 'Takes the withdrawal of evidence back',
  request: { body: body(evidenceOfSchema) },
  responses: rows,
});

export const evidenceRoutes = (services: Services) =>
  createRouter()
    .openapi(history, async (c) => c.json(await publishedHistory(services, c.req.valid('query')), 200))
    .openapi(withdraw, async (c) => c.json(await withdrawEvidence(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(restore, async (c) => c.json(await restoreEvidence(services, c.req.valid('json'), c.var.actor), 200));
