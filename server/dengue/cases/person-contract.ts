/**
 * The words about a person: protected by Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15. They come and go through the routes
 * of persons only, for health staff in whose scope the case lies.
 */
import { z } from 'zod';
import { personReadingReasons } from '../../../geodata/vocabulary.ts';
import { changeIdSchema, listOf } from '../../platform/contract.ts';

export const personRefusals = [
  'invalid_birth',
  'invalid_phone',
  'invalid_national_id',
  /** The screen did not say why it reads persons. */
  'reason_needed',
  /** A retention shorter than a month would remove what is being worked on. */
  'retention_too_short',
] as const;

const text = (length: number) => z.string().trim().min(1).max(length).nullable();

/** A year or a date: `1990`, `1990-05-17`. */
const bornSchema = z
  .string()
  .refine((born) => /^\d{4}$/.test(born) || z.iso.date().safeParse(born).success, 'invalid_birth');

/** What is missing stays as it is, `null` empties it. */
export const personInputSchema = z
  .strictObject({
    name: text(120),
    born: bornSchema.nullable(),
    /** Vietnamese numbers: 10 digits from 0, or +84; spaces and dots are dropped. */
    phone: z
      .string()
      .transform((phone) => phone.replace(/[\s.()-]/g, '').replace(/^\+?84(?=\d{9}$)/, '0'))
      .refine((phone) => /^0\d{9,10}$/.test(phone), 'invalid_phone')
      .nullable(),
    /** CCCD of 12 digits or CMND of 9. */
    nationalId: z
      .string()
      .regex(/^(\d{9}|\d{12})$/, 'invalid_national_id')
      .nullable(),
    /** House number, lane, street: kept as text, never geocoded. */
    address: text(300),
    /** School or workplace. */
    workplace: text(200),
    note: text(1000),
  })
  .partial();
export type PersonInput = z.infer<typeof personInputSchema>;

export const personSchema = z.object({
  caseId: z.string(),
  name: z.string().nullable(),
  born: z.string().nullable(),
  phone: z.string().nullable(),
  nationalId: z.string().nullable(),
  address: z.string().nullable(),
  workplace: z.string().nullable(),
  note: z.string().nullable(),
  demo: z.boolean(),
});
export type PersonWords = z.infer<typeof personSchema>;
export const personListSchema = listOf(personSchema);

const reasonSchema = z.enum(personReadingReasons, 'reason_needed');

/** `GET /api/dengue/persons?ids=…&reason=…`: at most 100 cases, by comma. Every call is one line of the log. */
export const personQuerySchema = z.object({
  ids: z.string().min(1).max(6000),
  reason: reasonSchema,
});

/** `POST /api/dengue/persons/search`: in the body, because a name does not belong in an address. */
export const personSearchSchema = z.strictObject({
  /** Part of a name (marks optional) or the beginning of a phone. */
  text: z.string().trim().min(2).max(120),
  reason: reasonSchema,
  /** Code or key: only this ward's; outside one's scope it is refused. */
  ward: z.string().max(20).optional(),
});

export type PersonSearch = z.infer<typeof personSearchSchema>;

/** `GET /api/dengue/cases/{id}/person/export?format=json|csv`: what is kept about one person, for that person. */
export const personExportQuerySchema = z.object({ format: z.enum(['json', 'csv']).default('json') });

/** `POST /api/dengue/cases/{id}/person/erasure`: the anonymous case stays. */
export const erasePersonSchema = z.strictObject({ changeId: changeIdSchema });
export const erasedSchema = z.object({ persons: z.number().int(), changes: z.number().int() });

/** `POST /api/privacy/purge`: persons of cases with onset before then, and what changes said of them. */
export const purgeSchema = z.strictObject({
  changeId: changeIdSchema,
  /** Whole months; two years = 24. */
  olderThanMonths: z.number().int().min(1, 'retention_too_short').max(1200),
});
export type Purge = z.infer<typeof purgeSchema>;
