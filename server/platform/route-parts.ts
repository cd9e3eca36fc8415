/** The parts that every route's declaration is put together from: JSON asked for, JSON given, the version a write names. */
import { z } from 'zod';

/** The content of a request or reply in JSON. */
export const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } });

/** A body that must be there. */
export const body = <T extends z.ZodType>(schema: T) => ({ required: true, content: json(schema) });

/** The one good answer of a route. */
export const gives = <T extends z.ZodType>(description: string, schema: T) => ({
  200: { description, content: json(schema) },
});

/** The version a PATCH or DELETE means to change; optional here, because without it the answer is 428 and not 422. */
export const ifMatch = z.object({ 'if-match': z.string().optional() });
