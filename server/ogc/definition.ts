/** The API definition: OpenAPI 3.0 as the conformance class `oas30` demands, of the collections this reader may see. */
import { conformanceClasses, DEFAULT_LIMIT, MOST_ITEMS } from './contract.ts';
import { crsList } from './crs.ts';

interface Described {
  id: string;
  title: string;
  queryables: readonly string[];
}

const parameter = (name: string, description: string, schema: object, more: object = {}) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  style: 'form',
  explode: false,
  ...more,
});

const shared = {
  f: parameter('f', 'json or html instead of what the header Accept asks for', {
    type: 'string',
    enum: ['json', 'html'],
  }),
  limit: parameter('limit', 'The most features of a page', {
    type: 'integer',
    minimum: 1,
    maximum: MOST_ITEMS,
    default: DEFAULT_LIMIT,
  }),
  bbox: parameter('bbox', 'Four numbers (west, south, east, north; CRS84) or six with heights', {
    type: 'array',
    oneOf: [
      { minItems: 4, maxItems: 4 },
      { minItems: 6, maxItems: 6 },
    ],
    items: { type: 'number' },
  }),
  datetime: parameter('datetime', 'An instant or an interval of RFC 3339, either end open (`..`)', { type: 'string' }),
  crs: parameter('crs', 'The reference system of the answer', { type: 'string', format: 'uri', enum: [...crsList] }),
  'bbox-crs': parameter('bbox-crs', 'The reference system of bbox', {
    type: 'string',
    format: 'uri',
    enum: [...crsList],
  }),
  filter: parameter('filter', 'A filter in CQL2 text, of the properties that /queryables lists', { type: 'string' }),
  'filter-lang': parameter('filter-lang', 'The language of filter', {
    type: 'string',
    enum: ['cql2-text'],
    default: 'cql2-text',
  }),
  'filter-crs': parameter('filter-crs', 'The reference system of the geometries in filter', {
    type: 'string',
    format: 'uri',
    enum: [...crsList],
  }),
  cursor: parameter('cursor', 'Where the page before ended, as its next link says', { type: 'string' }),
};
const named = (name: keyof typeof shared) => ({ $ref: `#/components/parameters/${name}` });

const gives = (description: string, type: string) => ({
  '200': {
    description,
    content: { [type]: { schema: { type: 'object' } }, 'text/html': { schema: { type: 'string' } } },
  },
  '400': { $ref: '#/components/responses/InvalidParameter' },
  '404': { $ref: '#/components/responses/NotFound' },
  '500': { $ref: '#/components/responses/ServerError' },
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { type: 'object' } } },
});
const get = (operationId: string, summary: string, type: string, parameters: object[], tags: string[]) => ({
  get: { operationId, summary, tags, parameters, responses: gives(summary, type) },
});

const JSON_TYPE = 'application/json';
const GEOJSON = 'application/geo+json';

function pathsOf({ id, title, queryables }: Described) {
  const own = queryables
    .filter((name) => !Object.hasOwn(shared, name))
    .map((name) => parameter(name, `Features whose ${name} is this`, { type: 'string' }));
  const items = [...(Object.keys(shared) as (keyof typeof shared)[]).map(named), ...own];
  const featureId = { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } };
  return {
    [`/collections/${id}`]: get(`describe_${id}`, title, JSON_TYPE, [named('f')], [id]),
    [`/collections/${id}/queryables`]: get(
      `queryables_${id}`,
      `${title}: what may be asked`,
      'application/schema+json',
      [named('f')],
      [id],
    ),
    [`/collections/${id}/items`]: get(`items_${id}`, `${title}: features`, GEOJSON, items, [id]),
    [`/collections/${id}/items/{featureId}`]: get(
      `item_${id}`,
      `${title}: one feature`,
      GEOJSON,
      [featureId, named('f'), named('crs')],
      [id],
    ),
  };
}

/** @param base `http://host/ogc` */
export function definition(base: string, version: string, collections: readonly Described[]) {
  return {
    openapi: '3.0.3',
    info: {
      title: 'Bản đồ số Tây Hồ / Tây Hồ Atlas: OGC API - Features',
      version,
      license: { name: 'Apache-2.0' },
      'x-conforms-to': [...conformanceClasses],
    },
    servers: [{ url: base }],
    tags: [{ name: 'service' }, ...collections.map(({ id, title }) => ({ name: id, description: title }))],
    paths: {
      '/': get('landing', 'The landing page', JSON_TYPE, [named('f')], ['service']),
      '/api': get(
        'definition',
        'This definition',
        'application/vnd.oai.openapi+json;version=3.0',
        [named('f')],
        ['service'],
      ),
      '/conformance': get(
        'conformance',
        'The classes of requirements this service meets',
        JSON_TYPE,
        [named('f')],
        ['service'],
      ),
      '/collections': get('collections', 'The collections', JSON_TYPE, [named('f')], ['service']),
      ...Object.assign({}, ...collections.map(pathsOf)),
    },
    components: {
      parameters: shared,
      responses: {
        InvalidParameter: problem('A parameter that is unknown or cannot be read'),
        NotFound: problem('There is none, or none for this reader'),
        ServerError: problem('An error of the server'),
      },
    },
  };
}
export type Definition = ReturnType<typeof definition>;
