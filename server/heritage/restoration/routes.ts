import { z } from 'zod';
import { wardKeySchema } from '../../../geodata/schema.ts';
import { createRouter, requireVersion, route, type AppContext } from '../../platform/http.ts';
import { body, gives, ifMatch } from '../../platform/route-parts.ts';
import type { Services } from '../../platform/services.ts';
import {
  addItemSchema,
  decidePairSchema,
  formPlanSchema,
  historySchema,
  itemSchema,
  planQuerySchema,
  restorationSchema,
  setWeightsSchema,
  submitListSchema,
  updateItemSchema,
  type PlanQuery,
} from './contract.ts';
import { addItem, updateItem } from './item-actions.ts';
import { checkListSheet, importList, writeListSheet } from './list-actions.ts';
import { printPlan } from './paper-actions.ts';
import { decidePair, formPlan, setWeights, submitList } from './plan-actions.ts';
import { itemHistory, readRestoration } from './read-actions.ts';
import { checkedListSchema, importListSchema, LIST_SHEET_LIMIT_BYTES } from './sheet-contract.ts';

const ROOT = '/api/heritage/restoration';
const params = z.object({ id: z.string().max(100) });
const wardParams = z.object({ ward: wardKeySchema });
const whole = gives('Items, lists, doubles, plan and weights as they stand now', restorationSchema);
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const read = route({
  method: 'get',
  path: ROOT,
  permission: 'restoration.read',
  summary: 'Restoration: what the wards list, what may be double, the plan formed last, the weights of the priority',
  responses: whole,
});
const add = route({
  method: 'post',
  path: `${ROOT}/items`,
  permission: 'restoration.write',
  summary: 'Puts a work on the list of a ward',
  request: { body: body(addItemSchema) },
  responses: gives('The item', itemSchema),
});
const update = route({
  method: 'patch',
  path: `${ROOT}/items/{id}`,
  permission: 'restoration.write',
  summary: 'Corrects a work, moves it on a stage, takes it out or brings it back',
  request: { params, headers: ifMatch, body: body(updateItemSchema) },
  responses: gives('The item as it stands now', itemSchema),
});
const history = route({
  method: 'get',
  path: `${ROOT}/items/{id}/history`,
  permission: 'restoration.read',
  summary: 'Every version of a work, newest first',
  request: { params },
  responses: gives('Versions', historySchema),
});
const submit = route({
  method: 'patch',
  path: `${ROOT}/lists/{ward}`,
  permission: 'restoration.write',
  summary: 'Submits the list of a ward to the district, or takes it back',
  request: { params: wardParams, headers: ifMatch, body: body(submitListSchema) },
  responses: whole,
});
const sheet = route({
  method: 'get',
  path: `${ROOT}/lists/{ward}/sheet.xlsx`,
  permission: 'restoration.read',
  summary: 'The list of a ward as a workbook to fill in',
  request: { params: wardParams },
  responses: { 200: { description: 'The workbook', content: { [XLSX]: { schema: z.string() } } } },
});
const check = route({
  method: 'post',
  path: `${ROOT}/lists/{ward}/sheet`,
  permission: 'restoration.write',
  summary: 'Reads a filled workbook: what it would add and change, and each fault by its cell. Writes nothing',
  request: { params: wardParams },
  upload: { maxBytes: LIST_SHEET_LIMIT_BYTES, types: ['*'] },
  responses: gives('What the workbook says', checkedListSchema),
});
const take = route({
  method: 'post',
  path: `${ROOT}/lists/{ward}/import`,
  permission: 'restoration.write',
  summary: 'Writes the rows of a workbook that a person chose, all or none',
  request: { params: wardParams, body: body(importListSchema) },
  responses: whole,
});
const decide = route({
  method: 'post',
  path: `${ROOT}/pairs`,
  permission: 'restoration.plan',
  summary: 'Decides about two works: one place, two places, or open again',
  request: { body: body(decidePairSchema) },
  responses: whole,
});
const form = route({
  method: 'post',
  path: `${ROOT}/plans`,
  permission: 'restoration.plan',
  summary: 'Forms the plan of the district of all submitted lists',
  request: { body: body(formPlanSchema) },
  responses: whole,
});
const weigh = route({
  method: 'patch',
  path: `${ROOT}/weights`,
  permission: 'restoration.plan',
  summary: 'Sets the weights of the priority; earlier ones stay in the history',
  request: { headers: ifMatch, body: body(setWeightsSchema) },
  responses: whole,
});
/** A route a format, so that each answers one type. */
const paper = <const F extends string, const T extends string>(format: F, type: T) =>
  route({
    method: 'get',
    path: `${ROOT}/plan.${format}`,
    permission: 'restoration.read',
    summary: `The plan formed last, or a part of it, as ${format.toUpperCase()}`,
    request: { query: planQuerySchema },
    responses: { 200: { description: 'The official list', content: { [type]: { schema: z.string() } } } },
  });
const papers = {
  xlsx: XLSX,
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

async function replyPlan(services: Services, c: AppContext, format: keyof typeof papers, query: PlanQuery) {
  const { bytes, name } = await printPlan(services, format, query, c.var.actor);
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': papers[format],
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  }) as never;
}

export const restorationRoutes = (services: Services) =>
  createRouter()
    .openapi(read, async (c) => c.json(await readRestoration(services, c.var.actor), 200))
    .openapi(add, async (c) => c.json(await addItem(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(update, async (c) => {
      const version = requireVersion(c);
      return c.json(
        await updateItem(services, c.req.valid('param').id, version, c.req.valid('json'), c.var.actor),
        200,
      );
    })
    .openapi(history, async (c) =>
      c.json({ items: await itemHistory(services, c.req.valid('param').id), nextCursor: null }, 200),
    )
    .openapi(submit, async (c) => {
      const version = requireVersion(c);
      const { ward } = c.req.valid('param');
      return c.json(await submitList(services, ward, version, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(sheet, async (c) => {
      const { ward } = c.req.valid('param');
      return c.body(new Uint8Array(await writeListSheet(services, ward)), 200, {
        'content-type': XLSX,
        'content-disposition': `attachment; filename="tu-bo-${ward.slice(0, 5)}.xlsx"`,
        'cache-control': 'no-store',
      }) as never;
    })
    .openapi(check, async (c) => {
      const bytes = Buffer.from(await c.req.arrayBuffer());
      return c.json(await checkListSheet(services, c.req.valid('param').ward, bytes, c.var.actor), 200);
    })
    .openapi(take, async (c) =>
      c.json(await importList(services, c.req.valid('param').ward, c.req.valid('json'), c.var.actor), 200),
    )
    .openapi(decide, async (c) => c.json(await decidePair(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(form, async (c) => c.json(await formPlan(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(paper('xlsx', papers.xlsx), (c) => replyPlan(services, c, 'xlsx', c.req.valid('query')))
    .openapi(paper('docx', papers.docx), (c) => replyPlan(services, c, 'docx', c.req.valid('query')))
    .openapi(paper('pdf', papers.pdf), (c) => replyPlan(services, c, 'pdf', c.req.valid('query')))
    .openapi(weigh, async (c) => {
      const version = requireVersion(c);
      return c.json(await setWeights(services, version, c.req.valid('json'), c.var.actor), 200);
    });
