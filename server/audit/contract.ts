import { z } from 'zod';
import { civilDateSchema } from '../../geodata/schema.ts';
import { changeIdSchema, listOf } from '../platform/contract.ts';

export const auditRefusals = [
  'unknown_change',
  /** 409: a change of a kind that nothing takes back. */
  'not_undoable',
] as const;

/** One line of the change log as the audit reads it: also who did it, and what it said before and after. */
export const auditRowSchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  /** `user:<id>`, `visitor`, or a part of the program: `clock`, `seed`, `cli`. */
  actor: z.string(),
  /** The username, for an actor that is an account. */
  actorName: z.string().nullable(),
  actorDisplayName: z.string().nullable(),
  verb: z.string(),
  kind: z.string(),
  recordId: z.string(),
  /** The username of a record that is an account, the name of a relic. */
  recordName: z.string().nullable(),
  version: z.number().int(),
  before: z.unknown(),
  after: z.unknown(),
  note: z.string(),
  /** Of the hash chain: what a printed report quotes. */
  hash: z.string(),
  /** This reader may take it back, and nothing newer stands on it. */
  undoable: z.boolean(),
  /** The seq of the change this one took back. */
  undoOf: z.number().int().nullable(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;
export const auditListSchema = listOf(auditRowSchema);

/** `from` and `to` are days in Hà Nội, both included. */
export const auditFilterSchema = z.object({
  actor: z.string().min(1).max(100).optional(),
  kind: z.string().min(1).max(100).optional(),
  recordId: z.string().min(1).max(100).optional(),
  verb: z.string().min(1).max(100).optional(),
  from: civilDateSchema.optional(),
  to: civilDateSchema.optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** Newest first; `cursor` = the last seq of the page before. */
export const auditQuerySchema = auditFilterSchema.extend({
  cursor: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** What the filters offer: only what the log holds. */
export const auditChoicesSchema = z.object({
  actors: z.array(z.object({ actor: z.string(), username: z.string().nullable(), displayName: z.string().nullable() })),
  kinds: z.array(z.string()),
  verbs: z.array(z.string()),
});
export type AuditChoices = z.infer<typeof auditChoicesSchema>;

/** `head` = a printed head, `#12 5f0c…` or `5f0c…@12`: then rows cut off at the end are found too. */
export const verifyQuerySchema = z.object({ head: z.string().max(120).optional() });
export const verifiedSchema = z.union([
  z.object({ ok: z.literal(true), rows: z.number().int(), head: z.string() }),
  z.object({
    ok: z.literal(false),
    /** The first row at fault. */
    seq: z.number().int(),
    fault: z.enum(['altered', 'missing', 'reordered', 'truncated', 'rewritten']),
  }),
]);
export type VerifiedWords = z.infer<typeof verifiedSchema>;

export const undoSchema = z.strictObject({ changeId: changeIdSchema });
/** What was taken back, and the version the record stands at now. */
export const undoneSchema = z.object({
  undone: z.number().int(),
  kind: z.string(),
  recordId: z.string(),
  version: z.number().int(),
});
export type Undone = z.infer<typeof undoneSchema>;
