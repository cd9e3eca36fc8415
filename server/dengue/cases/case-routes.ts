import { z } from 'zod';
import { unitsQuery } from '../../platform/contract.ts';
import { createRouter, requireVersion, route } from '../../platform/http.ts';
import { body, gives, ifMatch } from '../../platform/route-parts.ts';
import type { Services } from '../../platform/services.ts';
import { bulkEditCases, editCase, placeCase, removeCase, reportCase, restoreCase } from './case-actions.ts';
import {
  bulkEditedSchema,
  bulkEditSchema,
  caseFilterSchema,
  caseHistorySchema,
  caseListSchema,
  caseQuerySchema,
  caseSchema,
  checkCaseSchema,
  checkedCaseSchema,
  editCaseSchema,
  placeCaseSchema,
  removeCaseSchema,
  reportCaseSchema,
  restoreCaseSchema,
} from './contract.ts';
import { exportCases } from './export-actions.ts';
import { caseHistory } from './history-actions.ts';
import { casePage, checkCase, oneCase } from './list-actions.ts';

const params = z.object({ id: z.string().max(100) });

const list = route({
  method: 'get',
  path: '/api/dengue/cases',
  permission: 'case.read',
  summary: 'The line list: cases of one’s wards, without a word about the person',
  request: { query: caseQuerySchema },
  responses: gives('A page', caseListSchema),
});
const csv = route({
  method: 'get',
  path: '/api/dengue/cases.csv',
  permission: 'case.read',
  summary: 'The line list as CSV, without persons; the export is logged',
  request: { query: caseFilterSchema },
  responses: { 200: { description: 'The file', content: { 'text/csv': { schema: z.string() } } } },
});
const one = route({
  method: 'get',
  path: '/api/dengue/cases/{id}',
  permission: 'case.read',
  summary: 'One case, with what is odd about it; its `version` is what a write names in If-Match',
  request: { params },
  responses: gives('The case', caseSchema),
});
const history = route({
  method: 'get',
  path: '/api/dengue/cases/{id}/history',
  permission: 'case.read',
  summary: 'What became of one case: who changed which field when; of the person only that something changed',
  request: { params },
  responses: gives('Its changes, newest first', caseHistorySchema),
});
const report = route({
  method: 'post',
  path: '/api/dengue/cases',
  permission: 'case.write',
  summary: 'Enters a case; class, onset and a position or an address are enough',
  request: { query: unitsQuery, body: body(reportCaseSchema) },
  responses: gives('The case', caseSchema),
});
const check = route({
  method: 'post',
  path: '/api/dengue/cases/check',
  permission: 'case.write',
  summary: 'What a case would be warned of, duplicates too; writes nothing',
  request: { query: unitsQuery, body: body(checkCaseSchema) },
  responses: gives('Ward and warnings', checkedCaseSchema),
});
const bulk = route({
  method: 'patch',
  path: '/api/dengue/cases',
  permission: 'case.write',
  summary: 'The same correction for many cases, all or none; versions stand in the body',
  request: { query: unitsQuery, body: body(bulkEditSchema) },
  responses: gives('How many', bulkEditedSchema),
});
const edit = route({
  method: 'patch',
  path: '/api/dengue/cases/{id}',
  permission: 'case.write',
  summary: 'Corrects a case; what is left out stays as it is',
  request: { params, query: unitsQuery, headers: ifMatch, body: body(editCaseSchema) },
  responses: gives('The case as it stands now', caseSchema),
});
const place = route({
  method: 'patch',
  path: '/api/dengue/cases/{id}/position',
  permission: 'case.write',
  summary: 'Puts a case on the map',
  request: { params, query: unitsQuery, headers: ifMatch, body: body(placeCaseSchema) },
  responses: gives('The case as it stands now', caseSchema),
});
const remove = route({
  method: 'post',
  path: '/api/dengue/cases/{id}/removal',
  permission: 'case.write',
  summary: 'Takes a case out of every list and count, with a reason; it can come back',
  request: { params, headers: ifMatch, body: body(removeCaseSchema) },
  responses: gives('The case as it stands now', caseSchema),
});
const restore = route({
  method: 'post',
  path: '/api/dengue/cases/{id}/restoral',
  permission: 'case.write',
  summary: 'Undoes a removal',
  request: { params, headers: ifMatch, body: body(restoreCaseSchema) },
  responses: gives('The case as it stands now', caseSchema),
});

/** Personal data: nothing here has an ETag or may be kept by a cache (`no-store` is the default of the root). */
export const caseRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => c.json(await casePage(services, c.req.valid('query'), c.var.actor), 200))
    .openapi(csv, async (c) => {
      const text = await exportCases(services, c.req.valid('query'), c.var.actor);
      return c.body(text, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="tayho-atlas-ca-benh.csv"',
        'cache-control': 'no-store',
      }) as never;
    })
    .openapi(report, async (c) => {
      const { units } = c.req.valid('query');
      return c.json(await reportCase(services, c.req.valid('json'), c.var.actor, units), 200);
    })
    .openapi(check, async (c) => {
      const { units } = c.req.valid('query');
      return c.json(await checkCase(services, c.req.valid('json'), c.var.actor, units), 200);
    })
    .openapi(bulk, async (c) => {
      const { units } = c.req.valid('query');
      return c.json(await bulkEditCases(services, c.req.valid('json'), c.var.actor, units), 200);
    })
    .openapi(one, async (c) => c.json(await oneCase(services, c.req.valid('param').id, c.var.actor), 200))
    .openapi(history, async (c) => c.json(await caseHistory(services, c.req.valid('param').id, c.var.actor), 200))
    .openapi(edit, async (c) => {
      const version = requireVersion(c);
      const [{ id }, { units }] = [c.req.valid('param'), c.req.valid('query')];
      return c.json(await editCase(services, id, version, c.req.valid('json'), c.var.actor, units), 200);
    })
    .openapi(place, async (c) => {
      const version = requireVersion(c);
      const [{ id }, { units }] = [c.req.valid('param'), c.req.valid('query')];
      return c.json(await placeCase(services, id, version, c.req.valid('json'), c.var.actor, units), 200);
    })
    .openapi(remove, async (c) => {
      const version = requireVersion(c);
      const { id } = c.req.valid('param');
      return c.json(await removeCase(services, id, version, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(restore, async (c) => {
      const version = requireVersion(c);
      const { id } = c.req.valid('param');
      const { changeId } = c.req.valid('json');
      return c.json(await restoreCase(services, id, version, changeId, c.var.actor), 200);
    });
