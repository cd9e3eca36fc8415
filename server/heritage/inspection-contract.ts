import { z } from 'zod';
import { civilDateSchema } from '../../geodata/schema.ts';
import { damageCauses, relicParts, repairUrgencies } from '../../geodata/vocabulary.ts';
import { changeIdSchema, listOf } from '../platform/contract.ts';

/** One part as it was found; `null` = not said. */
export const partGradeSchema = z.object({
  part: z.enum(relicParts),
  /** 1 good … 5 in need of urgent repair. */
  grade: z.number().int().min(1).max(5),
  cause: z.enum(damageCauses).nullable().default(null),
  urgency: z.enum(repairUrgencies).nullable().default(null),
});
export type PartGrade = z.infer<typeof partGradeSchema>;

export const inspectionSchema = z.object({
  id: z.string(),
  relicId: z.string(),
  inspectedOn: civilDateSchema,
  parts: z.array(partGradeSchema),
  /** Of the whole, by the rule of `grade.ts`. */
  grade: z.number().int().min(1).max(5),
  note: z.string(),
  /** By name; `null` for an account that is gone. */
  inspectedBy: z.string().nullable(),
  demo: z.boolean(),
});
export type Inspection = z.infer<typeof inspectionSchema>;

export const inspectionListSchema = listOf(inspectionSchema).extend({ mayWrite: z.boolean() });

/** `after` = the newest inspection the inspector saw; `null` = none. Another one since is 412 `inspected_meanwhile`. */
export const addInspectionSchema = z.object({
  changeId: changeIdSchema,
  after: z.string().max(100).nullable(),
  inspectedOn: civilDateSchema,
  parts: z.array(partGradeSchema).min(1).max(relicParts.length),
  note: z.string().trim().max(2000).default(''),
});
export type AddInspection = z.infer<typeof addInspectionSchema>;
