import { z } from 'zod';
import { unitsQuery } from '../platform/contract.ts';
import { createRouter, requireVersion, route } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import {
  breedingSiteListSchema,
  breedingSiteSchema,
  editBreedingSiteSchema,
  inspectionListSchema,
  inspectionQuerySchema,
  inspectionSchema,
  reportBreedingSiteSchema,
  reportInspectionSchema,
} from './inspection-contract.ts';
import { editSite, inspectionPage, reportInspection, reportSite, sitePage } from './vector-actions.ts';

const siteQuery = unitsQuery.extend({
  ward: z.string().max(40).optional(),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

const inspections = route({
  method: 'get',
  path: '/api/dengue/inspections',
  permission: 'outbreak.read',
  summary: 'Vector inspections with their indices; out of scope without their place',
  request: { query: inspectionQuerySchema },
  responses: gives('A page, latest first', inspectionListSchema),
});
const inspect = route({
  method: 'post',
  path: '/api/dengue/inspections',
  permission: 'outbreak.write',
  summary: 'Records an inspection; larvae or adults near a case make its signal an outbreak',
  request: { body: body(reportInspectionSchema) },
  responses: gives('The inspection with its indices', inspectionSchema),
});
const sites = route({
  method: 'get',
  path: '/api/dengue/breeding-sites',
  permission: 'case.read',
  summary: 'Breeding sites of one’s wards, with the day to look again',
  request: { query: siteQuery },
  responses: gives('A page', breedingSiteListSchema),
});
const found = route({
  method: 'post',
  path: '/api/dengue/breeding-sites',
  permission: 'outbreak.write',
  summary: 'Records a breeding site',
  request: { body: body(reportBreedingSiteSchema) },
  responses: gives('The site', breedingSiteSchema),
});
const edit = route({
  method: 'patch',
  path: '/api/dengue/breeding-sites/{id}',
  permission: 'outbreak.write',
  summary: 'Looked at again, cleared, a new day to look',
  request: {
    params: z.object({ id: z.string().max(100) }),
    headers: ifMatch,
    body: body(editBreedingSiteSchema),
  },
  responses: gives('The site as it stands now', breedingSiteSchema),
});

/** Places where mosquitoes breed are homes: nothing here may be kept by a cache. */
export const vectorRoutes = (services: Services) =>
  createRouter()
    .openapi(inspections, async (c) => c.json(await inspectionPage(services, c.req.valid('query'), c.var.actor), 200))
    .openapi(inspect, async (c) => c.json(await reportInspection(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(sites, async (c) => c.json(await sitePage(services, c.req.valid('query'), c.var.actor), 200))
    .openapi(found, async (c) => c.json(await reportSite(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(edit, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await editSite(services, id, requireVersion(c), c.req.valid('json'), c.var.actor), 200);
    });
