/** The words of cases: what staff enter, read and correct. No word about the person: see `person-contract.ts`. */
import { z } from 'zod';
import { civilDateSchema, unitsSchema, wardKeySchema } from '../../../geodata/schema.ts';
import {
  ageGroups,
  caseClasses,
  caseLocatings,
  caseOrigins,
  caseOutcomes,
  caseRemovals,
  caseSeverities,
  caseTests,
  sexes,
  testResults,
} from '../../../geodata/vocabulary.ts';
import { changeIdSchema } from '../../platform/contract.ts';
import { personInputSchema } from './person-contract.ts';

export const caseRefusals = [
  'unknown_case',
  'unknown_class',
  'onset_in_future',
  'onset_after_report',
  'report_in_future',
  /** In West Lake or another lake of the map. */
  'in_the_lake',
  'outside_district',
  /** Latitude and longitude changed places; `corrected` in the problem is the reading that makes sense. */
  'axes_swapped',
  'impossible_age',
  /** The number the source gives a case is another case's already. */
  'duplicate_id',
  /** Neither a position nor a scope of one ward tells where the case belongs. */
  'ward_needed',
  'already_removed',
  'not_removed',
  'bad_cursor',
] as const;
export type CaseRefusal = (typeof caseRefusals)[number];

/**
 * What is odd about a case and no reason to refuse it:
 * `ward_differs` the stated ward is not the one the position lies in; `near_ward_edge` within 50 m of an inner
 * boundary, which is approximate; `needs_locating` no position better than 100 m; `confirmed_without_test` no positive
 * test stands behind the class; `possible_duplicate` with the cases it may be.
 */
export const caseWarningCodes = [
  'ward_differs',
  'near_ward_edge',
  'needs_locating',
  'confirmed_without_test',
  'possible_duplicate',
] as const;

/** Why two cases may be one: the same person (name and birth, or phone), or within 50 m and 3 days of onset. */
export const duplicateReasons = ['person', 'place'] as const;
export const duplicateSchema = z.object({
  id: z.string(),
  reasons: z.array(z.enum(duplicateReasons)),
  class: z.enum(caseClasses),
  onsetOn: civilDateSchema,
  wardKey: wardKeySchema.nullable(),
  /** Great-circle metres between the two positions; `null` when one has none. */
  meters: z.number().nullable(),
});
export type Duplicate = z.infer<typeof duplicateSchema>;

export const caseWarningSchema = z.object({
  code: z.enum(caseWarningCodes),
  /** `ward_differs`: the ward the position lies in. */
  wardKey: wardKeySchema.optional(),
  /** `near_ward_edge`: metres to the boundary, whole. */
  meters: z.number().int().optional(),
  /** `possible_duplicate`: cases in the reader's scope only. */
  candidates: z.array(duplicateSchema).optional(),
});
export type CaseWarning = z.infer<typeof caseWarningSchema>;

/** A position below this accuracy (metres) waits in `needs-locating` and never links (DOMAIN 2). */
export const LOCATED_METERS = 100;

/** WGS84 degrees; `accuracyMeters: null` = nobody knows how good it is, which counts as vague. */
export const casePositionSchema = z.strictObject({
  lng: z.number().min(-180, 'outside_district').max(180, 'outside_district'),
  // Up to 180, so that swapped axes get their own refusal.
  lat: z.number().min(-180, 'outside_district').max(180, 'outside_district'),
  accuracyMeters: z.number().min(0).max(100_000).nullable(),
});
export type CasePosition = z.infer<typeof casePositionSchema>;

export const caseTestSchema = z.strictObject({ kind: z.enum(caseTests), result: z.enum(testResults) });

const classSchema = z.enum(caseClasses, 'unknown_class');
const wardSchema = z.string().max(20);
const shortText = (length: number) => z.string().trim().min(1).max(length);

