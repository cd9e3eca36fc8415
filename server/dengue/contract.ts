import { z } from 'zod';
import { civilDateSchema, wardKeySchema } from '../../geodata/schema.ts';

/** The fewest cases a public figure may speak of; fewer are rolled up until no subtraction reveals them. */
export const PUBLIC_MINIMUM = 5;

/**
 * A public hotspot: the counting cases of one epidemiological week in one region. Regions of a week are disjoint, so
 * no difference of two of them speaks of fewer than PUBLIC_MINIMUM cases.
 */
export const hotspotPropertiesSchema = z.object({
  id: z.string(),
  week: z.string().regex(/^\d{4}-W\d{2}$/),
  from: civilDateSchema,
  to: civilDateSchema,
  region: z.enum(['cell', 'ward', 'rest-of-ward', 'rest-of-district']),
  wardKey: wardKeySchema.nullable(),
  wardName: z.string().nullable(),
  cases: z.number().int().min(PUBLIC_MINIMUM),
  demo: z.boolean(),
});
export type HotspotProperties = z.infer<typeof hotspotPropertiesSchema>;

/** `cases: null` = between 1 and PUBLIC_MINIMUM - 1, withheld. */
export const curveWeekSchema = z.object({
  week: z.string(),
  from: civilDateSchema,
  to: civilDateSchema,
  cases: z.number().int().nullable(),
  withheld: z.boolean(),
});
export const curveSchema = z.object({
  at: civilDateSchema,
  demo: z.boolean(),
  hasCases: z.boolean(),
  weeks: z.array(curveWeekSchema),
});
export type Curve = z.infer<typeof curveSchema>;
