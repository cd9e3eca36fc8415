import { z } from 'zod';
import { nameOfActor } from '../../accounts/permission.ts';
import { createRouter, route } from '../../platform/http.ts';
import { body, gives, json } from '../../platform/route-parts.ts';
import type { Services } from '../../platform/services.ts';
import { caseFilterSchema } from './contract.ts';
import { exportPersons } from './export-actions.ts';
import { erasePerson, exportPerson, findPersonsByText, purgePersons, readPersons } from './person-actions.ts';
import {
  erasedSchema,
  erasePersonSchema,
  personExportQuerySchema,
  personListSchema,
  personQuerySchema,
  personSearchSchema,
  purgeSchema,
} from './person-contract.ts';

const params = z.object({ id: z.string().max(100) });
const file = { 'text/csv': { schema: z.string() } };

const list = route({
  method: 'get',
  path: '/api/dengue/persons',
  permission: 'person.read',
  summary: 'The persons of cases of one’s wards; every call is a line of the log, with the reason of the screen',
  request: { query: personQuerySchema },
  responses: gives('Persons', personListSchema),
});
const search = route({
  method: 'post',
  path: '/api/dengue/persons/search',
  permission: 'person.read',
  summary: 'Persons of one’s wards by name or phone; logged like a reading',
  request: { body: body(personSearchSchema) },
  responses: gives('At most 50', personListSchema),
});
const csv = route({
  method: 'get',
  path: '/api/dengue/persons.csv',
  permission: 'person.read',
  summary: 'The line list with persons as CSV; logged',
  request: { query: caseFilterSchema },
  responses: { 200: { description: 'The file', content: file } },
});
const ofOne = route({
  method: 'get',
  path: '/api/dengue/cases/{id}/person/export',
  permission: 'person.read',
  summary: 'Everything kept about one person, for that person; logged',
  request: { params, query: personExportQuerySchema },
  responses: {
    200: {
      description: 'Case, person and what changes said of both',
      content: { ...json(z.looseObject({ person: z.unknown() })), ...file },
    },
  },
});
const erase = route({
  method: 'post',
  path: '/api/dengue/cases/{id}/person/erasure',
  permission: 'case.write',
  summary: 'Erases a person and what changes said in private; the anonymous case stays',
  request: { params, body: body(erasePersonSchema) },
  responses: gives('How much was erased', erasedSchema),
});
const purge = route({
  method: 'post',
  path: '/api/privacy/purge',
  permission: 'privacy.manage',
  summary: 'Retention: removes persons, and what changes said of them, older than so many months',
  request: { body: body(purgeSchema) },
  responses: gives('How much was removed', erasedSchema),
});

const attachment = (type: string, name: string) => ({
  'content-type': `${type}; charset=utf-8`,
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'no-store',
});

export const personRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => {
      const { ids, reason } = c.req.valid('query');
      const asked = [...new Set(ids.split(',').filter(Boolean))];
      return c.json(await readPersons(services, asked, reason, c.var.actor), 200);
    })
    .openapi(csv, async (c) => {
      const text = await exportPersons(services, c.req.valid('query'), c.var.actor);
      return c.body(text, 200, attachment('text/csv', 'tayho-atlas-ca-benh.csv')) as never;
    })
    .openapi(search, async (c) => {
      return c.json(await findPersonsByText(services, c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(ofOne, async (c) => {
      const { format } = c.req.valid('query');
      const text = await exportPerson(services, c.req.valid('param').id, format, c.var.actor);
      const type = format === 'json' ? 'application/json' : 'text/csv';
      return c.body(text, 200, attachment(type, `tayho-atlas-ca-nhan.${format}`)) as never;
    })
    .openapi(erase, async (c) => {
      const { changeId } = c.req.valid('json');
      return c.json(await erasePerson(services, c.req.valid('param').id, changeId, c.var.actor), 200);
    })
    .openapi(purge, async (c) =>
      c.json(await purgePersons(services, c.req.valid('json'), nameOfActor(c.var.actor)), 200),
    );