/** Everything a case says, all of it optional but class and onset. */
const fields = {
  class: classSchema,
  onsetOn: civilDateSchema,
  reportedOn: civilDateSchema.nullable(),
  /** Code or key; without it the ward is derived from the position, else from a scope of one ward. */
  ward: wardSchema,
  position: casePositionSchema.nullable(),
  locatedBy: z.enum(caseLocatings).nullable(),
  /** Tổ dân phố, as its number or name. */
  residentialGroup: shortText(60).nullable(),
  origin: z.enum(caseOrigins),
  test: caseTestSchema.nullable(),
  severity: z.enum(caseSeverities).nullable(),
  /** Derived from the person's birth where that is told. */
  ageGroup: z.enum(ageGroups, 'impossible_age').nullable(),
  sex: z.enum(sexes).nullable(),
  outcome: z.enum(caseOutcomes).nullable(),
  /** The number a source gives the case (never a person's number). */
  registryId: shortText(60).nullable(),
};

/** `POST /api/dengue/cases`. Enough: class, onset and a position, or class, onset and an address in `person`. */
export const reportCaseSchema = z.strictObject({
  changeId: changeIdSchema,
  ...z.object(fields).partial().required({ class: true, onsetOn: true }).shape,
  person: personInputSchema.optional(),
});
export type ReportCase = z.infer<typeof reportCaseSchema>;

/** `PATCH /api/dengue/cases/{id}`: what is missing stays as it is, `null` empties it. */
export const editCaseSchema = z.strictObject({
  changeId: changeIdSchema,
  ...z.object(fields).partial().shape,
  person: personInputSchema.optional(),
});
export type EditCase = z.infer<typeof editCaseSchema>;

/** `PATCH /api/dengue/cases/{id}/position`: a case that waits in needs-locating gets its place. */
export const placeCaseSchema = z.strictObject({
  changeId: changeIdSchema,
  position: casePositionSchema,
  locatedBy: z.enum(caseLocatings),
  ward: wardSchema.optional(),
});
export type PlaceCase = z.infer<typeof placeCaseSchema>;

/** `POST /api/dengue/cases/{id}/removal`; a second POST to `…/restoral` undoes it. */
export const removeCaseSchema = z.strictObject({ changeId: changeIdSchema, reason: z.enum(caseRemovals) });
export type RemoveCase = z.infer<typeof removeCaseSchema>;
export const restoreCaseSchema = z.strictObject({ changeId: changeIdSchema });

/** `PATCH /api/dengue/cases`: the same correction for many, all of them or none. */
export const bulkEditSchema = z.strictObject({
  changeId: changeIdSchema,
  items: z
    .array(z.strictObject({ id: z.string().max(100), version: z.number().int().min(1) }))
    .min(1)
    .max(500),
  set: z.strictObject({
    class: classSchema.optional(),
    reportedOn: fields.reportedOn.optional(),
    ward: fields.ward.optional(),
    residentialGroup: fields.residentialGroup.optional(),
    origin: fields.origin.optional(),
    severity: fields.severity.optional(),
    outcome: fields.outcome.optional(),
    removed: z.enum(caseRemovals).nullable().optional(),
  }),
});
export type BulkEdit = z.infer<typeof bulkEditSchema>;
export const bulkEditedSchema = z.object({ edited: z.number().int() });

/** `POST /api/dengue/cases/check`: what a form would be warned of, before it is saved. Writes nothing. */
export const checkCaseSchema = reportCaseSchema.omit({ changeId: true }).extend({
  /** The case that is being edited: no duplicate of itself. */
  id: z.string().max(100).optional(),
});
export type CheckCase = z.infer<typeof checkCaseSchema>;
export const checkedCaseSchema = z.object({
  wardKey: wardKeySchema.nullable(),
  warnings: z.array(caseWarningSchema),
});

