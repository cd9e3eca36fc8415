/** The words every room shares for places, dates and ward sets. Data files in `geodata/` are checked against these. */
import { z } from 'zod';
import {
  culturalWardStates,
  heritageTypes,
  channelRules,
  landmarkKinds,
  packPurposes,
  positionAccuracies,
  relicKinds,
  relicRanks,
  streetClasses,
  titleSteps,
  unitSets,
} from './vocabulary.ts';

/** WGS84, degrees, `[lng, lat]` (RFC 7946). */
export type Position = [lng: number, lat: number];
/** Degrees, `[west, south, east, north]`. */
export type Bbox = [west: number, south: number, east: number, north: number];

export const unitsSchema = z.enum(unitSets);
export type Units = z.infer<typeof unitsSchema>;

/** Wide enough for the oldest relic and any plan, and so far from the years 0 and 9999 that no arithmetic leaves four digits. */
const FIRST_DAY = '1000-01-01';
const LAST_DAY = '2999-12-31';

/** A civil date of Asia/Ho_Chi_Minh, `YYYY-MM-DD`, from 1000 to 2999; a day that does not exist is refused. */
export const civilDateSchema = z.iso.date().refine((day) => day >= FIRST_DAY && day <= LAST_DAY, 'invalid_date');
export type CivilDate = string;

export const wardCodeSchema = z.string().regex(/^\d{5}$/);
/** `00097@1995-10-28`: a code alone is not a key, because 00091, 00097 and 00103 name different land in the two sets. */
export const wardKeySchema = z.string().regex(/^\d{5}@\d{4}-\d{2}-\d{2}$/);
export type WardKey = `${string}@${Units}`;

export const positionSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export const bilingualSchema = z.object({ vi: z.string().min(1), en: z.string().min(1) });
export type Bilingual = z.infer<typeof bilingualSchema>;
export const confidenceSchema = z.enum(['high', 'medium', 'low']);

/** A published figure with where and when it comes from; `null` where nobody published one. */
export const figureSchema = z.object({
  value: z.number(),
  asOf: civilDateSchema.nullable(),
  source: z.string(),
  /** `medium` = read in a secondary list only. */
  confidence: confidenceSchema.optional(),
});

// --- layers ---------------------------------------------------------------------------------------------------------

export const wardPropertiesSchema = z.object({
  code: wardCodeSchema,
  key: wardKeySchema,
  name: z.string(),
  nameAscii: z.string(),
  validFrom: unitsSchema,
  validTo: civilDateSchema.nullable(),
  /** Where a label sits best: the pole of inaccessibility of the ward's dry land, computed by `build`. */
  labelPoint: positionSchema,
  accuracy: bilingualSchema,
  source: z.string(),
});
export type WardProperties = z.infer<typeof wardPropertiesSchema>;

export const wardEdgePropertiesSchema = z.object({
  between: z.tuple([wardKeySchema, wardKeySchema]),
  names: z.tuple([z.string(), z.string()]),
  basis: bilingualSchema,
  confidence: confidenceSchema,
  /** Drawn over the lake by a rule, where no text gives a line. */
  overWater: z.boolean(),
  lengthMeters: z.number(),
});
export type WardEdgeProperties = z.infer<typeof wardEdgePropertiesSchema>;

export const waterPropertiesSchema = z.object({
  name: z.string(),
  nameEn: z.string(),
  kind: z.enum(['lake', 'river-midline']),
  derived: z.literal(true),
  accuracy: bilingualSchema,
});

export type WaterProperties = z.infer<typeof waterPropertiesSchema>;

export const streetPropertiesSchema = z.object({ name: z.string(), class: z.enum(streetClasses) });

export type StreetProperties = z.infer<typeof streetPropertiesSchema>;

export const landmarkPropertiesSchema = z.object({ name: z.string(), kind: z.enum(landmarkKinds), source: z.string() });
export type LandmarkProperties = z.infer<typeof landmarkPropertiesSchema>;

