import { z } from 'zod';
import { sourceEntrySchema } from '../geodata/schema.ts';
import { openAccounts } from './accounts/account.ts';
import { permissionsOf } from './accounts/permission.ts';
import { sessionRoutes, whoAsks } from './accounts/session-routes.ts';
import { userRoutes } from './accounts/user-routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { backupRoutes } from './backups/routes.ts';
import { caseRoutes } from './dengue/cases/case-routes.ts';
import { importRoutes } from './dengue/cases/import-routes.ts';
import { personRoutes } from './dengue/cases/person-routes.ts';
import { dengueRoutes } from './dengue/routes.ts';
import { restorationRoutes } from './heritage/restoration/routes.ts';
import { heritageRoutes } from './heritage/routes.ts';
import { dropChangedLayers } from './layers/actions.ts';
import { layerRoutes } from './layers/routes.ts';
import { healthSchema, listOf } from './platform/contract.ts';
import { assertPermissions, createRoot, createRouter, replyJson, route } from './platform/http.ts';
import { photoRoutes } from './photos/routes.ts';
import { changeRoutes, metricsRoutes } from './platform/routes.ts';
import type { Services } from './platform/services.ts';
import { followCases } from './outbreaks/keep-actions.ts';
import { meetingRoutes } from './meeting/routes.ts';
import { ogcRoutes } from './ogc/routes.ts';
import { outbreakRoutes } from './outbreaks/routes.ts';
import { responseRoutes } from './outbreaks/response-routes.ts';
import { vectorRoutes } from './outbreaks/vector-routes.ts';
import { watchRoutes } from './outbreaks/watch-routes.ts';
import { programmeRoutes } from './programme/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { evidenceRoutes } from './status/evidence-routes.ts';
import { figureRoutes } from './status/figure-routes.ts';
import { packRoutes } from './status/pack-routes.ts';
import { sheetRoutes } from './status/sheet-routes.ts';
import { statusRoutes } from './status/routes.ts';
import { titleRoutes } from './status/title-routes.ts';
import { wardRoutes } from './wards/routes.ts';

const health = route({
  method: 'get',
  path: '/api/health',
  permission: 'health.read',
  summary: 'Whether the server answers, on which data, and what this reader may do',
  responses: { 200: { description: 'Health', content: { 'application/json': { schema: healthSchema } } } },
});

const sources = route({
  method: 'get',
  path: '/api/sources',
  permission: 'public.read',
  summary: 'Publisher, licence, date and accuracy of every data file',
  responses: {
    200: { description: 'Sources', content: { 'application/json': { schema: listOf(sourceEntrySchema) } } },
  },
});

const openapi = route({
  method: 'get',
  path: '/api/openapi.json',
  permission: 'public.read',
  summary: 'This interface as OpenAPI 3.1',
  responses: {
    200: {
      description: 'OpenAPI 3.1',
      content: { 'application/json': { schema: z.looseObject({ openapi: z.string() }) } },
    },
  },
});

const serverRoutes = (services: Services) =>
  createRouter()
    .openapi(health, async (c) => {
      const { env, clock, changes, disk, schemaVersion } = services;
      const head = await changes.chainHead();
      return c.json(
        {
          status: disk.readOnly ? ('read-only' as const) : ('ok' as const),
          readOnly: disk.readOnly,
          version: env.version,
          demo: env.demo,
          today: clock.today(),
          units: env.units,
          schemaVersion,
          seq: head.seq,
          chainHash: head.hash,
          basemap: env.basemap === null ? ('built-in' as const) : ('pmtiles' as const),
          may: [...permissionsOf(c.var.actor)],
        },
        200,
      );
    })
    .openapi(sources, (c) => replyJson(c, { items: services.places.sources, nextCursor: null }));

/** The whole API. Throws when a route declares no permission: such a server does not start. */
export function createApp(services: Services) {
  const accounts = openAccounts(services);
  const root = createRoot(services, whoAsks(accounts));
  const app = root
    .route('/', serverRoutes(services))
    .route('/', layerRoutes(services))
    .route('/', wardRoutes(services))
    .route('/', statusRoutes(services))
    .route('/', titleRoutes(services))
    .route('/', figureRoutes(services))
    .route('/', evidenceRoutes(services))
    .route('/', sheetRoutes(services))
    .route('/', packRoutes(services))
    .route('/', programmeRoutes(services))
    .route('/', meetingRoutes(services))
    .route('/', dengueRoutes(services))
    .route('/', caseRoutes(services))
    .route('/', importRoutes(services))
    .route('/', personRoutes(services))
    .route('/', outbreakRoutes(services))
    .route('/', vectorRoutes(services))
    .route('/', watchRoutes(services))
    .route('/', responseRoutes(services))
    .route('/', heritageRoutes(services))
    .route('/', restorationRoutes(services))
    .route('/', photoRoutes(services))
    .route('/', searchRoutes(services))
    .route('/', ogcRoutes(services))
    .route('/', changeRoutes(services))
    .route('/', metricsRoutes(services))
    .route('/', sessionRoutes(accounts))
    .route('/', userRoutes(accounts))
    .route('/', auditRoutes(accounts))
    .route('/', backupRoutes(services))
    .route(
      '/',
      createRouter().openapi(openapi, (c) => replyJson(c, documentOf(root, services.env.version))),
    );
  dropChangedLayers(services);
  followCases(services);
  assertPermissions(root);
  return app;
}

/** Made from the contracts once; the routes do not change while the server runs. */
const documents = new WeakMap<object, object>();
function documentOf(root: ReturnType<typeof createRoot>, version: string): object {
  let document = documents.get(root);
  if (!document) {
    document = root.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Tây Hồ Atlas', version, license: { name: 'Apache-2.0' } },
      servers: [{ url: '/' }],
    });
    documents.set(root, document);
  }
  return document;
}

export type App = ReturnType<typeof createApp>;
/** The routes and the types of their answers, for the typed client. */
export type Api = App;
