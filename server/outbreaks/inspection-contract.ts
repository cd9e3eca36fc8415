/** The words of vector work: inspections with their indices, and breeding sites. */
import { z } from 'zod';
import { civilDateSchema, wardKeySchema } from '../../geodata/schema.ts';
import { changeIdSchema, listOf } from '../platform/contract.ts';
import { outbreakNumberSchema } from './contract.ts';

export const vectorRefusals = [
  'inspected_in_future',
  /** More houses or containers positive than were looked at. */
  'more_than_looked_at',
  'unknown_site',
  'cleared_in_future',
  'cleared_before_found',
] as const;

/** `before` and `after` a treatment, or `routine`. */
export const inspectionKinds = ['before', 'after', 'routine'] as const;

/** Why an index is not told: nothing was counted, or too few houses for the Breteau index. */
export const indexGaps = ['not-counted', 'no-houses', 'no-containers', 'few-houses'] as const;

/** `alarm`: `north` and `national` name the threshold reached (the higher one wins), `reached` where there is one. */
export const indexSchema = z.object({
  value: z.number().nullable(),
  gap: z.enum(indexGaps).nullable(),
  alarm: z.enum(['none', 'reached', 'north', 'national']).nullable(),
});

export const indicesSchema = z.object({
  /** Breteau: positive containers per 100 houses. */
  bi: indexSchema,
  /** % of containers with larvae. */
  ci: indexSchema,
  /** % of houses with larvae. */
  hi: indexSchema,
  /** % of houses with adult Aedes. */
  hiAdults: indexSchema,
  /** Adult Aedes females per house. */
  di: indexSchema,
});
export type Indices = z.infer<typeof indicesSchema>;

const count = z.number().int().min(0).max(1_000_000);

/** What was counted; `null` = not looked at, which is not 0. */
export const countedSchema = z.object({
  houses: count,
  housesWithLarvae: count.nullable(),
  containers: count.nullable(),
  positiveContainers: count.nullable(),
  adultFemales: count.nullable(),
  housesWithAdults: count.nullable(),
});
export type Counted = z.infer<typeof countedSchema>;

export const inspectionSchema = countedSchema.extend({
  id: z.string(),
  version: z.number().int(),
  kind: z.enum(inspectionKinds),
  inspectedOn: civilDateSchema,
  /** Place and position: `null` for readers out of scope. */
  place: z.string().nullable(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  wardKey: wardKeySchema.nullable(),
  wardName: z.string().nullable(),
  inspector: z.string().nullable(),
  indices: indicesSchema,
  /** Larvae or adult Aedes were found. */
  evidence: z.boolean(),
  /** Outbreaks it belongs to: near one of their cases in place and time, or named by the inspector. */
  outbreaks: z.array(outbreakNumberSchema),
  photo: z.string().nullable(),
  mayWrite: z.boolean(),
  demo: z.boolean(),
});
export type InspectionWords = z.infer<typeof inspectionSchema>;
export const inspectionListSchema = listOf(inspectionSchema);

export const inspectionQuerySchema = z.object({
  number: outbreakNumberSchema.optional(),
  from: civilDateSchema.optional(),
  to: civilDateSchema.optional(),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** `POST /api/dengue/inspections` */
export const reportInspectionSchema = z.strictObject({
  changeId: changeIdSchema,
  kind: z.enum(inspectionKinds).default('routine'),
  inspectedOn: civilDateSchema,
  place: z.string().trim().max(300).nullable().default(null),
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  inspector: z.string().trim().max(100).nullable().default(null),
  /** The outbreak it was made for; it counts as evidence only where it is near enough. */
  number: outbreakNumberSchema.nullable().default(null),
  photo: z.string().trim().max(200).nullable().default(null),
  houses: count,
  housesWithLarvae: count.nullable().default(null),
  containers: count.nullable().default(null),
  positiveContainers: count.nullable().default(null),
  adultFemales: count.nullable().default(null),
  housesWithAdults: count.nullable().default(null),
});
export type ReportInspection = z.infer<typeof reportInspectionSchema>;

/** `PATCH /api/dengue/inspections/{id}` */
export const editInspectionSchema = reportInspectionSchema.partial().extend({ changeId: changeIdSchema });

export const breedingSiteSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: z.string(),
  foundOn: civilDateSchema,
  /** `null` = not looked at. */
  larvae: z.boolean().nullable(),
  lng: z.number(),
  lat: z.number(),
  accuracyMeters: z.number().nullable(),
  wardKey: wardKeySchema.nullable(),
  wardName: z.string().nullable(),
  recheckOn: civilDateSchema.nullable(),
  /** The recheck date has passed and nobody looked again. */
  late: z.boolean(),
  clearedOn: civilDateSchema.nullable(),
  photo: z.string().nullable(),
  note: z.string().nullable(),
  demo: z.boolean(),
});
export type BreedingSiteWords = z.infer<typeof breedingSiteSchema>;
export const breedingSiteListSchema = listOf(breedingSiteSchema);

/** `POST /api/dengue/breeding-sites` */
export const reportBreedingSiteSchema = z.strictObject({
  changeId: changeIdSchema,
  kind: z.string().trim().min(1).max(60),
  foundOn: civilDateSchema,
  larvae: z.boolean().nullable().default(null),
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  accuracyMeters: z.number().min(0).max(5000).nullable().default(null),
  recheckOn: civilDateSchema.nullable().default(null),
  photo: z.string().trim().max(200).nullable().default(null),
  note: z.string().trim().max(500).nullable().default(null),
});
export type ReportBreedingSite = z.infer<typeof reportBreedingSiteSchema>;

/** `PATCH /api/dengue/breeding-sites/{id}`: looked at again, cleared, a new day to look. */
export const editBreedingSiteSchema = z.strictObject({
  changeId: changeIdSchema,
  larvae: z.boolean().nullable().optional(),
  recheckOn: civilDateSchema.nullable().optional(),
  clearedOn: civilDateSchema.nullable().optional(),
  photo: z.string().trim().max(200).nullable().optional(),
  note: z.string().trim().max(500).nullable().optional(),
});
export type EditBreedingSite = z.infer<typeof editBreedingSiteSchema>;