export const districtPropertiesSchema = z.object({
  code: z.literal('003'),
  name: z.string(),
  validFrom: civilDateSchema,
  validTo: civilDateSchema,
  source: z.string(),
});
export type DistrictProperties = z.infer<typeof districtPropertiesSchema>;

export type WardFeature = GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, WardProperties> & { id: string };

// --- seeds ----------------------------------------------------------------------------------------------------------

export const relicPositionSchema = z.object({
  lng: z.number(),
  lat: z.number(),
  accuracy: z.enum(positionAccuracies),
  errorMeters: z.number().nonnegative().nullable(),
  source: z.string(),
});

export const relicSeedSchema = z.object({
  id: z.string().regex(/^th-[a-z]{2}-\d{2}$/),
  name: z.string(),
  otherNames: z.array(z.string()),
  kind: z.enum(relicKinds),
  heritageType: z.enum(heritageTypes).nullable(),
  /** `null` = not found, which is not "unranked" (`inventoried`). */
  rank: z.enum(relicRanks).nullable(),
  rankYear: z.number().int().nullable(),
  rankDecision: z.string().nullable(),
  wardKey: wardKeySchema,
  address: z.string().nullable(),
  position: relicPositionSchema.nullable(),
  /** Set where the position is known to fall outside the stated ward; `check` refuses one that falls outside unsaid. */
  outsideStatedWard: z.literal(true).optional(),
  /** `null` = a place on OpenStreetMap of which no inventory is known. */
  inInventory: z.literal(true).nullable(),
  sources: z.string(),
  confidence: confidenceSchema,
  note: bilingualSchema.nullable(),
});
export type RelicSeed = z.infer<typeof relicSeedSchema>;

/** A festival of a relic. */
export const festivalSchema = z.strictObject({
  id: z.string().regex(/^le-[a-z-]+$/),
  name: z.string().min(1),
  relicId: relicSeedSchema.shape.id,
  /** The times it is held, each by the solar calendar, oldest first; none = nobody has said when. */
  held: z.array(z.strictObject({ from: civilDateSchema, to: civilDateSchema })),
  source: z.string().min(1),
  confidence: confidenceSchema,
});
export type Festival = z.infer<typeof festivalSchema>;

export const wardFactsSchema = z.object({
  district: z.object({
    code: z.literal('003'),
    name: z.string(),
    decree: z.string(),
    office: z.string(),
    population: figureSchema,
    areaKm2: figureSchema,
    residentialGroups: figureSchema,
    /** Totals of the district's inventory as published; never computed from the seed. */
    relicTotals: z.object({
      relics: z.number().int(),
      chua: z.number().int(),
      dinh: z.number().int(),
      others: z.number().int(),
      national: z.number().int(),
      city: z.number().int(),
      unranked: z.number().int(),
      festivals: z.number().int(),
      asOf: civilDateSchema,
      source: z.string(),
      note: bilingualSchema.nullable(),
    }),
  }),
  wards: z.array(
    z.object({
      key: wardKeySchema,
      population: figureSchema.nullable(),
      areaKm2: figureSchema.nullable(),
      /** Steps of the district's own title "Phường văn hóa", oldest first; before the first step nobody says. */
      culturalWard: z.array(
        z.object({
          state: z.enum(culturalWardStates),
          year: z.number().int(),
          /** First day on which the state can be shown: the ceremony's day, else the last day of the year stated. */
          since: civilDateSchema,
          source: z.string(),
        }),
      ),
      successors: z.array(z.object({ key: wardKeySchema, share: z.enum(['whole', 'remainder', 'part', 'area-only']) })),
      successorsSource: z.string().nullable(),
    }),
  ),
});
export type WardFacts = z.infer<typeof wardFactsSchema>;

// --- packs ----------------------------------------------------------------------------------------------------------

