import { atQuery } from '../platform/contract.ts';
import { createRouter, replyJson, route } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { publicCurve } from './actions.ts';
import { curveSchema } from './contract.ts';

const curve = route({
  method: 'get',
  path: '/api/dengue/curve',
  permission: 'public.read',
  summary: 'Cases by epidemiological week of onset; a week of 1 to 4 is withheld',
  request: { query: atQuery },
  responses: gives('The curve', curveSchema),
});

export const dengueRoutes = (services: Services) =>
  createRouter().openapi(curve, async (c) => {
    const { at = services.clock.today() } = c.req.valid('query');
    return replyJson(c, await publicCurve(services, at));
  });
