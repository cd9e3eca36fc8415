import { createRouter, route } from '../../platform/http.ts';
import { body, gives } from '../../platform/route-parts.ts';
import type { Services } from '../../platform/services.ts';
import { importCases } from './import-actions.ts';
import { importResultSchema, importSchema } from './import-contract.ts';

/** 8 MB as base64, and the rest of the body. */
const MOST_BODY_BYTES = 12 * 1024 * 1024;

const imports = route({
  method: 'post',
  path: '/api/dengue/cases/import',
  permission: 'case.write',
  maxBodyBytes: MOST_BODY_BYTES,
  summary: 'Imports a line list of CSV or XLSX, or says what would come of it; every fault by row and column',
  request: { body: body(importSchema) },
  responses: gives('What was or would be done', importResultSchema),
});

export const importRoutes = (services: Services) =>
  createRouter().openapi(imports, async (c) =>
    c.json(await importCases(services, c.req.valid('json'), c.var.actor), 200),
  );