export const indicatorPackSchema = z.object({
  id: z.string(),
  title: bilingualSchema,
  unit: z.string().nullable(),
  direction: z.enum(['at-least', 'at-most']).nullable(),
  /** The threshold; `null` until an administrator types in one that has a source. */
  target: z.number().nullable(),
  /** How far from the target still counts as near, in the indicator's unit. */
  nearMargin: z.number().nonnegative().nullable(),
  /** How often it is measured; nothing here and in the four below = nobody has said. */
  period: z.enum(['month', 'quarter', 'half-year', 'year']).nullable().optional(),
  howMeasured: bilingualSchema.nullable().optional(),
  responsibleUnit: bilingualSchema.nullable().optional(),
  /** The paper without which a value that reaches the target is not taken for met. */
  evidenceNeeded: bilingualSchema.nullable().optional(),
  /** Shelf life of evidence that names no last day of its own: whole months from the day of the figure. */
  evidenceMonths: z.number().int().min(1).max(600).nullable().optional(),
  /** A topic of our own wording, standing where a line of Phụ lục I belongs whose text was not found. */
  placeholder: z.boolean(),
  source: z.string(),
  confidence: confidenceSchema,
});
export type IndicatorPack = z.infer<typeof indicatorPackSchema>;

export const criteriaPackSchema = z.object({
  id: z.string(),
  title: bilingualSchema,
  /** Left out = `title`. */
  purpose: z.enum(packPurposes).optional(),
  /** Given by the register when the pack is published; left out = 1, as it came with the program. */
  version: z.number().int().min(1).optional(),
  /** `null` = no decree stands behind it: then each indicator names where it comes from. */
  decree: z
    .object({ number: z.string(), issuedOn: civilDateSchema, inForceOn: civilDateSchema, source: z.string() })
    .nullable(),
  /** The first day this version judges. */
  validFrom: civilDateSchema,
  validTo: civilDateSchema.nullable(),
  /** True only for invented targets of the demo. */
  demo: z.boolean(),
  /** Loaded to be looked at; it never judges a day. */
  illustration: z.boolean().optional(),
  /** How many indicators its source says there are; `null` = it does not say. */
  indicatorCount: z.object({ stated: z.number().int(), source: z.string() }).nullable(),
  conditions: z.array(
    z.object({
      id: z.string(),
      title: bilingualSchema,
      target: z.number().nullable(),
      unit: z.string().nullable(),
      source: z.string(),
      confidence: confidenceSchema,
    }),
  ),
  procedure: z.array(
    z.object({
      step: z.number().int(),
      title: bilingualSchema,
      actor: bilingualSchema,
      deadline: bilingualSchema.nullable(),
      source: z.string(),
      confidence: confidenceSchema,
    }),
  ),
  titleSteps: z.array(z.object({ id: z.enum(titleSteps), title: bilingualSchema })),
  /** What a reader should know beside the criteria: the city's target, older schemes, what is not confirmed. */
  notes: z
    .array(z.object({ id: z.string(), title: bilingualSchema, source: z.string(), confidence: confidenceSchema }))
    .optional(),
  criteria: z.array(
    z.object({
      id: z.string(),
      number: z.number().int(),
      letter: z.string(),
      title: bilingualSchema,
      source: z.string(),
      confidence: confidenceSchema,
      /** Other criteria without which this one is not met: it is never better than the worst of them. */
      requires: z.array(z.string()).optional(),
      indicators: z.array(indicatorPackSchema),
    }),
  ),
});
export type CriteriaPack = z.infer<typeof criteriaPackSchema>;

