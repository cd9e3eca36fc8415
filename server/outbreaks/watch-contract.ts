/** The words of watching: curve, incidence, bulletin, channel, warnings, quality of the data. For signed-in readers. */
import { z } from 'zod';
import { civilDateSchema, wardKeySchema } from '../../geodata/schema.ts';
import { outbreakNumberSchema } from './contract.ts';

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
  from: civilDateSchema.optional(),
});

export const incidenceSchema = z.object({
  from: civilDateSchema,
  to: civilDateSchema,
  items: z.array(
    z.object({
      wardKey: wardKeySchema,
      wardName: z.string(),
      cases: z.number().int(),
      population: z.number().int().nullable(),
      /** The census the population is of. */
      populationAsOf: civilDateSchema.nullable(),
      /** Per 100,000, one decimal; `null` without a published population. */
      incidence: z.number().nullable(),
    }),
  ),
  /** Cases without a ward. */
  noWard: z.number().int(),
  district: z.object({ cases: z.number().int(), population: z.number().int(), incidence: z.number() }),
});
export type Incidence = z.infer<typeof incidenceSchema>;

/** As Hà Nội's weekly bulletins print them: cases, new, active and ended outbreaks. */
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
    }),
  ),
  /** Since 1 January of the year of `at`. */
  year: z.object({ cases: z.number().int(), outbreaks: z.number().int(), active: z.number().int() }),
});
export type Bulletin = z.infer<typeof bulletinSchema>;

/** `tt-15-2026`: mean + 2 SD of the 5 latest non-epidemic years. `qd-02-2016`: above the mean of the last 3 years. */
export const channelRules = ['tt-15-2026', 'qd-02-2016'] as const;
export const channelSchema = z.object({
  at: civilDateSchema,
  rule: z.enum(channelRules),
  /** Years whose figures made the channel; fewer than the rule asks for = no limits. */
  years: z.array(z.number().int()),
  yearsWanted: z.number().int(),
  items: z.array(
    z.object({
      month: z.number().int().min(1).max(12),
      cases: z.number().int().nullable(),
      mean: z.number().nullable(),
      /** One and two standard deviations above the mean; `null` where the rule knows none. */
      warning: z.number().nullable(),
      limit: z.number().nullable(),
      level: z.enum(['below', 'warning', 'above']).nullable(),
    }),
  ),
});
export type Channel = z.infer<typeof channelSchema>;

/** Relics inside the zone of an open outbreak, and their festivals where a date is known. */
export const warningsSchema = z.object({
  at: civilDateSchema,
  items: z.array(
    z.object({
      number: outbreakNumberSchema,
      kind: z.enum(['relic', 'festival']),
      id: z.string(),
      name: z.string(),
      on: civilDateSchema.nullable(),
      /** Inside the grid cells of the zone, not known to be within the circle. */
      approximate: z.boolean(),
    }),
  ),
  /** Kinds of place nobody has given data for. */
  noData: z.array(z.enum(['schools', 'festivals'])),
});
export type Warnings = z.infer<typeof warningsSchema>;

const share = z.object({ count: z.number().int(), of: z.number().int(), percent: z.number().nullable() });
export const qualitySchema = z.object({
  from: civilDateSchema,
  to: civilDateSchema,
  onsetAfterReport: share,
  outsideWard: share,
  /** Reported more than `lateDays` after the onset. */
  lateReports: share.extend({ lateDays: z.number().int(), medianDays: z.number().nullable() }),
  noReportDate: share,
  located: share,
  /** Located, but no better than the rule's limit. */
  vague: share,
});
export type Quality = z.infer<typeof qualitySchema>;
