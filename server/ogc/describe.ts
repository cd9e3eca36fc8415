/** What the service says of itself: landing page, conformance, collections and the links between them. */
import {
  conformanceClasses,
  CRS84,
  GREGORIAN_CALENDAR,
  type Collection,
  type Collections,
  type Items,
  type Landing,
  type Link,
  type Queryables,
} from './contract.ts';
import type { Bbox, CivilDate } from '../../geodata/schema.ts';
import type { Layer } from '../layers/contract.ts';
import type { PropertyKind } from './cql2/expression.ts';
import { crsList } from './crs.ts';
import type { Feature } from './feature.ts';
import type { Page } from './items.ts';
import { cursorAfter, type ItemsQuery } from './query.ts';

export const GEOJSON = 'application/geo+json';
export const JSON_TYPE = 'application/json';
export const HTML = 'text/html';
export const SCHEMA = 'application/schema+json';
const QUERYABLES_REL = 'http://www.opengis.net/def/rel/ogc/1.0/queryables';
export const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0';

/** A description as one reads it: Vietnamese, then English. */
const both = ({ vi, en }: { vi: string; en: string }) => `${vi} / ${en}`;
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

/** The address of this document and of its other face (Part 1, rel `self` and `alternate`). */
const faces = (url: string, type: string, shown: 'json' | 'html'): Link[] => {
  const [path = '', query = ''] = url.split('?');
  const as = (f: string) => {
    const search = new URLSearchParams(query);
    search.set('f', f);
    return `${path}?${search.toString()}`;
  };
  const machine = { href: as('json'), type };
  const person = { href: as('html'), type: HTML };
  return shown === 'json'
    ? [
        { ...machine, rel: 'self' },
        { ...person, rel: 'alternate', title: 'HTML' },
      ]
    : [
        { ...person, rel: 'self' },
        { ...machine, rel: 'alternate', title: 'JSON' },
      ];
};

export interface Asked {
  /** `http://host/ogc`, without an end stroke. */
  base: string;
  /** The whole address that was asked for. */
  url: string;
  shown: 'json' | 'html';
}

export const landing = ({ base, url, shown }: Asked): Landing => ({
  title: 'Bản đồ số Tây Hồ / Tây Hồ Atlas',
  description:
    'Các lớp dữ liệu của quận Tây Hồ, Hà Nội, theo OGC API - Features. / The layers of Tây Hồ district, Hà Nội, as OGC API - Features.',
  attribution: '© OpenStreetMap (ODbL 1.0) · Tây Hồ Atlas',
  links: [
    ...faces(url, JSON_TYPE, shown),
    { href: `${base}/api?f=json`, rel: 'service-desc', type: OPENAPI, title: 'OpenAPI 3.0' },
    { href: `${base}/api?f=html`, rel: 'service-doc', type: HTML, title: 'Tài liệu giao diện / API documentation' },
    { href: `${base}/conformance`, rel: 'conformance', type: JSON_TYPE, title: 'Mức tuân thủ / Conformance' },
    { href: `${base}/collections`, rel: 'data', type: JSON_TYPE, title: 'Các lớp dữ liệu / Collections' },
  ],
});

export const conformance = () => ({ conformsTo: [...conformanceClasses] });

/** The licence texts that have an address. */
const licences: Record<string, Link> = {
  'ODbL-1.0': {
    href: 'https://opendatacommons.org/licenses/odbl/1-0/',
    rel: 'license',
    type: HTML,
    title: 'Open Database License 1.0',
  },
};

export interface CollectionFacts {
  layer: Layer;
  bounds: Bbox | null;
  days: [CivilDate | null, CivilDate | null] | null;
}

const instant = (day: CivilDate | null): string | null => day && `${day}T00:00:00+07:00`;

export function collectionOf(base: string, { layer, bounds, days }: CollectionFacts): Collection {
  const { id, title, accuracy, attribution, licence } = layer;
  const here = `${base}/collections/${id}`;
  return {
    id,
    title: both(title),
    description: `${sentence(accuracy.vi)} / ${sentence(accuracy.en)}`,
    attribution,
    licence,
    accuracy,
    itemType: 'feature',
    crs: [...crsList],
    storageCrs: CRS84,
    extent: {
      ...(bounds && { spatial: { bbox: [[...bounds]], crs: CRS84 } }),
      ...(days && { temporal: { interval: [days.map(instant)], trs: GREGORIAN_CALENDAR } }),
    },
    links: [
      { href: here, rel: 'self', type: JSON_TYPE },
      { href: `${here}?f=html`, rel: 'alternate', type: HTML, title: 'HTML' },
      { href: `${here}/queryables`, rel: QUERYABLES_REL, type: SCHEMA, title: 'Thuộc tính hỏi được / Queryables' },
      { href: `${here}/items`, rel: 'items', type: GEOJSON, title: both(title) },
      { href: `${here}/items?f=html`, rel: 'items', type: HTML, title: both(title) },
      ...(licences[licence] ? [licences[licence]] : []),
    ],
  };
}

const QUERYABLE: Record<PropertyKind, object> = {
  text: { type: 'string' },
  day: { type: 'string', format: 'date' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  any: {},
};

/** What may be asked of a collection, as a JSON Schema (Part 3, /req/queryables/get-queryables-response). */
export const queryables = (base: string, layer: Layer, kinds: ReadonlyMap<string, PropertyKind>): Queryables => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `${base}/collections/${layer.id}/queryables`,
  type: 'object',
  title: both(layer.title),
  properties: {
    geometry: { title: 'geometry', format: 'geometry-any', 'x-ogc-role': 'primary-geometry' },
    ...Object.fromEntries([...kinds].map(([name, kind]) => [name, { title: name, ...QUERYABLE[kind] }])),
  },
  additionalProperties: false,
});

export const collections = (asked: Asked, all: readonly CollectionFacts[]): Collections => ({
  links: faces(asked.url, JSON_TYPE, asked.shown),
  collections: all.map((facts) => collectionOf(asked.base, facts)),
});

/** The address of the page after this one: everything asked stays as it was. */
function nextUrl({ base, url }: Asked, id: string, query: ItemsQuery, last: Feature): string {
  const search = new URLSearchParams(url.split('?')[1] ?? '');
  search.set('limit', String(query.limit));
  search.set('cursor', cursorAfter(last.id));
  return `${base}/collections/${id}/items?${search.toString()}`;
}

export function itemsDocument(asked: Asked, id: string, query: ItemsQuery, page: Page, now: Date): Items {
  const last = page.more ? page.features.at(-1) : undefined;
  const type = asked.shown === 'html' ? HTML : GEOJSON;
  return {
    type: 'FeatureCollection',
    timeStamp: now.toISOString(),
    numberMatched: page.matched,
    numberReturned: page.features.length,
    links: [
      ...faces(asked.url, GEOJSON, asked.shown),
      { href: `${asked.base}/collections/${id}`, rel: 'collection', type: JSON_TYPE },
      ...(last ? [{ href: nextUrl(asked, id, query, last), rel: 'next', type }] : []),
    ],
    features: page.features as unknown as Items['features'],
  };
}

export const itemDocument = (asked: Asked, id: string, feature: Feature) => ({
  ...feature,
  links: [
    ...faces(asked.url, GEOJSON, asked.shown),
    { href: `${asked.base}/collections/${id}`, rel: 'collection', type: JSON_TYPE },
  ],
});
