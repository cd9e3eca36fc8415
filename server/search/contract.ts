import { z } from 'zod';
import { positionSchema } from '../../geodata/schema.ts';

export const searchRefusals = ['query_too_long'] as const;

export const searchHitSchema = z.object({
  type: z.enum(['ward', 'relic', 'street', 'landmark']),
  id: z.string(),
  name: z.string(),
  /** The other name that matched, when it was not the main one. */
  matchedName: z.string().nullable(),
  /** Ward name, address or the years a ward was valid. */
  context: z.string().nullable(),
  kind: z.string().nullable(),
  position: positionSchema.nullable(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;
export const searchSchema = z.object({ q: z.string(), items: z.array(searchHitSchema) });

/** `q` may be empty (nothing is found), never longer than 100 characters. */
export const searchQuerySchema = z.object({
  q: z.string().max(100, 'query_too_long').default(''),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
