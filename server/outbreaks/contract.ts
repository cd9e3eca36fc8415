/** The words of kept outbreaks (ổ dịch): what a reader is told, marking one, declaring it, the rules it is found by. */
import { z } from 'zod';
import { civilDateSchema, outbreakRuleFileSchema, unitsSchema, wardKeySchema } from '../../geodata/schema.ts';
import { changeIdSchema, listOf } from '../platform/contract.ts';

export const outbreakRefusals = [
  'unknown_outbreak',
  'unknown_rule',
  /** Marked for a day to come. */
  'found_in_future',
  /** Neither a place nor a drawn shape, or both. */
  'shape_needed',
  /** The edges of a drawn shape cross, or it has no area. */
  'shape_crosses_itself',
  /** A declaration wants ten characters of reason at least. */
  'reason_too_short',
  'already_declared',
  'not_declared',
  /** Joined, kept apart and edited is only what an officer marked. */
  'only_marked_directly',
  'already_joined',
  'already_apart',
  /** No computed outbreak shares a case with it. */
  'nothing_to_join',
  'rule_in_force',
] as const;
export type OutbreakRefusal = (typeof outbreakRefusals)[number];

/** `watching`: a signal that nobody declared. `active`: declared. `ended`: its expected end has passed, either way. */
export const outbreakStates = ['watching', 'active', 'ended'] as const;
export type OutbreakState = (typeof outbreakStates)[number];

/** Why a link is one; `outbreak-links.ts` of the room dengue tells them apart. */
export const linkClauses = ['signal-pair', 'link', 'later-link'] as const;

/** `TH-2022-014`. */
export const outbreakNumberSchema = z.string().regex(/^[A-Z]{2}-\d{4}-\d{3,6}$/);

export const geometrySchema = z.object({
  type: z.enum(['Polygon', 'MultiPolygon']),
  coordinates: z.array(z.unknown()),
});

export const linkSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** Great-circle metres, one decimal. */
  meters: z.number(),
  days: z.number().int(),
  clause: z.enum(linkClauses),
});

export const wardOfOutbreakSchema = z.object({ key: wardKeySchema, name: z.string() });

/** That an officer, or an inspection with larvae or adult Aedes, made a signal an outbreak. */
export const declarationSchema = z.object({
  on: civilDateSchema,
  at: z.string(),
  basis: z.enum(['reason', 'inspection']),
  /** The officer's words; `null` for readers out of scope and for an inspection. */
  reason: z.string().nullable(),
  inspectionId: z.string().nullable(),
  /** The name of the account; `null` for readers out of scope. */
  by: z.string().nullable(),
});

/** What was told when an officer marked the outbreak directly. */
export const markSchema = z.object({
  foundOn: civilDateSchema,
  source: z.string(),
  reportedCases: z.number().int().nullable(),
  /** The place in words; `null` for readers out of scope, as is `geometry` of the mark. */
  place: z.string().nullable(),
  geometry: geometrySchema.nullable(),
});

/**
 * One kept outbreak as this reader may see it. Of a case out of the reader's scope nothing is told but that it counts:
 * no id, no metres, no circle; its place is at most a cell of the fixed 500 m grid.
 */
export const outbreakSchema = z.object({
  /** The same as `number`: features and lists want an id. */
  id: z.string(),
  number: outbreakNumberSchema,
  /** What a write names in If-Match. */
  version: z.number().int(),
  state: z.enum(outbreakStates),
  ruleId: z.string(),
  signal: z.boolean(),
  /** `computed` from cases, or marked `directly` by an officer. */
  made: z.enum(['computed', 'directly']),
  /** Of one marked directly: an officer keeps it apart from the computed ones it overlaps; `null` = not decided. */
  apart: z.boolean().nullable(),
  /** Numbers merged into this one, earliest first; the number it was split from. */
  aliases: z.array(outbreakNumberSchema),
  origin: outbreakNumberSchema.nullable(),
  /** The day it became a signal by what was reported, or was found by an officer. */
  openedOn: civilDateSchema,
  firstOnsetOn: civilDateSchema.nullable(),
  lastOnsetOn: civilDateSchema.nullable(),
  /** Last onset (or the day found) plus the days of the rule. */
  expectedEndOn: civilDateSchema,
  /** The first day on which it counts as ended; `null` while it does not. */
  endedOn: civilDateSchema.nullable(),
  caseCount: z.number().int(),
  /** How many of them are out of this reader's scope. */
  casesBeyond: z.number().int(),
  wards: z.array(wardOfOutbreakSchema),
  residentialGroups: z.array(z.string()),
  declared: declarationSchema.nullable(),
  marked: markSchema.nullable(),
  /** Numbers of other outbreaks that hold some of the same cases (one marked directly beside a computed one). */
  overlaps: z.array(outbreakNumberSchema),
  /** Cases, links between them and the confirmed ones: those in scope only. */
  caseIds: z.array(z.string()),
  confirmedIds: z.array(z.string()),
  /** `null` in a list: ask for the outbreak itself. */
  links: z.array(linkSchema).nullable(),
  /** There are more links than are ever told: each case’s first ones stand here. */
  linksCut: z.boolean(),
  /**
   * The circles around the cases in scope as one zone. Nothing is drawn of the others: beside circles a cell would
   * narrow a hidden home. Without any case in scope: the whole grid cells of all. `null` = not located.
   */
  geometry: geometrySchema.nullable(),
  /** True when the geometry is made of circles alone, none of them hidden. */
  exact: z.boolean(),
  /** May this reader write to it? */
  mayWrite: z.boolean(),
  demo: z.boolean(),
});
export type OutbreakWords = z.infer<typeof outbreakSchema>;

