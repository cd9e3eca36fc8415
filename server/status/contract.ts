import { z } from 'zod';
import { civilDateSchema, unitsSchema, wardCodeSchema, wardKeySchema } from '../../geodata/schema.ts';
import { culturalWardStates, titleSteps } from '../../geodata/vocabulary.ts';
import { changeIdSchema } from '../platform/contract.ts';

/** Worst first: the worst state present among the parts is the state of the whole. */
export const statusStates = ['not-met', 'near', 'expired', 'no-data', 'met'] as const;
export const statusStateSchema = z.enum(statusStates);
export type StatusState = z.infer<typeof statusStateSchema>;

/** Why an indicator has the state it has; one of a closed list, so that the client says it in words. */
export const statusReasons = [
  'meets-target',
  'within-margin',
  'misses-target',
  'evidence-expired',
  'evidence-withdrawn',
  'evidence-missing',
  'no-value',
  'no-target',
] as const;

export const indicatorStatusSchema = z.object({
  id: z.string(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  target: z.number().nullable(),
  state: statusStateSchema,
  reason: z.enum(statusReasons),
  asOf: civilDateSchema.nullable(),
  source: z.string().nullable(),
  evidence: z
    .object({
      title: z.string(),
      /** Its own last day, or the one its shelf life gives. */
      expiresOn: civilDateSchema.nullable(),
      file: z.string().nullable(),
      /** The day from which it no longer stands; left out while it does. */
      withdrawnOn: civilDateSchema.optional(),
    })
    .nullable(),
  demo: z.boolean(),
});
export type IndicatorStatus = z.infer<typeof indicatorStatusSchema>;

export const criterionStatusSchema = z.object({
  id: z.string(),
  state: statusStateSchema,
  indicators: z.array(indicatorStatusSchema),
});

export const wardStatusSchema = z.object({
  key: wardKeySchema,
  code: wardCodeSchema,
  name: z.string(),
  /** Step of the title "Phường đạt chuẩn đô thị văn minh"; `step: null` = not known to have registered or not. */
  title: z.object({
    step: z.enum(titleSteps).nullable(),
    since: civilDateSchema.nullable(),
    source: z.string().nullable(),
  }),
  /** The separate, older title "Phường văn hóa" as of the day; `null` when nobody says. */
  culturalWard: z
    .object({ state: z.enum(culturalWardStates), since: civilDateSchema, year: z.number().int(), source: z.string() })
    .nullable(),
  criteriaMet: z.number().int(),
  criteriaTotal: z.number().int(),
  state: statusStateSchema,
  criteria: z.array(criterionStatusSchema),
});
export type WardStatus = z.infer<typeof wardStatusSchema>;

export const statusSchema = z.object({
  at: civilDateSchema,
  units: unitsSchema,
  pack: z.string(),
  /** The version of the pack that judged; left out = the first. */
  packVersion: z.number().int().optional(),
  /** True when any figure in it was invented for the demo. */
  demo: z.boolean(),
  wards: z.array(wardStatusSchema),
});
export type DistrictStatus = z.infer<typeof statusSchema>;

// --- figures on their way ----------------------------------------------------------------------------------------

export const figureStates = ['draft', 'submitted', 'approved', 'returned'] as const;
export type FigureState = (typeof figureStates)[number];

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** What proves a figure: a file kept here, or where a paper lies. Good until the end of `expiresOn`. */
export const evidenceSchema = z.object({
  title: z.string().trim().min(1).max(300),
  expiresOn: civilDateSchema.nullable(),
  /** SHA-256 of a file kept by `POST /api/status/evidence`. */
  file: sha256Schema.nullable().default(null),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** One cell of the grid: a ward's figure for an indicator and a period. */
export const figureSchema = z.object({
  wardKey: wardKeySchema,
  indicator: z.string(),
  version: z.number().int(),
  value: z.number().nullable(),
  asOf: civilDateSchema,
  /** Who says so; printed beside the figure. */
  source: z.string(),
  note: z.string(),
  evidence: evidenceSchema.nullable(),
  state: z.enum(figureStates),
  /** Why it was returned. */
  reason: z.string().nullable(),
  enteredBy: z.string(),
  enteredAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** The value the public sees meanwhile; `null` = none. */
  published: z.number().nullable(),
  /** The day from which the evidence of the published value no longer stands. */
  withdrawnOn: civilDateSchema.nullable(),
});
export type Figure = z.infer<typeof figureSchema>;

const periodSchema = z.string().max(7);
export const figuresQuerySchema = z.object({ pack: z.string().max(100).optional(), period: periodSchema });
export const figuresSchema = z.object({
  pack: z.string(),
  /** As in `statusSchema`, of the last day of the period. */
  packVersion: z.number().int().optional(),
  period: z.string(),
  items: z.array(figureSchema),
});

/** `version: null` = there was nothing in this cell when it was read. */
const cellSchema = z.object({
  wardKey: wardKeySchema,
  indicator: z.string().max(100),
  version: z.number().int().min(1).nullable(),
});
const cells = <T extends z.ZodType>(cell: T) => z.array(cell).min(1).max(2000);

export const saveFiguresSchema = z.object({
  changeId: changeIdSchema,
  pack: z.string().max(100),
  period: periodSchema,
  cells: cells(
    cellSchema.extend({
      value: z.number().nullable(),
      asOf: civilDateSchema.optional(),
      source: z.string().trim().min(1).max(500),
      note: z.string().trim().max(2000).default(''),
      evidence: evidenceSchema.nullable().default(null),
    }),
  ),
});
export type SaveFigures = z.infer<typeof saveFiguresSchema>;

export const moveFiguresSchema = z.object({
  changeId: changeIdSchema,
  pack: z.string().max(100),
  period: periodSchema,
  to: z.enum(['submitted', 'approved', 'returned', 'draft']),
  /** Needed to return one. */
  reason: z.string().trim().max(2000).default(''),
  cells: cells(cellSchema.extend({ version: z.number().int().min(1) })),
});
export type MoveFigures = z.infer<typeof moveFiguresSchema>;

export const keptFileSchema = z.object({ sha256: sha256Schema, bytes: z.number().int(), kind: z.string() });

export const EVIDENCE_LIMIT_BYTES = 20_000_000;

// --- what was published, and evidence that is withdrawn -----------------------------------------------------------

/** The published figure meant: of this day, or it is refused. */
export const evidenceOfSchema = z.object({
  changeId: changeIdSchema,
  pack: z.string().max(100),
  wardKey: wardKeySchema,
  indicator: z.string().max(100),
  asOf: civilDateSchema,
  reason: z.string().trim().max(2000).default(''),
});
export type EvidenceOf = z.infer<typeof evidenceOfSchema>;

export const historyQuerySchema = z.object({
  ward: wardKeySchema,
  indicator: z.string().max(100),
  pack: z.string().max(100).optional(),
});
/** One published row. The newest by day, and of one day the newest by `id`, is what stands. */
export const publishedSchema = z.object({
  id: z.number().int(),
  period: z.string(),
  value: z.number().nullable(),
  asOf: civilDateSchema,
  source: z.string(),
  evidence: evidenceSchema.nullable(),
  withdrawn: z.object({ on: civilDateSchema, by: z.string(), reason: z.string() }).nullable(),
  approvedBy: z.string().nullable(),
  /** When it became known; `null` = before this was written down. */
  knownAt: z.string().nullable(),
  demo: z.boolean(),
});
export type Published = z.infer<typeof publishedSchema>;
export const historySchema = z.object({ pack: z.string(), items: z.array(publishedSchema) });

export const statusRefusals = [
  'unknown_pack',
  'pack_is_illustration',
  'unknown_indicator',
  'value_out_of_domain',
  'invalid_period',
  'period_in_future',
  'day_outside_period',
  'ward_of_other_set',
  'duplicate_cell',
  'figure_changed',
  'wrong_figure_state',
  'value_missing',
  'own_submission',
  'reason_required',
  'unknown_evidence',
  'unknown_file_kind',
  'unknown_figure',
  'no_evidence',
  'evidence_withdrawn',
  'evidence_stands',
] as const;