export const caseSchema = z.object({
  /** `ca-` and the UUIDv7 of the change that reported it. */
  id: z.string(),
  version: z.number().int(),
  class: z.enum(caseClasses),
  onsetOn: civilDateSchema,
  reportedOn: civilDateSchema.nullable(),
  wardKey: wardKeySchema.nullable(),
  wardName: z.string().nullable(),
  /** The ward of each set the position lies in. */
  wardByPosition: z.record(unitsSchema, wardKeySchema.nullable()),
  position: casePositionSchema.nullable(),
  locatedBy: z.enum(caseLocatings).nullable(),
  needsLocating: z.boolean(),
  residentialGroup: z.string().nullable(),
  origin: z.enum(caseOrigins),
  test: caseTestSchema.nullable(),
  severity: z.enum(caseSeverities).nullable(),
  ageGroup: z.enum(ageGroups).nullable(),
  sex: z.enum(sexes).nullable(),
  outcome: z.enum(caseOutcomes).nullable(),
  registryId: z.string().nullable(),
  /** Whether something is kept about the person: read it at `/api/dengue/persons`. */
  hasPerson: z.boolean(),
  removed: z.object({ reason: z.enum(caseRemovals), on: civilDateSchema }).nullable(),
  /** `null` = as it was seeded. */
  updatedAt: z.string().nullable(),
  warnings: z.array(caseWarningSchema),
  demo: z.boolean(),
});
export type CaseWords = z.infer<typeof caseSchema>;

/** The fields of a case whose changes its history tells. */
export const caseHistoryFields = [
  'class',
  'onsetOn',
  'reportedOn',
  'wardKey',
  'position',
  'residentialGroup',
  'origin',
  'test',
  'severity',
  'ageGroup',
  'sex',
  'outcome',
  'registryId',
  'removed',
] as const;

/** `GET /api/dengue/cases/{id}/history`: newest first. Of the person only whether something changed. */
export const caseHistorySchema = z.object({
  items: z.array(
    z.object({
      seq: z.number().int(),
      at: z.string(),
      /** The name of the account; `null` = the program, or an account that is gone. */
      by: z.string().nullable(),
      verb: z.string(),
      changes: z.array(z.object({ field: z.enum(caseHistoryFields), before: z.unknown(), after: z.unknown() })),
      personChanged: z.boolean(),
      /** What it said was erased with the person, or purged for its age. */
      purged: z.boolean(),
    }),
  ),
});
export type CaseHistory = z.infer<typeof caseHistorySchema>;

export const caseSorts = ['onset', '-onset', 'reported', '-reported'] as const;

/** Filters of the line list. `total` counts what the filters let through, over all pages. */
export const caseFilterSchema = z.object({
  class: z.enum(caseClasses, 'unknown_class').optional(),
  /** Code or key; outside one's scope it is refused. */
  ward: wardSchema.optional(),
  units: unitsSchema.optional(),
  onsetFrom: civilDateSchema.optional(),
  onsetTo: civilDateSchema.optional(),
  /** `no` = waits in needs-locating. */
  located: z.enum(['yes', 'no']).optional(),
  severity: z.enum(caseSeverities).optional(),
  origin: z.enum(caseOrigins).optional(),
  outcome: z.enum(caseOutcomes).optional(),
  /** `yes` = only the removed ones; they are left out otherwise. */
  removed: z.enum(['yes', 'no']).default('no'),
});
export type CaseFilter = z.infer<typeof caseFilterSchema>;
export const caseQuerySchema = caseFilterSchema.extend({
  sort: z.enum(caseSorts).default('-onset'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type CaseQuery = z.infer<typeof caseQuerySchema>;
export const caseListSchema = z.object({
  items: z.array(caseSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});

/** A case on the layer `cases`. Ruled-out and removed cases are not on it; nor are those without a position. */
export const casePropertiesSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  class: z.enum(caseClasses),
  onsetOn: civilDateSchema,
  wardKey: wardKeySchema.nullable(),
  accuracyMeters: z.number().nullable(),
  needsLocating: z.boolean(),
  severity: z.enum(caseSeverities).nullable(),
  demo: z.boolean(),
});
export type CaseProperties = z.infer<typeof casePropertiesSchema>;
export type CaseList = z.infer<typeof caseListSchema>;
