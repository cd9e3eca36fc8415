import { z } from 'zod';
import { atQuery, unitsQuery } from '../platform/contract.ts';
import { createRouter, requireVersion, route } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { makeReport, readReport, reportList } from './report-actions.ts';
import { dueList, editResponse, readResponse, recordResponse } from './response-actions.ts';
import {
  dueListSchema,
  editResponseSchema,
  makeReportSchema,
  recordResponseSchema,
  reportFormats,
  reportListSchema,
  reportSchema,
  responseSchema,
} from './response-contract.ts';

const params = z.object({ number: z.string().max(30) });
const day = atQuery.extend(unitsQuery.shape);
const stands = gives('Checklist, zone and what was done, as they stand now', responseSchema);

const due = route({
  method: 'get',
  path: '/api/dengue/response/due',
  permission: 'outbreak.read',
  summary: 'What is late or due over every outbreak that has not ended',
  request: { query: day },
  responses: gives('Late first', dueListSchema),
});
const read = route({
  method: 'get',
  path: '/api/dengue/outbreaks/{number}/response',
  permission: 'outbreak.read',
  summary: 'The checklist of an outbreak with its dates, its zone, and what was done',
  request: { params, query: day },
  responses: stands,
});
const record = route({
  method: 'post',
  path: '/api/dengue/outbreaks/{number}/response',
  permission: 'outbreak.write',
  summary: 'Records what was done about an outbreak',
  request: { params, body: body(recordResponseSchema) },
  responses: stands,
});
const edit = route({
  method: 'patch',
  path: '/api/dengue/response/{id}',
  permission: 'outbreak.write',
  summary: 'Corrects what was recorded, takes it away or puts it back',
  request: {
    params: z.object({ id: z.string().max(100) }),
    headers: ifMatch,
    body: body(editResponseSchema),
  },
  responses: stands,
});
const make = route({
  method: 'post',
  path: '/api/dengue/outbreaks/{number}/report',
  permission: 'outbreak.write',
  summary: 'Makes the report about an outbreak as DOCX and PDF, and keeps both',
  request: { params, body: body(makeReportSchema) },
  responses: gives('The report, to be fetched by its id', reportSchema),
});
const reports = route({
  method: 'get',
  path: '/api/dengue/outbreaks/{number}/reports',
  permission: 'case.read',
  summary: 'The reports made about an outbreak, those whose cases one may see',
  request: { params },
  responses: gives('Latest first', reportListSchema),
});
const file = route({
  method: 'get',
  path: '/api/dengue/reports/{id}/{format}',
  permission: 'case.read',
  summary: 'A report, byte for byte as it was made',
  request: { params: z.object({ id: z.string().max(100), format: z.enum(reportFormats) }) },
  responses: { 200: { description: 'The file', content: { 'application/octet-stream': { schema: z.string() } } } },
});

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** Cut to their reader, so nothing here may be kept by a cache. */
export const responseRoutes = (services: Services) =>
  createRouter()
    .openapi(due, async (c) => c.json(await dueList(services, c.var.actor, c.req.valid('query')), 200))
    .openapi(read, async (c) =>
      c.json(await readResponse(services, c.req.valid('param').number, c.var.actor, c.req.valid('query')), 200),
    )
    .openapi(record, async (c) => {
      const { number } = c.req.valid('param');
      return c.json(await recordResponse(services, number, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(edit, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await editResponse(services, id, requireVersion(c), c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(make, async (c) => {
      const { number } = c.req.valid('param');
      return c.json(await makeReport(services, number, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(reports, async (c) => c.json(await reportList(services, c.req.valid('param').number, c.var.actor), 200))
    .openapi(file, async (c) => {
      const { id, format } = c.req.valid('param');
      const { name, bytes } = await readReport(services, id, format, c.var.actor);
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': TYPES[format],
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; sandbox",
      }) as never;
    });
