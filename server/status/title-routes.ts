import { z } from 'zod';
import { may } from '../accounts/permission.ts';
import { atQuery, unitsQuery } from '../platform/contract.ts';
import { createRouter, replyJson, requireVersion, route, type AppContext } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { correctStep, recordStep, titleHistory } from './title-actions.ts';
import {
  correctStepSchema,
  procedureReplySchema,
  recordStepSchema,
  registerSchema,
  stepsSchema,
} from './title-contract.ts';
import { printForm, printForms, writeRegister } from './title-form-actions.ts';
import { readProcedure, titleRegister } from './title-register-actions.ts';

const wardParams = z.object({ code: z.string().max(40) });
const dayQuery = atQuery.extend(unitsQuery.shape);
const steps = gives('Steps', stepsSchema);

const history = route({
  method: 'get',
  path: '/api/wards/{code}/title-steps',
  permission: 'public.read',
  summary: 'The steps a ward has taken towards the title, oldest first; accounts see the papers and every correction',
  request: { params: wardParams, query: unitsQuery },
  responses: steps,
});
const record = route({
  method: 'post',
  path: '/api/wards/{code}/title-steps',
  permission: 'title.record',
  summary: 'Records a step of the title by the paper that says so',
  request: { params: wardParams, query: unitsQuery, body: body(recordStepSchema) },
  responses: steps,
});
const correct = route({
  method: 'patch',
  path: '/api/wards/{code}/title-steps/{id}',
  permission: 'title.record',
  summary: 'Corrects a step, takes it out or puts it back, with a reason; what was written before stays',
  request: {
    params: wardParams.extend({ id: z.coerce.number().int().min(1) }),
    query: unitsQuery,
    headers: ifMatch,
    body: body(correctStepSchema),
  },
  responses: steps,
});
const procedure = route({
  method: 'get',
  path: '/api/title/procedure',
  permission: 'public.read',
  summary: 'The procedure of the title: steps, papers, days, conditions, each with its source; known holidays',
  responses: gives('The procedure', procedureReplySchema),
});
const register = route({
  method: 'get',
  path: '/api/title/register',
  permission: 'public.read',
  summary: 'The register of the wards on a day: where each stands, what is due or late, what is met',
  request: { query: dayQuery },
  responses: gives('The register', registerSchema),
});

const file = (type: string, description: string) => ({
  200: { description, content: { [type]: { schema: z.string() } } },
});
const types = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
const form = route({
  method: 'get',
  path: '/api/wards/{code}/title-form',
  permission: 'figure.read',
  summary: 'The registration form of a ward, filled with what is known, as PDF or DOCX',
  request: { params: wardParams, query: dayQuery.extend({ format: z.enum(['pdf', 'docx']).default('pdf') }) },
  responses: file(types.pdf, 'The form'),
});
const forms = route({
  method: 'get',
  path: '/api/title/forms.pdf',
  permission: 'figure.read',
  summary: 'The registration forms of every ward as one PDF',
  request: { query: dayQuery },
  responses: file(types.pdf, 'The forms'),
});
const workbook = route({
  method: 'get',
  path: '/api/title/register.xlsx',
  permission: 'figure.read',
  summary: 'The register of the wards as a workbook',
  request: { query: dayQuery },
  responses: file(types.xlsx, 'The workbook'),
});

const replyFile = (c: AppContext, { name, bytes }: { name: string; bytes: Buffer }) =>
  c.body(new Uint8Array(bytes), 200, {
    'content-type': types[name.slice(name.lastIndexOf('.') + 1) as keyof typeof types],
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  }) as never;

export const titleRoutes = (services: Services) =>
  createRouter()
    .openapi(history, async (c) => {
      const { units = services.env.units } = c.req.valid('query');
      const found = await titleHistory(services, c.req.valid('param').code, units, c.var.actor);
      return may(c.var.actor, 'figure.read') ? c.json(found, 200) : replyJson(c, found);
    })
    .openapi(record, async (c) => {
      const { units } = c.req.valid('query');
      return c.json(
        await recordStep(services, c.req.valid('param').code, c.req.valid('json'), c.var.actor, units),
        200,
      );
    })
    .openapi(correct, async (c) => {
      const { code: ward, id } = c.req.valid('param');
      const about = { ward, id, version: requireVersion(c) };
      return c.json(
        await correctStep(services, about, c.req.valid('json'), c.var.actor, c.req.valid('query').units),
        200,
      );
    })
    .openapi(procedure, (c) => replyJson(c, readProcedure(services)))
    .openapi(register, async (c) => {
      const { at = services.clock.today(), units = services.env.units } = c.req.valid('query');
      return replyJson(c, await titleRegister(services, at, units));
    })
    .openapi(form, async (c) => {
      const { at = services.clock.today(), units = services.env.units, format } = c.req.valid('query');
      return replyFile(c, await printForm(services, c.req.valid('param').code, format, at, units));
    })
    .openapi(forms, async (c) => {
      const { at = services.clock.today(), units = services.env.units } = c.req.valid('query');
      return replyFile(c, await printForms(services, at, units));
    })
    .openapi(workbook, async (c) => {
      const { at = services.clock.today(), units = services.env.units } = c.req.valid('query');
      return replyFile(c, await writeRegister(services, at, units));
    });
