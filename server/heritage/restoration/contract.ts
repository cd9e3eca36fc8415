import { z } from 'zod';
import { civilDateSchema, wardKeySchema } from '../../../geodata/schema.ts';
import { relicParts, relicRanks } from '../../../geodata/vocabulary.ts';
import {
  consentBodies,
  moneySources,
  priorityParts,
  restorationStages,
  workKinds,
} from '../../../geodata/restoration-vocabulary.ts';
import { changeIdSchema, listOf } from '../../platform/contract.ts';

export const restorationRefusals = [
  /** 404 */
  'unknown_restoration_item',
  /** 409: the item was merged into another one, or taken out of its list: that comes first. */
  'item_merged',
  /** 409: the ward's list was submitted; the ward takes it back, or the district office writes. */
  'list_submitted',
  /** 422: money from one source stands twice. */
  'source_twice',
  /** 422: the sources give more than the estimate. */
  'sources_exceed_estimate',
  /** 422: an earlier stage; only a correction with its reason goes back. */
  'stage_backwards',
  /** 422: works, and the consent that the rank needs is not there. */
  'consent_missing',
  /** 422: works, and nobody knows whose consent they need, because nobody knows the rank. */
  'consent_body_unknown',
  /** 422: the paper is of another body than the rank needs. */
  'consent_of_other_body',
  'consent_in_future',
  /** 422: two of one place must be two, and of the plan. */
  'unknown_pair',
  /** 409: somebody decided about this pair already; `current` says how. */
  'pair_decided',
  /** 409: doubles nobody decided about stand in the lists; `current` counts them. */
  'pairs_open',
  /** 409: no submitted list names anything. */
  'plan_empty',
  /** 404: no plan was formed yet. */
  'no_plan',
  /** 422: at least one weight must be above 0. */
  'weights_all_zero',
] as const;

/** Millions of millions are a slip of the keyboard. */
const MOST_DONG = 10_000_000_000_000;
/** Đồng, whole. */
export const dongSchema = z.number().int().min(0).max(MOST_DONG);

export const moneySchema = z.object({
  source: z.enum(moneySources),
  /** Đồng; `null` = named, and how much is not known. */
  amountDong: dongSchema.nullable(),
});
export type Money = z.infer<typeof moneySchema>;

/** A consent that was given: by whom, on which paper. */
export const consentSchema = z.object({
  body: z.enum(consentBodies),
  paper: z.string().trim().min(1).max(200),
  on: civilDateSchema,
});
export type Consent = z.infer<typeof consentSchema>;

const text = (most: number) => z.string().trim().max(most);

