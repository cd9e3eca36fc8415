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
] as const;

/** What `/conformance` claims: only what the tests named by requirement cover. */
export const conformanceClasses = [
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html',
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
  crs: z.array(z.string()),
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
