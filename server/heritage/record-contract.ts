import { z } from 'zod';
import { confidenceSchema } from '../../geodata/schema.ts';
import { heritageTypes, relicKinds, relicRanks } from '../../geodata/vocabulary.ts';
import { changeIdSchema } from '../platform/contract.ts';

export const recordRefusals = [
  /** 422: no lunar month has this day, or the year no such month. */
  'no_such_lunar_date',
  /** 422: no year has this day. */
  'no_such_solar_date',
  /** 422: a decision or its year, and no rank that it gave. */
  'decision_without_rank',
  /** 422: a year that is still to come. */
  'restored_in_future',
] as const;

/** A day of every year; which months and days exist `record.ts` says. */
export const yearlyDaySchema = z.object({ day: z.number().int(), month: z.number().int() });
export const festivalSchema = z.object({
  name: z.string().trim().min(1).max(200),
  /** By the lunar calendar, *mùng 10 tháng Ba*; `null` = not by it, or not known. */
  lunar: yearlyDaySchema.nullable().default(null),
  solar: yearlyDaySchema.nullable().default(null),
});
export type Festival = z.infer<typeof festivalSchema>;

/** The file of a relic, but for where it stands and how it is: that is placed and inspected. `null` = not known. */
export const recordFieldsSchema = z.object({
  name: z.string().trim().min(2).max(200),
  otherNames: z.array(z.string().trim().min(1).max(200)).max(20),
  kind: z.enum(relicKinds),
  heritageType: z.enum(heritageTypes).nullable(),
  /** `null` = not known, which is not `inventoried`. */
  rank: z.enum(relicRanks).nullable(),
  rankYear: z.number().int().min(1900).max(2100).nullable(),
  rankDecision: z.string().trim().min(1).max(200).nullable(),
  address: z.string().trim().min(1).max(300).nullable(),
  custodian: z.string().trim().min(1).max(200).nullable(),
  festivals: z.array(festivalSchema).max(20),
  /** The last restoration. */
  restoredYear: z.number().int().min(1000).max(2100).nullable(),
  sources: z.string().trim().min(1).max(1000),
  confidence: confidenceSchema,
});
export type RecordFields = z.infer<typeof recordFieldsSchema>;

export const recordParts = [
  'otherNames',
  'heritageType',
  'rank',
  'rankDecision',
  'address',
  'position',
  'custodian',
  'festivals',
  'restoredYear',
  'condition',
] as const;
export type RecordPart = (typeof recordParts)[number];

export const recordSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  fields: recordFieldsSchema,
  /** Of the parts a file should hold, those it does not: *chưa đủ hồ sơ*. */
  missing: z.array(z.enum(recordParts)),
  /** How many of the parts are there, of how many. */
  complete: z.object({ there: z.number().int(), of: z.number().int() }),
  mayWrite: z.boolean(),
});
export type RelicRecord = z.infer<typeof recordSchema>;

export const editRelicSchema = recordFieldsSchema.extend({ changeId: changeIdSchema });
export type EditRelic = z.infer<typeof editRelicSchema>;
