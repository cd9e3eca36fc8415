/** The words of `/ogc`: OGC API - Features, Part 1 (OGC 17-069r4), over the layers. */
import { z } from 'zod';

export const ogcRefusals = [
  'unknown_collection',
  'unknown_item',
  /** A parameter that the API definition does not have (Part 1, /req/core/query-param-unknown). */
  'unknown_parameter',
  'invalid_limit',
  'invalid_datetime',
  /** A `next` link that was altered by hand. */
  'invalid_cursor',
  /** A reference system that the collection does not list (Part 2, /req/crs/fc-crs-valid-value). */
  'unknown_crs',
  /** A filter in another language than `cql2-text` (Part 3). */
  'unknown_filter_language',
  /** A filter that is no CQL2 text; the path names the place, `filter@12`. */
  'invalid_filter',
  'filter_too_long',
  /** Brackets within brackets, more than a hundred. */
  'filter_too_deep',
  /** A filter that names a property no feature has. */
  'unknown_property',
  /** A filter that compares a text with a number, or the like. */
  'filter_types_differ',
  /** CQL2 of a class that `/conformance` does not claim: functions, arrays, touches, crosses, overlaps, equals. */
  'filter_unsupported',
] as const;

/** What `/conformance` claims: only what the tests named by requirement cover. */
export const conformanceClasses = [
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter',
  'http://www.opengis.net/spec/cql2/1.0/conf/cql2-text',
  'http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2',
  'http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators',
  'http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison',
  'http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison',
  'http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions',
  'http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus',
  'http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions',
  'http://www.opengis.net/spec/cql2/1.0/conf/property-property',
  'http://www.opengis.net/spec/cql2/1.0/conf/arithmetic',
] as const;

export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const GREGORIAN = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian';

export const DEFAULT_LIMIT = 100;
export const MOST_ITEMS = 10_000;

export const linkSchema = z.object({
  href: z.string(),
  rel: z.string(),
  type: z.string().optional(),
  title: z.string().optional(),
  hreflang: z.string().optional(),
});
export type Link = z.infer<typeof linkSchema>;

export const landingSchema = z.object({
  title: z.string(),
  description: z.string(),
  attribution: z.string(),
  links: z.array(linkSchema),
});
export type Landing = z.infer<typeof landingSchema>;

export const conformanceSchema = z.object({ conformsTo: z.array(z.string()) });

export const collectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  attribution: z.string(),
  /** SPDX, or `facts` where nobody holds a right. */
  licence: z.string(),
  accuracy: z.object({ vi: z.string(), en: z.string() }),
  itemType: z.literal('feature'),
  /** Every system it can be asked for in (Part 2). */
  crs: z.array(z.string()),
  /** The system it is kept in. */
  storageCrs: z.string(),
  extent: z.object({
    /** Degrees, west south east north; absent where the collection is empty. */
    spatial: z.object({ bbox: z.array(z.array(z.number()).length(4)), crs: z.literal(CRS84) }).optional(),
    /** Days; `null` = open. Absent where features bear no time. */
    temporal: z
      .object({ interval: z.array(z.array(z.string().nullable()).length(2)), trs: z.literal(GREGORIAN) })
      .optional(),
  }),
  links: z.array(linkSchema),
});
export type Collection = z.infer<typeof collectionSchema>;
export const GREGORIAN_CALENDAR = GREGORIAN;

export const collectionsSchema = z.object({ links: z.array(linkSchema), collections: z.array(collectionSchema) });
export type Collections = z.infer<typeof collectionsSchema>;

/** What may be asked of the features of a collection: a JSON Schema whose properties are the queryables (Part 3). */
export const queryablesSchema = z.looseObject({
  $schema: z.string(),
  $id: z.string(),
  type: z.literal('object'),
  title: z.string(),
  properties: z.record(z.string(), z.looseObject({ title: z.string() })),
  additionalProperties: z.literal(false),
});
export type Queryables = z.infer<typeof queryablesSchema>;

export const itemSchema = z.looseObject({ type: z.literal('Feature'), id: z.string() });
export const itemsSchema = z.object({
  type: z.literal('FeatureCollection'),
  timeStamp: z.string(),
  numberMatched: z.number().int(),
  numberReturned: z.number().int(),
  links: z.array(linkSchema),
  features: z.array(itemSchema),
});
export type Items = z.infer<typeof itemsSchema>;
