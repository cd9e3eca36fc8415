import { z } from 'zod';
import { createRouter, replyJson, route, type AppContext } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import {
  heldCollection,
  heldCollections,
  itemOf,
  itemsOf,
  spatialExtent,
  temporalExtent,
  type Held,
} from './actions.ts';
import {
  collectionSchema,
  collectionsSchema,
  conformanceSchema,
  itemSchema,
  itemsSchema,
  landingSchema,
  queryablesSchema,
} from './contract.ts';
import { definition } from './definition.ts';
import {
  collectionOf,
  collections,
  conformance,
  GEOJSON,
  HTML,
  itemDocument,
  itemsDocument,
  JSON_TYPE,
  landing,
  OPENAPI,
  queryables,
  SCHEMA,
  type Asked,
} from './describe.ts';
import {
  collectionPage,
  collectionsPage,
  conformancePage,
  definitionPage,
  itemPage,
  itemsPage,
  landingPage,
  queryablesPage,
} from './html.ts';
import { itemsParameters, onlyParameters, readCrsOfItem } from './query.ts';

/** Named for the document only: a query is read strictly by `query.ts`, which answers 400 as Part 1 asks. */
const asText = z.union([z.string(), z.array(z.string())]).optional();
const faceQuery = z.object({ f: asText });
const itemsQuery = z.object(Object.fromEntries(itemsParameters.map((name) => [name, asText])));
const itemQuery = z.object({ f: asText, crs: asText });

const read = <const P extends string, T extends z.ZodType>(
  path: P,
  summary: string,
  schema: T,
  { params, query = faceQuery }: { params?: z.ZodObject; query?: z.ZodObject } = {},
) =>
  route({
    method: 'get',
    path,
    permission: 'public.read',
    summary: `OGC API - Features: ${summary}`,
    request: { query, ...(params && { params }) },
    responses: gives(summary, schema),
  });

const id = z.string().max(100);
const ofCollection = z.object({ id });
const ofItem = z.object({ id, itemId: z.string().max(300) });

const land = read('/ogc', 'where its resources are', landingSchema);
const conform = read('/ogc/conformance', 'the classes of requirements it meets', conformanceSchema);
const define = read('/ogc/api', 'its definition in OpenAPI 3.0', z.looseObject({ openapi: z.string() }));
const listAll = read('/ogc/collections', 'the layers as collections', collectionsSchema);
const describe = read('/ogc/collections/{id}', 'one collection', collectionSchema, { params: ofCollection });
const askable = read('/ogc/collections/{id}/queryables', 'what may be asked of its features', queryablesSchema, {
  params: ofCollection,
});
const items = read('/ogc/collections/{id}/items', 'features of a collection, by pages', itemsSchema, {
  params: ofCollection,
  query: itemsQuery,
});
const item = read('/ogc/collections/{id}/items/{itemId}', 'one feature', itemSchema, {
  params: ofItem,
  query: itemQuery,
});

/** JSON unless a browser asks, or `f` says otherwise. @throws {Refusal} 400 for another `f` */
function faceOf(c: AppContext): 'json' | 'html' {
  const f = c.req.query('f');
  if (f === 'json' || f === 'html') return f;
  if (f !== undefined) throw new Refusal(400, 'invalid_request', { errors: [{ path: 'f', code: 'invalid_request' }] });
  return (c.req.header('accept') ?? '').includes(HTML) ? 'html' : 'json';
}

/** Where this request came to, as the asking side wrote it; a proxy in front says so when it is trusted. */
function askedOf(c: AppContext, trustProxy: boolean): Asked {
  const { pathname, search, protocol, host } = new URL(c.req.url);
  const told = (name: string) => (trustProxy ? c.req.header(name)?.split(',').at(-1)?.trim() : undefined);
  const origin = `${told('x-forwarded-proto') ?? protocol.slice(0, -1)}://${told('x-forwarded-host') ?? host}`;
  return { base: `${origin}/ogc`, url: `${origin}${pathname}${search}`, shown: faceOf(c) };
}

