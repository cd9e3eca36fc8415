import { z } from 'zod';
import { atQuery, unitsQuery } from '../platform/contract.ts';
import { createRouter, replyJson, replySnapshot, route } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { districtStatus, oneWardStatus, statusSnapshot } from './actions.ts';
import { statusSchema } from './contract.ts';

/** `pack`: another than the one that judges the title. */
const query = atQuery.extend(unitsQuery.shape).extend({ pack: z.string().max(100).optional() });

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

export const statusRoutes = (services: Services) =>
  createRouter()
    .openapi(district, async (c) => {
      const { at = services.clock.today(), units = services.env.units, pack: id } = c.req.valid('query');
      const snapshot = id === undefined ? statusSnapshot(services, at, units) : null;
      if (snapshot) return replySnapshot(c, await snapshot);
      return replyJson(c, await districtStatus(services, at, units, id));
    })
    .openapi(ward, async (c) => {
      const { at = services.clock.today(), units = services.env.units, pack: id } = c.req.valid('query');
      return replyJson(c, await oneWardStatus(services, c.req.valid('param').code, at, units, id));
    });
