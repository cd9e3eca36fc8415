/** The words of the title's procedure: its steps as papers show them, its days, the register of the wards. */
import { z } from 'zod';
import { holidaysSchema, procedureStepSchema, titleProcedureSchema } from '../../geodata/procedure-schema.ts';
import {
  bilingualSchema,
  civilDateSchema,
  confidenceSchema,
  unitsSchema,
  wardCodeSchema,
  wardKeySchema,
} from '../../geodata/schema.ts';
import { culturalWardStates, titleSteps } from '../../geodata/vocabulary.ts';
import { changeIdSchema } from '../platform/contract.ts';

const line = (most: number) => z.string().trim().min(1).max(most);

/** A paper of a step: a file kept here, or where it lies (a shelf, an address on the web); one of both at least. */
export const stepDocumentSchema = z.object({
  /** Of the list of the procedure; `other` = none of them. */
  document: z.string().max(60),
  title: line(300),
  /** SHA-256 of a file kept by `POST /api/status/evidence`. */
  file: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
  place: line(500).nullable().default(null),
});
export type StepDocument = z.infer<typeof stepDocumentSchema>;

const count = z.number().int().min(0).max(1000);
/** The appraisal council: how many it has, how many came, how they voted. */
export const councilSchema = z.object({
  members: count.min(1),
  present: count,
  yes: count.nullable().default(null),
  no: count.nullable().default(null),
});
export type Council = z.infer<typeof councilSchema>;

const stepFields = z.object({
  step: procedureStepSchema,
  /** The day of the paper that says so. */
  since: civilDateSchema,
  source: line(500),
  /** Who did it, where it was not whom the procedure names. */
  actor: line(300).nullable().optional(),
  /** The number of the paper: `15/ĐK-UBND`. */
  paper: line(100).nullable().optional(),
  documents: z.array(stepDocumentSchema).max(30).optional(),
  council: councilSchema.nullable().optional(),
  /** Percent of residents satisfied, as the consultation found. */
  satisfaction: z.number().min(0).max(100).nullable().optional(),
  /** Why it was refused. */
  reason: line(2000).nullable().optional(),
  /** Why the paper decides so although a condition is not met. */
  despite: line(2000).nullable().optional(),
  /** A day that the paper itself sets for what comes next. */
  dueOn: civilDateSchema.nullable().optional(),
});
export const recordStepSchema = stepFields.extend({ changeId: changeIdSchema });
export type RecordStep = z.infer<typeof recordStepSchema>;

export const correctStepSchema = stepFields.partial().extend({
  changeId: changeIdSchema,
  /** Why it is corrected, taken out or put back. */
  correction: z.string().trim().max(2000).default(''),
  removed: z.boolean().optional(),
});
export type CorrectStep = z.infer<typeof correctStepSchema>;

/** A step as it stands after its corrections. What is for accounts alone is empty for everybody else. */
export const stepSchema = z.object({
  id: z.number().int(),
  /** How often it was written; a correction names it in If-Match. */
  version: z.number().int(),
  step: procedureStepSchema,
  standing: z.enum(titleSteps),
  since: civilDateSchema.nullable(),
  source: z.string(),
  demo: z.boolean(),
  paper: z.string().nullable(),
  actor: z.string().nullable(),
  dueOn: civilDateSchema.nullable(),
  satisfaction: z.number().nullable(),
  removed: z.boolean(),
  // For accounts.
  documents: z.array(stepDocumentSchema),
  council: councilSchema.nullable(),
  reason: z.string().nullable(),
  despite: z.string().nullable(),
  correction: z.string().nullable(),
  recordedBy: z.string().nullable(),
  recordedAt: z.string().nullable(),
});
export type TitleStep = z.infer<typeof stepSchema>;
export const stepsSchema = z.object({
  key: wardKeySchema,
  items: z.array(stepSchema),
  /** For accounts: every writing of every step, the latest first, steps taken out among them. */
  writings: z.array(stepSchema),
});

