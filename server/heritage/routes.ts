import { z } from 'zod';
import { atQuery, unitsQuery } from '../platform/contract.ts';
import { createRouter, replyJson, requireVersion, route } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { oneRelic, placeRelic, relicPage } from './actions.ts';
import { addRelic } from './add-actions.ts';
import { addRelicSchema, placeRelicSchema, relicListSchema, relicQuerySchema, relicSchema } from './contract.ts';
import { addInspection, inspectionList } from './inspection-actions.ts';
import { editRelic, readRecord } from './record-actions.ts';
import { editRelicSchema, recordSchema } from './record-contract.ts';
import { addInspectionSchema, inspectionListSchema } from './inspection-contract.ts';

const params = z.object({ id: z.string().max(100) });

const list = route({
  method: 'get',
  path: '/api/heritage/relics',
  permission: 'public.read',
  summary: 'The register of relics, and the totals the district publishes',
  request: { query: relicQuerySchema.extend(atQuery.shape).extend(unitsQuery.shape) },
  responses: gives('A page', relicListSchema),
});

const one = route({
  method: 'get',
  path: '/api/heritage/relics/{id}',
  permission: 'public.read',
  summary: 'One relic; its `version` is what a write names in If-Match',
  request: { params, query: atQuery },
  responses: gives('The relic', relicSchema),
});

const place = route({
  method: 'patch',
  path: '/api/heritage/relics/{id}',
  permission: 'relic.place',
  summary: 'Puts a relic without a position on the map; `units` settles a bare ward code',
  request: {
    params,
    query: unitsQuery,
    headers: ifMatch,
    body: body(placeRelicSchema),
  },
  responses: gives('The relic as it stands now', relicSchema),
});

const add = route({
  method: 'post',
  path: '/api/heritage/relics',
  permission: 'relic.write',
  summary: 'Adds a relic to the register; one like it is named first, and a person decides',
  request: { body: body(addRelicSchema) },
  responses: gives('The relic', relicSchema),
});

const inspections = route({
  method: 'get',
  path: '/api/heritage/relics/{id}/inspections',
  permission: 'relic.read',
  summary: 'What inspections of a relic found, newest first',
  request: { params },
  responses: gives('Inspections', inspectionListSchema),
});

const inspect = route({
  method: 'post',
  path: '/api/heritage/relics/{id}/inspections',
  permission: 'relic.write',
  summary: 'Records an inspection: a grade for each part looked at; the grade of the whole follows by rule',
  request: { params, body: body(addInspectionSchema) },
  responses: gives('The relic as it stands now', relicSchema),
});

const record = route({
  method: 'get',
  path: '/api/heritage/relics/{id}/record',
  permission: 'relic.read',
  summary: 'The file of a relic, and what it lacks; its `version` is what a write names in If-Match',
  request: { params },
  responses: gives('The file', recordSchema),
});

const edit = route({
  method: 'put',
  path: '/api/heritage/relics/{id}/record',
  permission: 'relic.write',
  summary: 'Writes the file of a relic anew: names, kind, rank with its decision, custodian, festivals, sources',
  request: { params, headers: ifMatch, body: body(editRelicSchema) },
  responses: gives('The file as it stands now', recordSchema),
});

export const heritageRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => {
      const { at = services.clock.today(), units, ...query } = c.req.valid('query');
      return replyJson(c, await relicPage(services, query, at, units));
    })
    .openapi(one, async (c) => {
      const { at = services.clock.today() } = c.req.valid('query');
      return replyJson(c, await oneRelic(services, c.req.valid('param').id, at));
    })
    .openapi(place, async (c) => {
      const version = requireVersion(c);
      const { id } = c.req.valid('param');
      const { units } = c.req.valid('query');
      const relic = await placeRelic(services, id, version, c.req.valid('json'), c.var.actor, units);
      return c.json(relic, 200);
    })
    .openapi(add, async (c) => c.json(await addRelic(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(record, async (c) => c.json(await readRecord(services, c.req.valid('param').id, c.var.actor), 200))
    .openapi(edit, async (c) => {
      const version = requireVersion(c);
      const { id } = c.req.valid('param');
      return c.json(await editRelic(services, id, version, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(inspections, async (c) =>
      c.json(await inspectionList(services, c.req.valid('param').id, c.var.actor), 200),
    )
    .openapi(inspect, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await addInspection(services, id, c.req.valid('json'), c.var.actor), 200);
    });