export const programmePackSchema = z.object({
  id: z.literal('programme-03'),
  code: z.string(),
  name: bilingualSchema,
  owner: bilingualSchema,
  runBy: bilingualSchema,
  head: z.string(),
  meeting: z.object({
    heldOn: civilDateSchema,
    publishedOn: civilDateSchema,
    chair: z.string(),
    publisher: z.string(),
  }),
  source: z.string(),
  /** Figures that are quoted, never computed; `value: null` = not stated, only aimed at (`target`). */
  figures: z.array(
    z.object({
      id: z.string(),
      title: bilingualSchema,
      value: z.number().nullable(),
      total: z.number(),
      kind: z.enum(['quoted', 'target']),
      asOf: civilDateSchema,
      source: z.string(),
      note: bilingualSchema.nullable(),
    }),
  ),
  results: z.array(z.object({ id: z.string(), title: bilingualSchema, source: z.string() })),
  tasks: z.array(
    z.object({
      id: z.string(),
      title: bilingualSchema,
      unit: bilingualSchema.nullable(),
      due: bilingualSchema,
      /** Last day of the period the article states. */
      dueOn: civilDateSchema,
      wardKeys: z.array(wardKeySchema),
      refs: z.array(z.string()),
      source: z.string(),
    }),
  ),
  schemes: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['scheme', 'project']),
      title: bilingualSchema,
      fromYear: z.number().int().nullable(),
      toYear: z.number().int().nullable(),
      unit: bilingualSchema.nullable(),
      outsideTheSeven: z.boolean(),
      note: bilingualSchema.nullable(),
      source: z.string(),
    }),
  ),
  events: z.array(
    z.object({
      id: z.string(),
      title: bilingualSchema,
      on: civilDateSchema.nullable(),
      since: civilDateSchema.nullable(),
      note: bilingualSchema.nullable(),
      source: z.string(),
    }),
  ),
  directives: z.array(
    z.object({
      id: z.string(),
      title: bilingualSchema,
      givenOn: civilDateSchema,
      /** Ids of the tasks that carry it out. */
      refs: z.array(z.string()),
      source: z.string(),
    }),
  ),
});
export type ProgrammePack = z.infer<typeof programmePackSchema>;

const days = z.number().int().nonnegative().max(366);
const meters = z.number().positive().max(5_000);
/** One number of a rule with where it comes from. */
const cited = <T extends z.ZodType>(value: T) =>
  z.strictObject({ value, source: z.string().min(1), confidence: confidenceSchema });

/** The classes that may count as a case; `ruled-out` never does. */
export const countableClasses = ['suspected', 'clinical', 'confirmed'] as const;

/**
 * A rule by which dengue cases become groups, signals and outbreaks, and these end. Every number is a parameter with a
 * source of its own, because the guides differ and change; what each one means is told in `server/dengue/README.md`.
 */
export const outbreakRuleFileSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: bilingualSchema,
    issuedBy: z.string().min(1),
    /** Of the document; `null` for a practice without one. */
    issuedOn: civilDateSchema.nullable(),
    /** The day the rule stood as it is told here. */
    asOf: civilDateSchema,
    source: z.string().min(1),
    note: bilingualSchema,
    parameters: z.strictObject({
      /** Great-circle metres up to which two cases are linked, inclusive. */
      linkRadiusMeters: cited(meters),
      /** Days between onsets up to which two cases are linked, inclusive. */
      linkDays: cited(days),
      /** The same for a link to a case that is in an outbreak already; equal to `linkDays` where there is no such step. */
      laterLinkDays: cited(days),
      /** Days between the onsets of two directly linked cases that make a signal; `null` = no pair does. */
      signalDays: cited(days.nullable()),
      /** One confirmed case makes a signal. */
      confirmedAloneSignals: cited(z.boolean()),
      /** A position known no better than this never links. */
      accuracyLimitMeters: cited(meters),
      countingClasses: cited(z.array(z.enum(countableClasses)).min(1)),
      /** Days after the last onset on which the end is expected. */
      endAfterDays: cited(days),
      /** How near to a case, and how many days from its onset, a vector finding makes a signal an outbreak. */
      vectorRadiusMeters: cited(meters.nullable()),
      vectorDays: cited(days.nullable()),
    }),
    /** From which value on an index of a vector inspection is an alarm; `null` = the document knows none. */
    indexAlarms: z
      .strictObject({
        /** Positive containers per 100 houses, in the North and nationally. */
        breteauNorth: cited(z.number().positive()),
        breteauNational: cited(z.number().positive()),
        /** The fewest houses from which the Breteau index speaks for a place. */
        breteauHouses: cited(z.number().int().positive()),
        /** Adult Aedes females per house. */
        density: cited(z.number().positive()),
      })
      .nullable(),
    /** What is to be done about an outbreak and by when; `null` = the document knows nothing of it. */
    response: z
      .strictObject({
        /** From the day it opened (verify) or was declared (clear larvae, spray for the first time). */
        actWithinHours: cited(z.number().int().positive().multipleOf(24).max(720)),
        /** Days from one round of spraying to the next. */
        roundGapFromDays: cited(days),
        roundGapUntilDays: cited(days),
        /** The least share of houses to be reached by a round, %. */
        coveragePercent: cited(z.number().positive().max(100)),
        /** A case with onset within so many days after the second round asks for a third. */
        newCaseDays: cited(days),
        /** So many outbreaks in one residential group, opened within so many days, ask for treating the whole of it. */
        wideOutbreaks: cited(z.number().int().min(2)),
        wideDays: cited(days),
        /** Days after the second round by which vectors are surveyed again; `null` = no source tells. */
        surveyAfterDays: cited(days.nullable()),
      })
      .nullable(),
  })
  .superRefine(({ parameters, response }, context) => {
    if (response && response.roundGapUntilDays.value < response.roundGapFromDays.value)
      context.addIssue({
        code: 'custom',
        path: ['response', 'roundGapUntilDays', 'value'],
        message: 'fewer days than roundGapFromDays',
      });
    const { linkDays, laterLinkDays, signalDays, vectorRadiusMeters, vectorDays } = parameters;
    const refuse = (parameter: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['parameters', parameter, 'value'], message });
    if (laterLinkDays.value < linkDays.value) refuse('laterLinkDays', 'fewer days than linkDays');
    if (signalDays.value !== null && signalDays.value > linkDays.value) refuse('signalDays', 'more days than linkDays');
    if ((vectorRadiusMeters.value === null) !== (vectorDays.value === null))
      refuse('vectorDays', 'a radius without days, or days without a radius');
  });
