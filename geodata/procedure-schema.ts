/** The schemas of two packs that count days: the procedure of the title, and the public holidays. */
import { z } from 'zod';
import { bilingualSchema, civilDateSchema, confidenceSchema } from './schema.ts';
import { procedureSteps } from './vocabulary.ts';

const cited = { source: z.string().min(1), confidence: confidenceSchema };
export const procedureStepSchema = z.enum(procedureSteps);

const documentSchema = z.strictObject({
  id: z.string().min(1),
  title: bilingualSchema,
  /** The dossier of the step is not whole without it. */
  needed: z.boolean(),
  ...cited,
});

const deadlineSchema = z.strictObject({
  /** The step it is about; `decision` = recognised or refused. */
  next: z.union([procedureStepSchema, z.literal('decision')]),
  count: z.number().int().min(1).max(366),
  unit: z.enum(['working-day', 'day']),
  /** `within` = done by then at the latest; `at-least` = not before then. */
  kind: z.enum(['within', 'at-least']),
  /** The step from whose day it counts. */
  since: procedureStepSchema,
  title: bilingualSchema,
  ...cited,
});

export const titleProcedureSchema = z.strictObject({
  id: z.string().min(1),
  /** The criteria pack whose title this is the way to. */
  criteriaPack: z.string(),
  title: bilingualSchema,
  decree: z.strictObject({ number: z.string(), issuedOn: civilDateSchema, inForceOn: civilDateSchema }),
  asOf: civilDateSchema,
  note: bilingualSchema,
  /** How many working days before its end a deadline is said to come near. */
  soonWorkingDays: z.strictObject({ value: z.number().int().min(0).max(60), ...cited }),
  /** A period in days that ends on a day off ends on the next working day. */
  rollsForward: z.strictObject({ value: z.boolean(), ...cited }),
  renewal: z.strictObject({
    years: z.number().int().min(1).max(50),
    /** How many months before it the ward is reminded. */
    soonMonths: z.strictObject({ value: z.number().int().min(0).max(60), ...cited }),
    ...cited,
  }),
  conditions: z.array(
    z.strictObject({
      id: z.enum(['registered', 'criteria', 'time', 'satisfaction']),
      title: bilingualSchema,
      target: z.number().nullable(),
      /** The target where the ward was recognised before. */
      renewalTarget: z.number().optional(),
      unit: bilingualSchema.nullable(),
      ...cited,
    }),
  ),
  steps: z
    .array(
      z.strictObject({
        number: z.number().int().min(1),
        id: procedureStepSchema,
        title: bilingualSchema,
        actor: bilingualSchema,
        /** The articles it rests on. */
        basis: bilingualSchema,
        documents: z.array(documentSchema),
        deadlines: z.array(deadlineSchema),
        /** Of a meeting: the share of members that must be present, in percent. */
        quorumPercent: z.number().min(0).max(100).optional(),
        /** Of a vote: the share of yes votes wanted; `null` = nobody has said. */
        yesShare: z.strictObject({ percent: z.number().nullable(), note: bilingualSchema }).optional(),
        /** What the same body writes when it says no. */
        otherwise: z
          .strictObject({ id: procedureStepSchema, title: bilingualSchema, documents: z.array(documentSchema) })
          .optional(),
        ...cited,
      }),
    )
    .min(1),
  /** The registration form: whose it is, and what is not known about it. */
  form: z.strictObject({ basis: bilingualSchema, note: bilingualSchema, ...cited }),
});
export type TitleProcedure = z.infer<typeof titleProcedureSchema>;

export const holidaysSchema = z.strictObject({
  id: z.literal('holidays-vn'),
  title: bilingualSchema,
  asOf: civilDateSchema,
  weekend: z.strictObject({ days: z.tuple([z.literal('saturday'), z.literal('sunday')]), ...cited }),
  note: bilingualSchema,
  /** A year that is not here has no known holidays: that is not the same as having none. */
  years: z.array(
    z.strictObject({
      year: z.number().int(),
      days: z.array(
        z.strictObject({
          on: civilDateSchema,
          title: bilingualSchema,
          /** `in-lieu` = for a holiday on a day off; `swapped` = worked on another day instead. */
          kind: z.enum(['holiday', 'in-lieu', 'swapped']),
          ...cited,
        }),
      ),
      /** Days off by the week that were worked for a swapped day. */
      workedDays: z.array(z.strictObject({ on: civilDateSchema, insteadOf: civilDateSchema, ...cited })),
    }),
  ),
});
export type Holidays = z.infer<typeof holidaysSchema>;
