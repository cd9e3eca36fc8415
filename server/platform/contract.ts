/** Words every answer of the server shares: the problem, its codes, the list, the date parameters. */
import { z } from 'zod';
import { civilDateSchema, unitsSchema } from '../../geodata/schema.ts';

/** Refusals any route may give. Features add their own in their contracts; the client holds words for every one. */
export const platformRefusals = [
  'unknown_route',
  'method_not_allowed',
  'not_permitted',
  /** A write that another site's page sent. */
  'cross_site',
  'malformed_json',
  'wrong_content_type',
  'body_too_large',
  'url_too_long',
  /** 408: head or body took too long to arrive. */
  'request_too_slow',
  'invalid_request',
  'invalid_date',
  'invalid_bbox',
  'unknown_units',
  'changed_meanwhile',
  'if_match_required',
  'change_id_reused',
  'overloaded',
  /** 503: the disk is full or fails; reading goes on, and writing as soon as it can. */
  'read_only',
  'internal',
] as const;

/** RFC 9457, with a code from a closed list instead of a sentence; the client puts it into the reader's language. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
  /** `code_needs_date`: every ward the bare code may mean. */
  readings: z.array(z.object({ key: z.string(), name: z.string(), validFrom: z.string() })).optional(),
  /** `changed_meanwhile`: what the writer read and what stands there now. */
  versions: z.object({ yours: z.number().int(), current: z.number().int() }).optional(),
  current: z.unknown().optional(),
  /** `axes_swapped`: the position as it was probably meant. */
  corrected: z.object({ lng: z.number(), lat: z.number() }).optional(),
  /** `overloaded`, `read_only`, `too_many_tries`: how long to wait; also the header Retry-After. */
  retryAfterSeconds: z.number().int().optional(),
  /** `internal`: what to tell the administrator, who finds the rest in the log. */
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** `at` = the day of the data; `units` = the ward set. Two dates, never mixed. */
export const atQuery = z.object({ at: civilDateSchema.optional() });
export const unitsQuery = z.object({ units: unitsSchema.optional() });

/** A change id is a UUIDv7 made by the client: the same id again returns the stored outcome. */
export const changeIdSchema = z.uuidv7();

/** Why nothing can be written: the disk has no room, or takes no writes for another reason. */
export const readOnlySchema = z.object({ fault: z.enum(['full', 'failing']), since: z.string() });
export type ReadOnly = z.infer<typeof readOnlySchema>;

export const healthSchema = z.object({
  /** `read-only`: it answers, and refuses what would write. */
  status: z.enum(['ok', 'read-only']),
  readOnly: readOnlySchema.nullable(),
  version: z.string(),
  demo: z.boolean(),
  /** The day the data is shown for by default; the demo pins its own. */
  today: civilDateSchema,
  units: unitsSchema,
  schemaVersion: z.number().int(),
  seq: z.number().int(),
  /** The hash of change `seq`: it vouches for the whole log, and stands on what is printed. */
  chainHash: z.string(),
  basemap: z.enum(['built-in', 'pmtiles']),
  /** What this reader may do, so that the page offers no door that is locked. */
  may: z.array(z.string()),
});
export type Health = z.infer<typeof healthSchema>;

export const layerDiffSchema = z.object({
  add: z.array(z.unknown()).optional(),
  update: z.array(z.unknown()).optional(),
  remove: z.array(z.string()).optional(),
});
export type LayerDiff = z.infer<typeof layerDiffSchema>;

/** One line of the change log as every reader may see it: no word about a person. */
export const changeEventSchema = z.object({
  seq: z.number().int(),
  changeId: z.string(),
  at: z.string(),
  verb: z.string(),
  kind: z.string(),
  recordId: z.string(),
  version: z.number().int(),
  layers: z.array(z.string()),
  /** For public layers the features themselves; whatever is missing here is refetched. */
  diffs: z.record(z.string(), layerDiffSchema),
});
export type ChangeEvent = z.infer<typeof changeEventSchema>;
