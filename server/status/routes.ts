import { z } from 'zod';
import { atQuery, unitsQuery } from '../platform/contract.ts';
import { createRouter, replyJson, replySnapshot, route } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { districtStatus, findPack, oneWardStatus, statusSnapshot } from './actions.ts';
import { packSchema, statusSchema } from './contract.ts';

const query = atQuery.extend(unitsQuery.shape);

const district = route({
  method: 'get',
  path: '/api/status',
  permission: 'public.read',
  summary: 'The status of every ward on a day, from approved figures',
  request: { query },
  responses: gives('Status', statusSchema),
});

const ward = route({
  method: 'get',
  path: '/api/wards/{code}/status',
  permission: 'public.read',
  summary: 'The status of one ward on a day, as a list of one',
  request: { params: z.object({ code: z.string().max(40) }), query },
  responses: gives('Status', statusSchema),
});

const pack = route({
  method: 'get',
  path: '/api/packs/{id}',
  permission: 'public.read',
  summary: 'A criteria pack: its criteria, indicators, targets and their sources',
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: gives('The pack', packSchema),
});

export const statusRoutes = (services: Services) =>
  createRouter()
    .openapi(district, async (c) => {
      const { at = services.clock.today(), units = services.env.units } = c.req.valid('query');
      const snapshot = statusSnapshot(services, at, units);
      if (snapshot) return replySnapshot(c, await snapshot);
      return replyJson(c, await districtStatus(services, at, units));
    })
    .openapi(ward, async (c) => {
      const { at = services.clock.today(), units = services.env.units } = c.req.valid('query');
      return replyJson(c, await oneWardStatus(services, c.req.valid('param').code, at, units));
    })
    .openapi(pack, async (c) => replyJson(c, await findPack(services, c.req.valid('param').id)));