/** What a ward says of one work. The name is the ward's own spelling, whatever the register calls the relic. */
export const itemFieldsSchema = z.object({
  /** A relic of the register; `null` = named in words only. */
  relicId: z.string().max(100).nullable().default(null),
  name: text(200).min(2),
  otherNames: z.array(text(200).min(1)).max(20).default([]),
  address: text(300).default(''),
  position: z
    .object({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
    .nullable()
    .default(null),
  parts: z.array(z.enum(relicParts)).min(1).max(relicParts.length),
  work: z.enum(workKinds),
  /** Đồng; `null` = nobody estimated it. */
  estimateDong: dongSchema.nullable().default(null),
  money: z.array(moneySchema).max(moneySources.length).default([]),
  stage: z.enum(restorationStages).default('proposed'),
  /** The year of the works; `null` = not set. */
  year: z.number().int().min(1990).max(2100).nullable().default(null),
  consent: consentSchema.nullable().default(null),
  note: text(2000).default(''),
});
export type ItemFields = z.infer<typeof itemFieldsSchema>;

export const addItemSchema = itemFieldsSchema.extend({ changeId: changeIdSchema, wardKey: wardKeySchema });
export type AddItem = z.infer<typeof addItemSchema>;

/** Fields left out stay. `reason` is needed to go back a stage. */
export const updateItemSchema = z.object({
  ...Object.fromEntries(Object.entries(itemFieldsSchema.shape).map(([key, schema]) => [key, undefaulted(schema)])),
  changeId: changeIdSchema,
  removed: z.boolean().optional(),
  reason: text(500).default(''),
}) as unknown as z.ZodType<UpdateItem>;
export type UpdateItem = Partial<ItemFields> & { changeId: string; removed?: boolean | undefined; reason: string };

/** A field that may be left out stays as it was: its default is for new items only. */
function undefaulted(schema: z.ZodType): z.ZodType {
  return (schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema).optional();
}

/** One part of a priority. `known` false = nobody knows, and `value` is the stated default. */
export const priorityPartSchema = z.object({
  part: z.enum(priorityParts),
  known: z.boolean(),
  /** 0 nothing presses … 1 */
  value: z.number(),
  weight: z.number(),
  /** What it adds to the score: points of 100. */
  points: z.number(),
});

export const itemSchema = itemFieldsSchema.extend({
  id: z.string(),
  version: z.number().int(),
  wardKey: wardKeySchema,
  wardName: z.string(),
  removed: z.boolean(),
  demo: z.boolean(),
  /** The item whose entries count for both in the plan. */
  mergedInto: z.string().nullable(),
  relicName: z.string().nullable(),
  rank: z.enum(relicRanks).nullable(),
  grade: z.number().int().min(1).max(5).nullable(),
  inspectedOn: civilDateSchema.nullable(),
  /** Where it stands: its own position, else the relic's. */
  place: z.object({ lng: z.number(), lat: z.number() }).nullable(),
  /** `ministry`, `department`; `none` = no demand is known; `unknown` = the rank is not known. */
  consentNeeded: z.enum([...consentBodies, 'none', 'unknown']),
  priority: z.object({ score: z.number(), parts: z.array(priorityPartSchema) }),
  /** Đồng of the estimate that no source stands for; `null` where estimate or an amount is not known. */
  unfundedDong: z.number().int().nullable(),
});
export type RestorationItem = z.infer<typeof itemSchema>;

export const wardListSchema = z.object({
  wardKey: wardKeySchema,
  wardName: z.string(),
  /** 0 = nobody touched it. */
  version: z.number().int(),
  submittedOn: civilDateSchema.nullable(),
  submittedBy: z.string().nullable(),
  items: z.number().int(),
  mayWrite: z.boolean(),
});
export type WardList = z.infer<typeof wardListSchema>;

export const doubleReasons = ['relic', 'name', 'other-name', 'spelling', 'near', 'address'] as const;
/** Two items that may be one place, and why. */
export const doubleSchema = z.object({
  a: z.string(),
  b: z.string(),
  reasons: z.array(z.enum(doubleReasons)).min(1),
  meters: z.number().nullable(),
  /** 0 … 1: how much speaks for it. */
  likeness: z.number(),
});
export type Double = z.infer<typeof doubleSchema>;

export const weightsSchema = z.object({
  grade: z.number().int().min(0).max(100),
  rank: z.number().int().min(0).max(100),
  age: z.number().int().min(0).max(100),
  danger: z.number().int().min(0).max(100),
});
export type Weights = z.infer<typeof weightsSchema>;
export const weightsInForceSchema = z.object({
  version: z.number().int(),
  weights: weightsSchema,
  reason: z.string(),
  setBy: z.string().nullable(),
  setAt: z.string().nullable(),
});
export type WeightsInForce = z.infer<typeof weightsInForceSchema>;

export const planSchema = z.object({
  number: z.number().int(),
  title: z.string(),
  formedOn: civilDateSchema,
  formedBy: z.string().nullable(),
  /** Ids in the order of priority when it was formed. */
  items: z.array(z.string()),
  missingWards: z.array(wardKeySchema),
  weights: weightsSchema,
  demo: z.boolean(),
});
export type Plan = z.infer<typeof planSchema>;

export const restorationSchema = z.object({
  items: z.array(itemSchema),
  lists: z.array(wardListSchema),
  /** Doubles in submitted lists that nobody decided about. */
  doubles: z.array(doubleSchema),
  /** The plan formed last. */
  plan: planSchema.nullable(),
  weights: weightsInForceSchema,
  mayPlan: z.boolean(),
});
export type Restoration = z.infer<typeof restorationSchema>;

export const versionSchema = z.object({
  version: z.number().int(),
  at: z.string(),
  by: z.string().nullable(),
  reason: z.string(),
  removed: z.boolean(),
  mergedInto: z.string().nullable(),
  fields: itemFieldsSchema,
});
export const historySchema = listOf(versionSchema);
export type ItemVersion = z.infer<typeof versionSchema>;

export const submitListSchema = z.object({ changeId: changeIdSchema, submitted: z.boolean() });

/** `same` names which item's entries count; `distinct` keeps both; `open` takes a decision back. */
export const decidePairSchema = z
  .object({
    changeId: changeIdSchema,
    a: z.string().max(100),
    b: z.string().max(100),
    decision: z.enum(['same', 'distinct', 'open']),
    kept: z.string().max(100).nullable().default(null),
  })
  .refine(({ decision, kept, a, b }) => (decision === 'same' ? kept === a || kept === b : kept === null));
export type DecidePair = z.infer<typeof decidePairSchema>;

export const formPlanSchema = z.object({ changeId: changeIdSchema, title: text(200).min(2) });
export type FormPlan = z.infer<typeof formPlanSchema>;

export const setWeightsSchema = z.object({
  changeId: changeIdSchema,
  weights: weightsSchema,
  reason: text(500).min(2),
});
export type SetWeights = z.infer<typeof setWeightsSchema>;

/** What of the plan is printed; left out = all of it. */
export const planQuerySchema = z.object({
  ward: wardKeySchema.optional(),
  stage: z.enum(restorationStages).optional(),
  year: z.union([z.literal('none'), z.coerce.number().int()]).optional(),
  source: z.enum([...moneySources, 'none']).optional(),
});
export type PlanQuery = z.infer<typeof planQuerySchema>;
