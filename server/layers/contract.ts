import { z } from 'zod';
import { bilingualSchema, civilDateSchema, unitsSchema, type Bbox } from '../../geodata/schema.ts';

export const layerRefusals = ['unknown_layer', 'bbox_out_of_order', 'bbox_outside_world'] as const;

export const publicLayers = [
  'wards',
  'ward-edges',
  'relics',
  'hotspots',
  'landmarks',
  'streets',
  'water',
  'district',
] as const;
export const restrictedLayers = ['cases', 'outbreaks', 'breeding-sites'] as const;
export type PublicLayer = (typeof publicLayers)[number];
export type LayerId = PublicLayer | (typeof restrictedLayers)[number];

export const layerSchema = z.object({
  id: z.string(),
  title: bilingualSchema,
  geometry: z.enum(['point', 'line', 'polygon']),
  /** `null` where the reader may not know it. */
  count: z.number().int().nullable(),
  version: z.string().nullable(),
  attribution: z.string(),
  licence: z.string(),
  accuracy: bilingualSchema,
  access: z.enum(['public', 'role']),
});
export type Layer = z.infer<typeof layerSchema>;

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** `west,south,east,north` in degrees; six numbers (with heights), NaN or an empty part are no bbox. */
export const bboxSchema = z
  .string()
  .max(200)
  .transform((text, context): Bbox => {
    const parts = text.split(',').map((part) => part.trim());
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if (parts.length !== 4 || !parts.every((part) => DECIMAL.test(part))) return refuse('invalid_bbox');
    const [west, south, east, north] = parts.map(Number) as Bbox;
    const outside = [west, east].some((lng) => Math.abs(lng) > 180) || [south, north].some((lat) => Math.abs(lat) > 90);
    if (outside) return refuse('bbox_outside_world');
    if (west > east || south > north) return refuse('bbox_out_of_order');
    return [west, south, east, north];
  });

export const layerQuerySchema = z.object({
  bbox: bboxSchema.optional(),
  at: civilDateSchema.optional(),
  units: unitsSchema.optional(),
});

/** One layer as GeoJSON (RFC 7946), with what a reader must know of it as foreign members. */
export const featureCollectionSchema = z.object({
  type: z.literal('FeatureCollection'),
  accuracy: bilingualSchema,
  attribution: z.string(),
  licence: z.string(),
  /** Of the wards and their edges: the set they belong to. */
  units: unitsSchema.optional(),
  /** Of the hotspots: the epidemiological week shown, and whether its few cases are withheld altogether. */
  week: z.object({ id: z.string(), from: civilDateSchema, to: civilDateSchema }).optional(),
  withheld: z.boolean().optional(),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.string(),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
      geometry: z.looseObject({ type: z.string() }),
      properties: z.record(z.string(), z.unknown()),
    }),
  ),
});
