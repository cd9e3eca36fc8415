import { z } from 'zod';
import { listOf, unitsQuery } from '../platform/contract.ts';
import { createRouter, replyJson, replySnapshot, route } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { collection, isRoleLayer, listLayers, openLayer, roleCollection, snapshotFor } from './actions.ts';
import { featureCollectionSchema, layerQuerySchema, layerSchema } from './contract.ts';

const list = route({
  method: 'get',
  path: '/api/layers',
  permission: 'public.read',
  summary: 'The catalogue of layers',
  request: { query: unitsQuery },
  responses: gives('Layers', listOf(layerSchema)),
});

const one = route({
  method: 'get',
  path: '/api/layers/{id}',
  permission: 'public.read',
  summary: 'One layer as a GeoJSON FeatureCollection',
  request: { params: z.object({ id: z.string().max(100) }), query: layerQuerySchema },
  responses: gives('The layer', featureCollectionSchema),
});

export const layerRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => {
      const { units = services.env.units } = c.req.valid('query');
      return replyJson(c, { items: await listLayers(services, units), nextCursor: null });
    })
    .openapi(one, async (c) => {
      const id = openLayer(c.req.valid('param').id, c.var.actor);
      const { bbox, at, units = services.env.units } = c.req.valid('query');
      if (isRoleLayer(id)) {
        const query = { bbox, at: at ?? services.clock.today(), units };
        return c.json(await roleCollection(services, id, c.var.actor, query), 200) as ReturnType<typeof replyJson>;
      }
      const snapshot = snapshotFor(services, id, { bbox, at, units });
      if (snapshot) return replySnapshot(c, await snapshot);
      return replyJson(c, await collection(services, id, { bbox, at: at ?? services.clock.today(), units }));
    });
