import { z } from 'zod';
import { civilDateSchema, criteriaPackSchema, unitsSchema, wardKeySchema } from '../../geodata/schema.ts';
import { changeIdSchema } from '../platform/contract.ts';
import { taskSchema } from '../programme/contract.ts';
import { indicatorStatusSchema, statusSchema, statusStateSchema, wardStatusSchema } from '../status/contract.ts';

/** A day as a meeting saw it: the status of every ward, the pack it was judged by, and the tasks. */
export const frozenSchema = z.object({
  status: statusSchema,
  pack: criteriaPackSchema,
  tasks: z.array(taskSchema),
});
export type Frozen = z.infer<typeof frozenSchema>;

/** Who froze what and when. `sha256` is of the content as canonical JSON; `head` is the audit's newest row before it. */
export const snapshotSchema = z.object({
  number: z.number().int().positive(),
  title: z.string(),
  at: civilDateSchema,
  units: unitsSchema,
  sha256: z.string(),
  head: z.object({ seq: z.number().int(), hash: z.string() }),
  /** A username; `null` = part of the demo. */
  frozenBy: z.string().nullable(),
  frozenAt: z.string(),
  demo: z.boolean(),
});
export type MeetingSnapshot = z.infer<typeof snapshotSchema>;

export const wholeSnapshotSchema = snapshotSchema.extend({ content: frozenSchema });
export type WholeSnapshot = z.infer<typeof wholeSnapshotSchema>;

export const freezeSchema = z.object({
  changeId: changeIdSchema,
  at: civilDateSchema,
  /** What the meeting is called. */
  title: z.string().trim().min(1).max(200),
});
export type Freeze = z.infer<typeof freezeSchema>;

export const rebuiltSchema = z.object({ number: z.number().int(), sha256: z.string(), same: z.boolean() });
export type Rebuilt = z.infer<typeof rebuiltSchema>;

// --- what changed between two ------------------------------------------------------------------------------------

const moved = <K extends string, T extends z.ZodType>(kind: K, value: T) =>
  z.object({ kind: z.literal(kind), before: value, after: value });
const overall = wardStatusSchema.pick({ state: true, criteriaMet: true, criteriaTotal: true });
const criteria = wardStatusSchema.shape.criteria;

export const wardChangeSchema = z.discriminatedUnion('kind', [
  moved('overall', overall),
  moved('title', wardStatusSchema.shape.title),
  moved('cultural-ward', wardStatusSchema.shape.culturalWard),
  moved('criterion', statusStateSchema).extend({ criterion: z.string() }),
  moved('indicator', indicatorStatusSchema).extend({ criterion: z.string() }),
  /** Another pack has other lines: all of them at once. */
  moved('criteria', criteria),
]);
export type WardChange = z.infer<typeof wardChangeSchema>;

export const taskChangeSchema = z.object({
  id: z.string(),
  before: taskSchema.nullable(),
  after: taskSchema.nullable(),
});
export type TaskChange = z.infer<typeof taskChangeSchema>;

/** Applied to the earlier it gives the later, whole. `null` = unchanged. */
export const differenceSchema = z.object({
  head: statusSchema.omit({ wards: true }),
  pack: criteriaPackSchema.nullable(),
  /** Every ward of the later one, in its order. */
  wards: z.array(
    z.object({
      key: wardKeySchema,
      /** The whole of a ward that was not there before. */
      added: wardStatusSchema.nullable(),
      changes: z.array(wardChangeSchema),
    }),
  ),
  taskOrder: z.array(z.string()),
  tasks: z.array(taskChangeSchema),
});
export type Difference = z.infer<typeof differenceSchema>;

/** `since: null`: it is the first, there is nothing to compare with. */
export const comparedSchema = z.object({
  number: z.number().int(),
  since: snapshotSchema.nullable(),
  difference: differenceSchema.nullable(),
});
export type Compared = z.infer<typeof comparedSchema>;

/** From the newest frozen day to a day as it stands now. `since: null`: no day was frozen yet. */
export const sinceMeetingSchema = z.object({
  at: civilDateSchema,
  since: snapshotSchema.nullable(),
  difference: differenceSchema.nullable(),
});
export type SinceMeeting = z.infer<typeof sinceMeetingSchema>;

export const meetingRefusals = ['unknown_snapshot', 'meeting_in_future', 'other_ward_set'] as const;
