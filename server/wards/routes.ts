import { z } from 'zod';
import { listOf, unitsQuery } from '../platform/contract.ts';
import { createRouter, replyJson, route } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { findWard, listWards } from './actions.ts';
import { wardSchema } from './contract.ts';

/** `00097` or `00097@1995-10-28`; what is neither is a ward nobody knows, not a malformed request. */
const wardParam = z.object({ code: z.string().max(40) });

const list = route({
  method: 'get',
  path: '/api/wards',
  permission: 'public.read',
  summary: 'The wards of a set',
  request: { query: unitsQuery },
  responses: gives('Wards', listOf(wardSchema)),
});

const one = route({
  method: 'get',
  path: '/api/wards/{code}',
  permission: 'public.read',
  summary: 'One ward, by code (read in `units`, or in the default set) or by key',
  request: { params: wardParam, query: unitsQuery },
  responses: gives('The ward', wardSchema),
});

export const wardRoutes = (services: Services) =>
  createRouter()
    .openapi(list, (c) => {
      const { units = services.env.units } = c.req.valid('query');
      return replyJson(c, { items: listWards(services, units), nextCursor: null });
    })
    .openapi(one, (c) => {
      const { units = services.env.units } = c.req.valid('query');
      return replyJson(c, findWard(services, c.req.valid('param').code, units));
    });