export const outbreakListSchema = listOf(outbreakSchema).extend({ at: civilDateSchema, ruleId: z.string() });

/** `rule` other than the one in force is a what-if: groups without kept records; see `/api/dengue/rules/compare`. */
export const outbreakQuerySchema = z.object({
  at: civilDateSchema.optional(),
  units: unitsSchema.optional(),
  state: z.enum([...outbreakStates, 'open']).optional(),
  ward: z.string().max(40).optional(),
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type OutbreakQuery = z.infer<typeof outbreakQuerySchema>;

/** What happened to an outbreak, as a code with parameters; the client has the words. */
export const historyCodes = [
  'opened-by-confirmed',
  'opened-by-pair',
  'marked',
  'split-from',
  'merged-into',
  'took-in',
  'cases-joined',
  'cases-left',
  'onset-corrected',
  'declared',
  'declared-by-inspection',
  'declaration-undone',
  'ended',
  'reopened',
  'joined',
  'kept-apart',
  'lost-its-group',
  'found-its-group',
  'rule-switched',
] as const;
export type HistoryCode = (typeof historyCodes)[number];

export const historyEventSchema = z.object({
  id: z.number().int(),
  /** The civil day it holds for, and the instant it was written. */
  on: civilDateSchema,
  at: z.string(),
  code: z.enum(historyCodes),
  /**
   * By code: `cases` (how many now), `count` (how many joined or left), `meters`, `days`, `from`, `to` (case ids),
   * `number` (of the other outbreak), `from`/`until` (dates of an end), `ruleId`, `inspectionId`, `reason`. What
   * concerns a hidden case is left out.
   */
  params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** The account, or `null`: the program, or a reader out of scope. */
  by: z.string().nullable(),
  /** The change that wrote it, in the change log. */
  changeId: z.string(),
});
export type HistoryEvent = z.infer<typeof historyEventSchema>;
export const historySchema = z.object({ number: outbreakNumberSchema, items: z.array(historyEventSchema) });

const drawnPolygonSchema = z.object({
  type: z.literal('Polygon'),
  coordinates: z
    .array(
      z
        .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
        .min(4)
        .max(500),
    )
    .min(1)
    .max(10),
});

/**
 * Marks an outbreak directly. A `position` stands for the circle of the rule's radius around it. It takes up the cases
 * that fall into its shape, and lives beside the computed ones until it is joined or kept apart.
 */
export const markOutbreakSchema = z.strictObject({
  changeId: changeIdSchema,
  position: z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }).optional(),
  polygon: drawnPolygonSchema.optional(),
  place: z.string().trim().max(300).nullable().default(null),
  foundOn: civilDateSchema,
  source: z.string().trim().min(3).max(300),
  reportedCases: z.number().int().min(0).max(100_000).nullable().default(null),
  /** Ward keys; empty = the wards the shape lies in. */
  wards: z.array(wardKeySchema).max(20).default([]),
  residentialGroups: z.array(z.string().trim().min(1).max(60)).max(200).default([]),
});
export type MarkOutbreak = z.infer<typeof markOutbreakSchema>;

/** `POST /api/dengue/outbreaks/{number}/declare` */
export const declareOutbreakSchema = z.strictObject({ changeId: changeIdSchema, reason: z.string().trim().max(2000) });
export type DeclareOutbreak = z.infer<typeof declareOutbreakSchema>;

/** `POST …/undo-declaration`, `…/join`, `…/keep-apart`: nothing but the change's id. */
export const plainVerbSchema = z.strictObject({ changeId: changeIdSchema });

/** `PATCH /api/dengue/outbreaks/{number}`: what was told of one marked directly, and residential groups of any. */
export const editOutbreakSchema = markOutbreakSchema
  .pick({ place: true, foundOn: true, source: true, reportedCases: true, residentialGroups: true })
  .partial()
  .extend({ changeId: changeIdSchema });
export type EditOutbreak = z.infer<typeof editOutbreakSchema>;

/** Both rule files, and which is in force. */
export const rulesSchema = z.object({
  ruleId: z.string(),
  /** What a switch names in If-Match. */
  version: z.number().int(),
  items: z.array(outbreakRuleFileSchema),
});

/** `PUT /api/dengue/rules/current` */
export const switchRuleSchema = z.strictObject({ changeId: changeIdSchema, ruleId: z.string().max(60) });

/** One group a rule finds, without a word about which cases. */
export const comparedGroupSchema = z.object({
  /** A place in the list; the number of the kept record that holds most of its cases, if there is one. */
  index: z.number().int(),
  number: outbreakNumberSchema.nullable(),
  caseCount: z.number().int(),
  state: z.enum(['watching', 'ended']),
  firstOnsetOn: civilDateSchema,
  lastOnsetOn: civilDateSchema,
  expectedEndOn: civilDateSchema,
  wards: z.array(wardOfOutbreakSchema),
  geometry: geometrySchema.nullable(),
  exact: z.boolean(),
});
export const rulesComparedSchema = z.object({
  at: civilDateSchema,
  rules: z.array(
    z.object({
      ruleId: z.string(),
      /** Groups of counting cases, single ones too, and how many of them are signals. */
      groups: z.number().int(),
      signals: z.number().int(),
      watching: z.number().int(),
      casesInSignals: z.number().int(),
      items: z.array(comparedGroupSchema),
    }),
  ),
});
export type RulesCompared = z.infer<typeof rulesComparedSchema>;