export type OutbreakRuleFile = z.infer<typeof outbreakRuleFileSchema>;

/**
 * By what the season is watched: the rules of the channel chart, each for its period, and what counts as late. Every
 * number with a source of its own, as in an outbreak rule.
 */
export const watchRuleFileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  asOf: civilDateSchema,
  note: bilingualSchema,
  /** Oldest first. On a day the last one whose `from` has come holds. */
  channels: z
    .array(
      z.strictObject({
        id: z.enum(channelRules),
        title: bilingualSchema,
        /** The first day it holds; `null` = the one before all others. */
        from: civilDateSchema.nullable(),
        source: z.string().min(1),
        parameters: z.strictObject({
          /** How many earlier years make the channel. */
          years: cited(z.number().int().min(2).max(20)),
          /** Years with an epidemic are passed over; which these are is told in `epidemicYears`. */
          withoutEpidemicYears: cited(z.boolean()),
          /** Standard deviations above the mean from which on it is a warning; `null` = the rule knows none. */
          warningDeviations: cited(z.number().nonnegative().max(5).nullable()),
          /** Standard deviations above the mean that are the limit; 0 = the mean itself. */
          limitDeviations: cited(z.number().nonnegative().max(5)),
        }),
      }),
    )
    .min(1),
  /** Years known to be epidemic. */
  epidemicYears: cited(z.array(z.number().int().min(1900).max(2200))),
  parameters: z.strictObject({
    /** A case reported more days after its onset than this is late. */
    lateReportDays: cited(days),
    /** Cases (population permitting) are told per so many people. */
    incidencePer: cited(z.number().int().positive()),
    /** A festival that begins within so many days is warned of. */
    festivalDays: cited(days),
  }),
});
export type WatchRuleFile = z.infer<typeof watchRuleFileSchema>;
export type ChannelRule = WatchRuleFile['channels'][number];

// --- registry -------------------------------------------------------------------------------------------------------

export const sourceEntrySchema = z.object({
  file: z.string(),
  title: bilingualSchema,
  publisher: z.string(),
  licence: z.enum(['ODbL-1.0', 'facts']),
  attribution: z.string(),
  retrievedOn: civilDateSchema,
  accuracy: bilingualSchema,
  /** What it was derived by, where it is not the publisher's own geometry. */
  derivedBy: z.string().nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export const sourcesSchema = z.array(sourceEntrySchema);
export type SourceEntry = z.infer<typeof sourceEntrySchema>;
