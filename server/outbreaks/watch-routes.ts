import { atQuery } from '../platform/contract.ts';
import { createRouter, route } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { bulletin, channel, incidence, quality, warnings, watchCurve } from './watch-actions.ts';
import {
  bulletinQuerySchema,
  bulletinSchema,
  channelSchema,
  incidenceSchema,
  qualityQuerySchema,
  qualitySchema,
  warningsSchema,
  watchCurveQuerySchema,
  watchCurveSchema,
  watchSpanQuerySchema,
} from './watch-contract.ts';

const curve = route({
  method: 'get',
  path: '/api/dengue/watch/curve',
  permission: 'outbreak.read',
  summary: 'Cases by day or epidemiological week of onset, by class, none withheld',
  request: { query: watchCurveQuerySchema },
  responses: gives('The curve', watchCurveSchema),
});
const weeks = route({
  method: 'get',
  path: '/api/dengue/watch/bulletin',
  permission: 'outbreak.read',
  summary: 'Cases, new, active and ended outbreaks of each week',
  request: { query: bulletinQuerySchema },
  responses: gives('Oldest week first', bulletinSchema),
});
const byWard = route({
  method: 'get',
  path: '/api/dengue/watch/incidence',
  permission: 'outbreak.read',
  summary: 'Cases per 100,000 people by ward',
  request: { query: watchSpanQuerySchema },
  responses: gives('Every ward of the set', incidenceSchema),
});
const months = route({
  method: 'get',
  path: '/api/dengue/watch/channel',
  permission: 'outbreak.read',
  summary: 'The months of the year against those of earlier years',
  request: { query: atQuery },
  responses: gives('Twelve months', channelSchema),
});
const inZones = route({
  method: 'get',
  path: '/api/dengue/watch/warnings',
  permission: 'outbreak.read',
  summary: 'Relics, schools and festivals inside the zones of outbreaks that have not ended',
  request: { query: atQuery },
  responses: gives('By outbreak', warningsSchema),
});
const amiss = route({
  method: 'get',
  path: '/api/dengue/watch/quality',
  permission: 'case.read',
  summary: 'What is amiss with the cases of one’s wards',
  request: { query: qualityQuerySchema },
  responses: gives('Counts and shares', qualitySchema),
});

/** For who is signed in: nothing here may be kept by a cache. */
export const watchRoutes = (services: Services) =>
  createRouter()
    .openapi(curve, async (c) => c.json(await watchCurve(services, c.req.valid('query')), 200))
    .openapi(weeks, async (c) => c.json(await bulletin(services, c.req.valid('query')), 200))
    .openapi(byWard, async (c) => c.json(await incidence(services, c.req.valid('query')), 200))
    .openapi(months, async (c) => c.json(await channel(services, c.req.valid('query')), 200))
    .openapi(inZones, async (c) => c.json(await warnings(services, c.req.valid('query'), c.var.actor), 200))
    .openapi(amiss, async (c) => c.json(await quality(services, c.req.valid('query'), c.var.actor), 200));