/** A day by which something has to be done, or from which it may. */
export const deadlineSchema = z.object({
  /**
   * `statutory` = set by the procedure; `at-least` = not before then; `paper` = set by a paper of the ward's own;
   * `renewal` = the title is to be given again.
   */
  kind: z.enum(['statutory', 'at-least', 'paper', 'renewal']),
  /** What comes next: a step, or `decision`. */
  next: z.string(),
  title: bilingualSchema,
  since: civilDateSchema,
  dueOn: civilDateSchema,
  /** Working days left, the last one counted; negative = late by so many. */
  daysLeft: z.number().int(),
  /** `waiting` and `open`: before and after the end of what must last at least so long. */
  state: z.enum(['late', 'soon', 'on-time', 'waiting', 'open']),
  /** Years counted through whose holidays nobody has read: weekends alone were left out. */
  unknownYears: z.array(z.number().int()),
  source: z.string(),
  confidence: confidenceSchema.nullable(),
});
export type Deadline = z.infer<typeof deadlineSchema>;

export const conditionSchema = z.object({
  id: z.enum(['registered', 'criteria', 'time', 'satisfaction']),
  /** `no-data` = it cannot be computed from what is known here. */
  state: z.enum(['met', 'not-met', 'no-data']),
  value: z.number().nullable(),
  target: z.number().nullable(),
  /** Of time: the day it is reached. */
  metOn: civilDateSchema.nullable(),
});
export type Condition = z.infer<typeof conditionSchema>;

export const registerLineSchema = z.object({
  key: wardKeySchema,
  code: wardCodeSchema,
  name: z.string(),
  /** `null` = nothing is known. */
  step: procedureStepSchema.nullable(),
  standing: z.enum(titleSteps).nullable(),
  since: civilDateSchema.nullable(),
  paper: z.string().nullable(),
  source: z.string().nullable(),
  demo: z.boolean(),
  registeredOn: civilDateSchema.nullable(),
  renewal: z.boolean(),
  /** The sooner first. */
  deadlines: z.array(deadlineSchema),
  criteriaMet: z.number().int(),
  criteriaTotal: z.number().int(),
  /** False while no figure at all is approved. */
  criteriaKnown: z.boolean(),
  satisfaction: z.number().nullable(),
  conditions: z.array(conditionSchema),
  /** Of the papers that the steps taken in this round need. */
  documents: z.object({ needed: z.number().int(), present: z.number().int(), missing: z.array(z.string()) }),
  culturalWard: z
    .object({ state: z.enum(culturalWardStates), since: civilDateSchema, year: z.number().int(), source: z.string() })
    .nullable(),
});
export type RegisterLine = z.infer<typeof registerLineSchema>;

export const registerSchema = z.object({
  at: civilDateSchema,
  units: unitsSchema,
  procedure: z.string(),
  demo: z.boolean(),
  wards: z.array(registerLineSchema),
  /** How many wards held the older title "Phường văn hóa", day by day on which that changed, up to `at`. */
  cultural: z.array(z.object({ on: civilDateSchema, recognised: z.number().int(), total: z.number().int() })),
});
export type TitleRegister = z.infer<typeof registerSchema>;

export const procedureReplySchema = z.object({
  procedure: titleProcedureSchema,
  holidays: holidaysSchema.pick({ asOf: true, note: true, weekend: true }).extend({
    years: z.array(z.number().int()),
  }),
});
export type ProcedureReply = z.infer<typeof procedureReplySchema>;

export const titleRefusals = [
  'step_in_future',
  'step_before_decree',
  'step_out_of_order',
  'step_before_previous',
  'unknown_step',
  'unknown_document',
  'document_without_place',
  'paper_required',
  'paper_already_recorded',
  'council_count_missing',
  'council_count_wrong',
  'council_not_quorate',
  'due_before_step',
  'conditions_not_met',
  'nothing_to_correct',
] as const;
