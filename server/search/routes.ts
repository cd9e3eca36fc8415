import { createRouter, replyJson, route } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { createSearch } from './actions.ts';
import { searchQuerySchema, searchSchema } from './contract.ts';

const search = route({
  method: 'get',
  path: '/api/search',
  permission: 'public.read',
  summary: 'Wards of both sets, relics, streets and landmarks by name; diacritics are optional, exact first',
  request: { query: searchQuerySchema },
  responses: gives('Hits, best first', searchSchema),
});

export const searchRoutes = (services: Services) => {
  const index = createSearch(services);
  return createRouter().openapi(search, async (c) => {
    const { q, limit } = c.req.valid('query');
    return replyJson(c, { q, items: await index.find(q, limit) });
  });
};