/** A page may style itself, and nothing else. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

export function ogcRoutes(services: Services) {
  const { env, clock } = services;
  const asked = (c: AppContext) => askedOf(c, env.trustProxy);
  const searchOf = (c: AppContext) => new URL(c.req.url).searchParams;
  const bare = (c: AppContext) => onlyParameters(searchOf(c), ['f']);
  const factsOf = (held: Held) => ({ layer: held.layer, bounds: spatialExtent(held), days: temporalExtent(held) });

  /** The document or its page, whichever was asked for. */
  function reply(c: AppContext, { shown }: Asked, type: string, document: unknown, toPage: () => string) {
    c.header('vary', 'accept, cookie');
    // What an account sees is for nobody's cache.
    if (shown === 'json' && c.var.actor.kind === 'user') {
      return c.body(JSON.stringify(document), 200, { 'content-type': type }) as unknown as ReturnType<typeof replyJson>;
    }
    if (shown === 'json') return replyJson(c, document, type);
    c.header('content-security-policy', PAGE_POLICY);
    return c.body(toPage(), 200, {
      'content-type': `${HTML}; charset=utf-8`,
      'cache-control': 'no-cache',
    }) as unknown as ReturnType<typeof replyJson>;
  }

  return createRouter()
    .openapi(land, (c) => {
      bare(c);
      const document = landing(asked(c));
      return reply(c, asked(c), JSON_TYPE, document, () => landingPage(document));
    })
    .openapi(conform, (c) => {
      bare(c);
      const document = conformance();
      return reply(c, asked(c), JSON_TYPE, document, () => conformancePage(asked(c).base, document));
    })
    .openapi(define, async (c) => {
      bare(c);
      const { base } = asked(c);
      const held = await heldCollections(services, c.var.actor);
      const described = held.map(({ layer, kinds }) => ({
        ...{ id: layer.id, title: layer.title.en, queryables: [...kinds.keys()] },
      }));
      const document = definition(base, env.version, described);
      return reply(c, asked(c), OPENAPI, document, () => definitionPage(base, document));
    })
    .openapi(listAll, async (c) => {
      bare(c);
      const held = await heldCollections(services, c.var.actor);
      const document = collections(asked(c), held.map(factsOf));
      return reply(c, asked(c), JSON_TYPE, document, () => collectionsPage(asked(c).base, document));
    })
    .openapi(describe, async (c) => {
      bare(c);
      const { base } = asked(c);
      const document = collectionOf(base, factsOf(await heldCollection(services, c.req.param('id'), c.var.actor)));
      return reply(c, asked(c), JSON_TYPE, document, () => collectionPage(base, document));
    })
    .openapi(askable, async (c) => {
      bare(c);
      const { base } = asked(c);
      const held = await heldCollection(services, c.req.param('id'), c.var.actor);
      const document = queryables(base, held.layer, held.kinds);
      return reply(c, asked(c), SCHEMA, document, () =>
        queryablesPage(base, collectionOf(base, factsOf(held)), document),
      );
    })
    .openapi(items, async (c) => {
      const collectionId = c.req.param('id');
      const { held, query, page } = await itemsOf(services, collectionId, c.var.actor, searchOf(c));
      c.header('content-crs', `<${query.crs}>`);
      const document = itemsDocument(asked(c), collectionId, query, page, clock.now());
      const { base } = asked(c);
      return reply(c, asked(c), GEOJSON, document, () => itemsPage(base, collectionOf(base, factsOf(held)), document));
    })
    .openapi(item, async (c) => {
      const crs = readCrsOfItem(searchOf(c));
      const { id: collectionId, itemId } = ofItem.parse(c.req.param());
      const { held, feature } = await itemOf(services, collectionId, itemId, crs, c.var.actor);
      c.header('content-crs', `<${crs}>`);
      const { base } = asked(c);
      const toPage = () => itemPage(base, collectionOf(base, factsOf(held)), feature);
      return reply(c, asked(c), GEOJSON, itemDocument(asked(c), collectionId, feature), toPage);
    });
}
