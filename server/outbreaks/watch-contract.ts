/** The words of watching: curve, incidence, bulletin, channel, warnings, quality of the data. For signed-in readers. */
import { z } from 'zod';
import { bilingualSchema, civilDateSchema, unitsSchema, wardKeySchema } from '../../geodata/schema.ts';
import { channelRules } from '../../geodata/vocabulary.ts';
import { outbreakNumberSchema, outbreakStates } from './contract.ts';

export const watchRefusals = ['from_after_at', 'too_many_days'] as const;

/** Counting cases by onset; full counts, none withheld. `by=week`: Monday to Sunday. */
export const watchCurveSchema = z.object({
  at: civilDateSchema,
  by: z.enum(['day', 'week']),
  from: civilDateSchema,
  to: civilDateSchema,
  items: z.array(
    z.object({
      from: civilDateSchema,
      to: civilDateSchema,
      /** `2022-W44` */
      week: z.string(),
      suspected: z.number().int(),
      clinical: z.number().int(),
      confirmed: z.number().int(),
      /** Clinical and confirmed. */
      cases: z.number().int(),
      /** The week or day has not passed, so more will come. */
      open: z.boolean(),
    }),
  ),
});
export type WatchCurve = z.infer<typeof watchCurveSchema>;

export const watchCurveQuerySchema = z.object({
  at: civilDateSchema.optional(),
  by: z.enum(['day', 'week']).default('week'),
  /** Without it: since 1 January by week, the last 60 days by day. */
  from: civilDateSchema.optional(),
});
export type WatchCurveQuery = z.infer<typeof watchCurveQuerySchema>;

export const watchSpanQuerySchema = z.object({
  at: civilDateSchema.optional(),
  /** Without it: 1 January of the year of `at`. */
  from: civilDateSchema.optional(),
  units: unitsSchema.optional(),
});
export type WatchSpanQuery = z.infer<typeof watchSpanQuerySchema>;

/** `ward` = a code or key of one's own wards; without it all of these. */
export const qualityQuerySchema = watchSpanQuerySchema.extend({ ward: z.string().max(40).optional() });
export type QualityQuery = z.infer<typeof qualityQuerySchema>;

/** Counting cases by ward of the case, and how many that is per `per` people. */
export const incidenceSchema = z.object({
  from: civilDateSchema,
  to: civilDateSchema,
  per: z.number().int(),
  items: z.array(
    z.object({
      wardKey: wardKeySchema,
      wardName: z.string(),
      cases: z.number().int(),
      population: z.number().int().nullable(),
      /** The census the population is of. */
      populationAsOf: civilDateSchema.nullable(),
      populationSource: z.string().nullable(),
      /** One decimal; `null` without a published population. */
      incidence: z.number().nullable(),
    }),
  ),
  /** Cases without a ward. */
  noWard: z.number().int(),
  district: z.object({ cases: z.number().int(), population: z.number().int(), incidence: z.number() }),
});
export type Incidence = z.infer<typeof incidenceSchema>;

/**
 * As Hà Nội's weekly bulletins print them: cases by onset; outbreaks that were declared, are active and ended. Active at
 * the end of a week = active at the end of the week before + new - ended.
 */
export const bulletinSchema = z.object({
  at: civilDateSchema,
  items: z.array(
    z.object({
      week: z.string(),
      from: civilDateSchema,
      to: civilDateSchema,
      cases: z.number().int(),
      newOutbreaks: z.number().int(),
      /** Not ended on the last day of the week (or on `at`). */
      activeOutbreaks: z.number().int(),
      endedOutbreaks: z.number().int(),
      /** Signals that nobody has declared, watched on that day: the bulletins do not count them. */
      signals: z.number().int(),
      /** The week has not passed. */
      open: z.boolean(),
    }),
  ),
  /** Since 1 January of the year of `at`. */
  year: z.object({ cases: z.number().int(), outbreaks: z.number().int(), active: z.number().int() }),
});
export type Bulletin = z.infer<typeof bulletinSchema>;

export const bulletinQuerySchema = z.object({
  at: civilDateSchema.optional(),
  weeks: z.coerce.number().int().min(1).max(260).default(12),
});

/**
 * The months of a year against the same months of earlier years, by the rule that holds on `at`. Where figures of one of
 * the years it asks for are missing there are no limits: they are `null`, and the years are named.
 */
export const channelSchema = z.object({
  at: civilDateSchema,
  rule: z.enum(channelRules),
  title: bilingualSchema,
  /** The years it asks for, latest first. */
  years: z.array(z.number().int()),
  /** Those of them no figures were loaded of. */
  missingYears: z.array(z.number().int()),
  /** Epidemic years that were passed over. */
  passedOver: z.array(z.number().int()),
  /** The rule passes over epidemic years, and nobody has said which these are. */
  epidemicYearsUnknown: z.boolean(),
  items: z.array(
    z.object({
      month: z.number().int().min(1).max(12),
      /** `null` = to come, or before the first case on record. */
      cases: z.number().int().nullable(),
      /** The month has not passed. */
      open: z.boolean(),
      mean: z.number().nullable(),
      /** `warning` is `null` too where the rule knows none. */
      warning: z.number().nullable(),
      limit: z.number().nullable(),
      level: z.enum(['below', 'warning', 'above']).nullable(),
    }),
  ),
});
export type Channel = z.infer<typeof channelSchema>;

export const watchedKinds = ['relic', 'school', 'festival'] as const;

/** Relics, schools and festivals inside the zone of an outbreak that has not ended, as its reader may see that zone. */
export const warningsSchema = z.object({
  at: civilDateSchema,
  items: z.array(
    z.object({
      number: outbreakNumberSchema,
      state: z.enum(outbreakStates),
      kind: z.enum(watchedKinds),
      id: z.string(),
      name: z.string(),
      /** The relic where it is. */
      relicId: z.string(),
      /** The first day of a festival; `null` = nobody has said when it is held. */
      on: civilDateSchema.nullable(),
      /** In the grid cells of the zone, or itself not known to 100 m: not known to be within the circle. */
      approximate: z.boolean(),
    }),
  ),
  /** How many are known of the kinds whose list is not complete; `of` = how many there are, `null` = unknown. */
  incomplete: z.array(
    z.object({
      kind: z.enum(watchedKinds),
      known: z.number().int(),
      of: z.number().int().nullable(),
      /** How many of the known ones have no position, or (festivals) no day. */
      unplaced: z.number().int(),
      undated: z.number().int(),
    }),
  ),
});
export type Warnings = z.infer<typeof warningsSchema>;

/** `percent` is `null` of none; one decimal. */
const share = z.object({ count: z.number().int(), of: z.number().int(), percent: z.number().nullable() });
/** What is amiss with the cases of the reader's wards. */
export const qualitySchema = z.object({
  from: civilDateSchema,
  to: civilDateSchema,
  /** Of the reported ones. */
  onsetAfterReport: share,
  /** Of those located well enough and with a ward. */
  outsideWard: share,
  /** Reported more than `lateDays` after the onset. */
  lateReports: share.extend({ lateDays: z.number().int(), medianDays: z.number().nullable() }),
  noReportDate: share,
  located: share,
  /** Located, but no better than the rule's limit. */
  vague: share,
});
export type Quality = z.infer<typeof qualitySchema>;
