/** The words of the response to an outbreak: its checklist, what was done, the treated zone, the report. */
import { z } from 'zod';
import { civilDateSchema } from '../../geodata/schema.ts';
import { changeIdSchema } from '../platform/contract.ts';
import { geometrySchema, outbreakNumberSchema, wardOfOutbreakSchema } from './contract.ts';

export const responseRefusals = [
  'done_in_future',
  /** More houses done than there are. */
  'more_done_than_houses',
  /** A spraying without its round, or a round of something else. */
  'round_needed',
  'unknown_response',
  'unknown_report',
] as const;

/** What is recorded: investigated, larvae cleared, sprayed, the whole residential group or ward treated. */
export const responseKinds = ['verify', 'larvae', 'spray', 'wide'] as const;

/** The steps of the guide, in its order. Surveys are done by an inspection of kind `before` or `after`. */
export const stepCodes = [
  'verify',
  'survey-before',
  'larvae',
  'spray-1',
  'spray-2',
  'survey-after',
  'spray-3',
  'wide',
] as const;
export type StepCode = (typeof stepCodes)[number];

/** `waiting`: not due yet, or for a step before it. `needless`: nothing asks for it. */
export const stepStates = ['late', 'due', 'waiting', 'done', 'needless'] as const;

/** What is amiss with a step that was done. */
export const stepWarnings = ['done-late', 'too-early', 'too-late', 'coverage-low', 'coverage-unknown'] as const;

/** Why a third round or a wide treatment is asked for. */
export const stepReasons = ['new-cases', 'index-high', 'many-outbreaks'] as const;

export const responseActionSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  /** The number it was recorded under; by now an alias, perhaps. */
  number: outbreakNumberSchema,
  kind: z.enum(responseKinds),
  round: z.number().int().nullable(),
  doneOn: civilDateSchema,
  houses: z.number().int().nullable(),
  housesDone: z.number().int().nullable(),
  coveragePercent: z.number().nullable(),
  people: z.number().int().nullable(),
  chemical: z.string().nullable(),
  /** Who did it: a unit or a team. */
  team: z.string().nullable(),
  note: z.string().nullable(),
  demo: z.boolean(),
});
export type ResponseAction = z.infer<typeof responseActionSchema>;

export const stepSchema = z.object({
  code: z.enum(stepCodes),
  state: z.enum(stepStates),
  /** The days between which it is to be done; `from` is `null` where only the last day matters. */
  from: civilDateSchema.nullable(),
  dueOn: civilDateSchema.nullable(),
  daysLate: z.number().int(),
  doneOn: civilDateSchema.nullable(),
  coveragePercent: z.number().nullable(),
  warnings: z.array(z.enum(stepWarnings)),
  reasons: z.array(z.enum(stepReasons)),
  /** The action or inspection that did it. */
  actionId: z.string().nullable(),
  team: z.string().nullable(),
});
export type Step = z.infer<typeof stepSchema>;

export const responseSchema = z.object({
  number: outbreakNumberSchema,
  at: civilDateSchema,
  /** Late ones first, then by due day. */
  steps: z.array(stepSchema),
  late: z.number().int(),
  /** The least coverage of a round, %, and the metres of a circle, as the rule in force has them. */
  coverageTarget: z.number(),
  radiusMeters: z.number(),
  actions: z.array(responseActionSchema),
  zone: z.object({
    geometry: geometrySchema.nullable(),
    exact: z.boolean(),
    areaHectares: z.number().nullable(),
    streets: z.array(z.string()),
    residentialGroups: z.array(z.string()),
    wards: z.array(wardOfOutbreakSchema),
  }),
  mayWrite: z.boolean(),
});
export type ResponseWords = z.infer<typeof responseSchema>;

/** The steps that are late or due soon over every open outbreak, late first. */
export const dueListSchema = z.object({
  at: civilDateSchema,
  items: z.array(stepSchema.extend({ number: outbreakNumberSchema, wards: z.array(wardOfOutbreakSchema) })),
});

/** `POST /api/dengue/outbreaks/{number}/response` */
export const recordResponseSchema = z.strictObject({
  changeId: changeIdSchema,
  kind: z.enum(responseKinds),
  round: z.number().int().min(1).max(9).nullable().default(null),
  doneOn: civilDateSchema,
  houses: z.number().int().min(0).max(100_000).nullable().default(null),
  housesDone: z.number().int().min(0).max(100_000).nullable().default(null),
  people: z.number().int().min(0).max(10_000).nullable().default(null),
  chemical: z.string().trim().max(100).nullable().default(null),
  team: z.string().trim().max(100).nullable().default(null),
  note: z.string().trim().max(1000).nullable().default(null),
});
export type RecordResponse = z.infer<typeof recordResponseSchema>;

/** `PATCH /api/dengue/response/{id}`: corrected, taken away, or put back. */
export const editResponseSchema = z.strictObject({
  changeId: changeIdSchema,
  doneOn: civilDateSchema.optional(),
  houses: z.number().int().min(0).max(100_000).nullable().optional(),
  housesDone: z.number().int().min(0).max(100_000).nullable().optional(),
  people: z.number().int().min(0).max(10_000).nullable().optional(),
  chemical: z.string().trim().max(100).nullable().optional(),
  team: z.string().trim().max(100).nullable().optional(),
  note: z.string().trim().max(1000).nullable().optional(),
  removed: z.boolean().optional(),
});
export type EditResponse = z.infer<typeof editResponseSchema>;

/** What is typed for the report "Biên bản xử lý ổ dịch"; all the rest is derived. Every entry may be left out. */
export const reportEntriesSchema = z.strictObject({
  /** Who held the meeting and who wrote it down. */
  chair: z.string().trim().max(100).default(''),
  writer: z.string().trim().max(100).default(''),
  place: z.string().trim().max(200).default(''),
  riskPoints: z.string().trim().max(1000).default(''),
  assessment: z.string().trim().max(2000).default(''),
  proposals: z.string().trim().max(2000).default(''),
});
export type ReportEntries = z.infer<typeof reportEntriesSchema>;

/** `POST /api/dengue/outbreaks/{number}/report` */
export const makeReportSchema = z.strictObject({ changeId: changeIdSchema, entries: reportEntriesSchema });
export type MakeReport = z.infer<typeof makeReportSchema>;

export const reportFormats = ['docx', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** A report as it was made: both files are kept, and no later case changes them. */
export const reportSchema = z.object({
  id: z.string(),
  /** The number it was made under; by now an alias, perhaps. */
  number: outbreakNumberSchema,
  /** The day it is of, and the instant it was made. */
  madeOn: civilDateSchema,
  madeAt: z.string(),
  /** The name of the account. */
  by: z.string().nullable(),
  /** What the change log stood at; it is printed on every page. */
  head: z.object({ seq: z.number().int(), hash: z.string() }),
});
export type ReportKept = z.infer<typeof reportSchema>;
export const reportListSchema = z.object({ items: z.array(reportSchema) });
