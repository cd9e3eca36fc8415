import { z } from 'zod';
import {
  civilDateSchema,
  relicPositionSchema,
  relicSeedSchema,
  wardFactsSchema,
  wardKeySchema,
} from '../../geodata/schema.ts';
import { heritageTypes, relicKinds, relicRanks } from '../../geodata/vocabulary.ts';
import { changeIdSchema, listOf } from '../platform/contract.ts';

export const heritageRefusals = [
  'unknown_relic',
  'outside_world',
  'far_from_district',
  'already_placed',
  /** 409: a relic of this name, or at this place, is there; `current` lists them. */
  'relic_like_it',
  /** 422: no ward was chosen, and the position is in none. */
  'relic_needs_ward',
  /** 412: somebody inspected the relic since; `current` is what they found. */
  'inspected_meanwhile',
  /** 422: a part is graded twice. */
  'part_twice',
] as const;

/** 1 good … 5 in need of urgent repair (the working scale of the field; no statutory grade exists). */
export const conditionGrades = [1, 2, 3, 4, 5] as const;

export const relicSchema = relicSeedSchema.extend({
  id: z.string(),
  version: z.number().int(),
  /** The stated ward, by its key, and its name. */
  wardName: z.string(),
  /** The ward of each set in which the position falls; `null` outside every ward or without a position. */
  wardByPosition: z.record(z.string(), wardKeySchema.nullable()),
  /** The position falls outside the stated ward: a warning, never a refusal. */
  outsideStatedWard: z.boolean(),
  /** Within 50 m of an inner ward edge: the derived ward is a proposal. */
  nearWardEdge: z.boolean(),
  condition: z
    .object({
      grade: z.number().int().min(1).max(5),
      surveyedOn: civilDateSchema,
      /** The day it is to be looked at again, by `grade.ts`. */
      dueOn: civilDateSchema,
      demo: z.boolean(),
    })
    .nullable(),
  demo: z.boolean(),
});
export type Relic = z.infer<typeof relicSchema>;

/** What the relics layer carries for each located relic, and what the client filters and colours by. */
export const relicPropertiesSchema = relicSchema
  .pick({
    id: true,
    version: true,
    name: true,
    kind: true,
    rank: true,
    wardKey: true,
    inInventory: true,
    outsideStatedWard: true,
    demo: true,
  })
  .extend({
    accuracy: relicPositionSchema.shape.accuracy,
    errorMeters: z.number().nullable(),
    grade: z.number().int().nullable(),
  });
export type RelicProperties = z.infer<typeof relicPropertiesSchema>;

/** Totals the district publishes; quoted, with their source and its day, never computed from the list. */
export const relicTotalsSchema = wardFactsSchema.shape.district.shape.relicTotals;

/** Filters of the list. `ward` is a code or a key; `rank=unknown` = not found, which is not "unranked". */
export const relicQuerySchema = z.object({
  ward: z.string().max(40).optional(),
  rank: z.enum([...relicRanks, 'unknown']).optional(),
  kind: z.enum(relicKinds).optional(),
  located: z.enum(['yes', 'no']).optional(),
  cursor: z.string().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type RelicQuery = z.infer<typeof relicQuerySchema>;

export const relicListSchema = listOf(relicSchema).extend({ totals: relicTotalsSchema });

/**
 * Puts an unlocated relic on the map. `ward` is what the person chose, as a code or a key: a code with two readings
 * and no `units` is refused with `code_needs_date`. Left out, the stated ward stays.
 */
export const placeRelicSchema = z.object({
  changeId: changeIdSchema,
  position: z.object({ lng: z.number(), lat: z.number(), errorMeters: z.number().min(0).max(5000).nullable() }),
  ward: z
    .string()
    .regex(/^\d{5}(@\d{4}-\d{2}-\d{2})?$/)
    .optional(),
});
export type PlaceRelic = z.infer<typeof placeRelicSchema>;

/** A new relic: `ward` as for `placeRelicSchema`, left out it is the one its position falls in. */
export const addRelicSchema = z.object({
  changeId: changeIdSchema,
  name: z.string().trim().min(2).max(200),
  otherNames: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
  kind: z.enum(relicKinds),
  heritageType: z.enum(heritageTypes).nullable().default(null),
  /** `null` = not known, which is not `inventoried`. */
  rank: z.enum(relicRanks).nullable().default(null),
  address: z.string().trim().max(300).nullable().default(null),
  position: placeRelicSchema.shape.position.nullable().default(null),
  ward: placeRelicSchema.shape.ward,
  /** Where this is known from. */
  source: z.string().trim().min(1).max(300),
  /** The person has seen the relics like it, and says that this is another. */
  distinct: z.boolean().default(false),
});
export type AddRelic = z.infer<typeof addRelicSchema>;
