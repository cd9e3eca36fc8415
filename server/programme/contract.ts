import { civilDateSchema, programmePackSchema, wardKeySchema } from '../../geodata/schema.ts';
import { z } from 'zod';
import { changeIdSchema } from '../platform/contract.ts';

const { figures, tasks, schemes, events, directives, results } = programmePackSchema.shape;

const percentSchema = z.number().int().min(0).max(100);

/**
 * A task the article quotes, or one of the district's own (`kept`), with its state on a day. `late` is computed from the
 * day looked at; a task nobody has reported on is `unknown`, except an own one past its due day, which is late.
 */
export const taskSchema = tasks.element.extend({
  state: z.enum(['unknown', 'in-progress', 'done', 'late']),
  demo: z.boolean(),
  kept: z.boolean(),
  /** Of an own task: what a correction names in If-Match. */
  version: z.number().int().nullable(),
  assignedOn: civilDateSchema.nullable(),
  directiveId: z.string().nullable(),
  /** Criteria of the pack the task is to help with. */
  criteria: z.array(z.string()),
  reportedOn: civilDateSchema.nullable(),
  /** For accounts only: how far, and what stands in the way. */
  percent: percentSchema.nullable(),
  blockers: z.string().nullable(),
});
export const schemeSchema = schemes.element;
export const programmeEventSchema = events.element;
/** `kept`: entered here, from the minutes of a meeting. */
export const directiveSchema = directives.element.extend({
  kept: z.boolean(),
  version: z.number().int().nullable(),
  meeting: z.string().nullable(),
  demo: z.boolean(),
});
export const figureSchema = figures.element;

export const programmeSchema = programmePackSchema
  .omit({ figures: true, tasks: true, schemes: true, events: true, directives: true })
  .extend({ figures, results });
export type Programme = z.infer<typeof programmeSchema>;
export type ProgrammeTask = z.infer<typeof taskSchema>;
export type ProgrammeScheme = z.infer<typeof schemeSchema>;
export type ProgrammeEvent = z.infer<typeof programmeEventSchema>;
export type ProgrammeDirective = z.infer<typeof directiveSchema>;
export type ProgrammeFigure = z.infer<typeof figureSchema>;

// --- what the status office writes ------------------------------------------------------------------------------

const lineSchema = (most: number) => z.string().trim().min(1).max(most);

const taskFields = z.object({
  title: lineSchema(500),
  /** The unit that answers for it. */
  unit: lineSchema(200),
  wardKeys: z.array(wardKeySchema).max(20),
  criteria: z.array(z.string().max(40)).max(20),
  directiveId: z.string().max(100).nullable(),
  assignedOn: civilDateSchema,
  dueOn: civilDateSchema,
  /** The paper that sets it. */
  source: lineSchema(500),
});
export const addTaskSchema = taskFields.extend({ changeId: changeIdSchema });
export type AddTask = z.infer<typeof addTaskSchema>;
export const updateTaskSchema = taskFields
  .partial()
  .extend({ changeId: changeIdSchema, removed: z.boolean().optional() });
export type UpdateTask = z.infer<typeof updateTaskSchema>;

const directiveFields = z.object({
  /** Verbatim, as the minutes have it. */
  wording: lineSchema(4000),
  givenOn: civilDateSchema,
  meeting: lineSchema(300),
  source: lineSchema(500),
});
export const addDirectiveSchema = directiveFields.extend({ changeId: changeIdSchema });
export type AddDirective = z.infer<typeof addDirectiveSchema>;
export const updateDirectiveSchema = directiveFields
  .partial()
  .extend({ changeId: changeIdSchema, removed: z.boolean().optional() });
export type UpdateDirective = z.infer<typeof updateDirectiveSchema>;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** What proves a report: a file kept here, or where a paper lies, with the digest of its file where somebody has it. */
export const taskEvidenceSchema = z.object({
  title: lineSchema(300),
  /** SHA-256 of a file kept by `POST /api/programme/tasks/{id}/evidence`. */
  file: sha256Schema.nullable().default(null),
  /** An address on the web, or number and shelf of a paper. */
  place: lineSchema(500).nullable().default(null),
  /** SHA-256 of what lies at `place`. */
  checksum: sha256Schema.nullable().default(null),
});
export type TaskEvidence = z.infer<typeof taskEvidenceSchema>;
export const TASK_EVIDENCE_LIMIT_BYTES = 20_000_000;
export const keptTaskFileSchema = z.object({ sha256: sha256Schema, bytes: z.number().int(), kind: z.string() });

export const reportTaskSchema = z.object({
  changeId: changeIdSchema,
  state: z.enum(['in-progress', 'done']),
  percent: percentSchema.nullable(),
  /** What stands in the way; empty = nothing. */
  blockers: z.string().trim().max(2000).default(''),
  reportedOn: civilDateSchema,
  source: lineSchema(500),
  evidence: z.array(taskEvidenceSchema).max(20).default([]),
});
export type ReportTask = z.infer<typeof reportTaskSchema>;

export const taskReportSchema = z.object({
  state: z.enum(['in-progress', 'done']),
  percent: percentSchema.nullable(),
  blockers: z.string(),
  reportedOn: civilDateSchema,
  source: z.string(),
  /** A username; `null` = part of the data. */
  reportedBy: z.string().nullable(),
  evidence: z.array(taskEvidenceSchema),
  demo: z.boolean(),
});
export type TaskReportWords = z.infer<typeof taskReportSchema>;

export const programmeRefusals = [
  'unknown_task',
  'unknown_directive',
  'unknown_criterion',
  'due_before_assigned',
  'directive_in_future',
  'directive_in_use',
  'report_in_future',
  'done_below_hundred',
  'evidence_without_place',
  'unknown_task_evidence',
] as const;
