import { z } from 'zod';
import { packFaults, packWarnings } from '../../geodata/pack-check.ts';
import { bilingualSchema, civilDateSchema, criteriaPackSchema } from '../../geodata/schema.ts';
import { packPurposes } from '../../geodata/vocabulary.ts';
import { changeIdSchema } from '../platform/contract.ts';

export const packSchema = criteriaPackSchema;

/** A pack as a file: a long one has 52 lines and 60 kB. */
export const PACK_LIMIT_BYTES = 500_000;

export const packVersionSchema = z.object({
  version: z.number().int(),
  /** The days it judges; `to` before `from` = it was replaced from its first day on. */
  from: civilDateSchema,
  to: civilDateSchema.nullable(),
  /** Of its canonical JSON. */
  sha256: z.string(),
  /** Why it was published; these three are `null` for what came with the program. */
  reason: z.string().nullable(),
  /** Told to accounts only. */
  publishedBy: z.string().nullable(),
  publishedAt: z.string().nullable(),
});
export type PackVersionWords = z.infer<typeof packVersionSchema>;

export const packSummarySchema = z.object({
  id: z.string(),
  title: bilingualSchema,
  purpose: z.enum(packPurposes),
  demo: z.boolean(),
  illustration: z.boolean(),
  /** Whether it judges today. */
  inForce: z.boolean(),
  criteria: z.number().int(),
  indicators: z.number().int(),
  /** Indicators that have a target. */
  withTarget: z.number().int(),
  placeholders: z.number().int(),
  /** Counts what was published, withdrawn and put back: what a withdrawal names in If-Match. */
  revision: z.number().int(),
  /** Who may edit packs is told of a draft. */
  hasDraft: z.boolean(),
  /** Newest first; none = a new pack that is a draft only. */
  versions: z.array(packVersionSchema),
  /** The first day it no longer judges, and why; `null` = it was not withdrawn. */
  withdrawn: z.object({ from: civilDateSchema, reason: z.string(), by: z.string().nullable() }).nullable(),
});
export type PackSummary = z.infer<typeof packSummarySchema>;

export const findingSchema = z.object({
  path: z.string(),
  code: z.string(),
  level: z.enum(['fault', 'warning']),
  about: z.string().nullable(),
  count: z.number().int().nullable(),
});

/** What `checkPack` needs beside the pack, so that the page can ask it while somebody types. */
export const packContextSchema = z.object({
  today: civilDateSchema,
  previous: packSchema.nullable(),
  others: z.array(z.object({ id: z.string(), from: civilDateSchema, to: civilDateSchema.nullable() })),
  approved: z.record(z.string(), z.number().int()),
});

export const packDraftSchema = z.object({
  id: z.string(),
  /** Counts every saving; 0 = nobody has made a draft of this pack yet. */
  version: z.number().int(),
  /** The version it was made from; 0 = of a pack that is new. */
  basedOn: z.number().int(),
  /** `null` = there is no draft at present. */
  pack: packSchema.nullable(),
  editedBy: z.string().nullable(),
  editedAt: z.string().nullable(),
  context: packContextSchema,
});
export type PackDraft = z.infer<typeof packDraftSchema>;

export const saveDraftSchema = z.object({ changeId: changeIdSchema, pack: packSchema });
export const discardDraftSchema = z.object({ changeId: changeIdSchema });
const reasonSchema = z.string().trim().max(2000);
export const publishPackSchema = z.object({
  changeId: changeIdSchema,
  /** The first day it judges. */
  validFrom: civilDateSchema,
  reason: reasonSchema,
});
export type PublishPack = z.infer<typeof publishPackSchema>;
export const withdrawPackSchema = z.object({
  changeId: changeIdSchema,
  /** The first day it no longer judges; `null` puts it back. */
  from: civilDateSchema.nullable(),
  reason: reasonSchema,
});
export type WithdrawPack = z.infer<typeof withdrawPackSchema>;

/** What a file says: the pack in it, or why there is none, and everything that is wrong with it. Nothing is written. */
export const checkedPackSchema = z.object({
  pack: packSchema.nullable(),
  /** Whether a pack of this id is there already. */
  known: z.boolean(),
  findings: z.array(findingSchema),
});
export type CheckedPack = z.infer<typeof checkedPackSchema>;

/** Faults of a file's shape, by path. */
export const shapeFaults = ['pack_field_missing', 'pack_field_wrong', 'pack_field_unknown'] as const;

export const packRefusals = [
  ...packFaults,
  ...packWarnings,
  ...shapeFaults,
  'pack_not_json',
  'pack_hostile_keys',
  'pack_id_differs',
  'no_pack_draft',
  'pack_never_published',
  'pack_version_unknown',
  'last_title_pack',
  'withdrawal_in_past',
] as const;
