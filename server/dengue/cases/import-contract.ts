/** The words of the import of a line list: a file of CSV or XLSX, a mapping of its columns, every fault by row and column. */
import { z } from 'zod';
import { wardKeySchema } from '../../../geodata/schema.ts';
import { changeIdSchema } from '../../platform/contract.ts';

export const importRefusals = [
  /** Neither UTF-8 CSV nor XLSX, or a damaged one. */
  'unreadable_file',
  'file_too_large',
  /** More than 50,000 rows, 200 columns or 100 MB once unpacked (a zip bomb). */
  'too_many_rows',
  'empty_file',
  /** No column is said to hold class or onset. */
  'mapping_incomplete',
  /** Faulty rows, and the import was to take all or none. Each is in `errors`: `rows.12.onsetOn`. */
  'faulty_rows',
] as const;

/** What a column may hold. `position` = both coordinates in one cell. */
export const importFields = [
  'registryId',
  'class',
  'onsetOn',
  'reportedOn',
  'lng',
  'lat',
  'position',
  'accuracyMeters',
  'ward',
  'residentialGroup',
  'origin',
  'test',
  'testResult',
  'severity',
  'age',
  'sex',
  'outcome',
  'name',
  'born',
  'phone',
  'nationalId',
  'address',
  'workplace',
  'note',
] as const;
export type ImportField = (typeof importFields)[number];

/** `auto` tells degrees from metres by their size. 5897 = 3-degree zone 105°, 3405 = UTM 48N, both VN-2000. */
export const coordinateSystems = ['auto', 'wgs84', 'vn2000-5897', 'vn2000-3405'] as const;

/** Sent as JSON: a file of 10,000 rows has less than a megabyte; the route takes up to 12 MB. */
export const importSchema = z.strictObject({
  changeId: changeIdSchema,
  /** `name.csv`, `name.xlsx`: only to say which it is when its bytes do not. */
  fileName: z.string().max(255),
  /** The file, base64. */
  content: z.string().max(11_500_000, 'file_too_large'),
  /** `onsetOn: 3` = the fourth column; without it columns are guessed by their headers. */
  mapping: z.partialRecord(z.enum(importFields), z.number().int().min(0).max(199)).optional(),
  coordinates: z.enum(coordinateSystems).default('auto'),
  /** What an empty class means; without it such a row is faulty. */
  defaultClass: z.enum(['suspected', 'clinical', 'confirmed']).optional(),
  /** How well positions are known (metres) where no column says so; `null` = nobody knows, and they wait to be located. */
  accuracyMeters: z.number().min(0).max(100_000).nullable().default(null),
  /** Code or key for rows that name no ward and have no position. */
  ward: z.string().max(20).optional(),
  /** Take lat for lng where only that makes sense; otherwise such rows are faulty (`axes_swapped`). */
  correctSwapped: z.boolean().default(false),
  /** Leave faulty rows out instead of refusing the file. */
  skipFaulty: z.boolean().default(false),
  /** Say what would happen; write nothing. */
  dryRun: z.boolean().default(true),
});
export type ImportCases = z.infer<typeof importSchema>;

export const importFaultSchema = z.object({
  /** As a spreadsheet counts: the header is row 1. */
  row: z.number().int(),
  /** As a spreadsheet names it: `A`, `AB`; `null` = the row as a whole. */
  column: z.string().nullable(),
  field: z.enum(importFields).nullable(),
  code: z.string(),
  /** `axes_swapped`: the reading that makes sense. */
  corrected: z.object({ lng: z.number(), lat: z.number() }).optional(),
  /** `duplicate_id` within the file: the row that had it first. */
  firstRow: z.number().int().optional(),
});
export type ImportFault = z.infer<typeof importFaultSchema>;

export const importResultSchema = z.object({
  dryRun: z.boolean(),
  /** Rows with something in them, without the header. */
  rows: z.number().int(),
  /** Cases written; of a dry run those that would be. */
  imported: z.number().int(),
  faulty: z.number().int(),
  faults: z.array(importFaultSchema),
  columns: z.array(z.object({ index: z.number().int(), header: z.string(), field: z.enum(importFields).nullable() })),
  /** The first rows as they were understood; of the person only which fields are there. */
  preview: z.array(
    z.object({
      row: z.number().int(),
      class: z.string().nullable(),
      onsetOn: z.string().nullable(),
      reportedOn: z.string().nullable(),
      wardKey: wardKeySchema.nullable(),
      position: z.object({ lng: z.number(), lat: z.number() }).nullable(),
      personFields: z.array(z.enum(importFields)),
    }),
  ),
  /** Rows that look like a case that is there already, by row. */
  possibleDuplicates: z.array(z.object({ row: z.number().int(), caseId: z.string() })),
  coordinates: z.enum(coordinateSystems).exclude(['auto']).nullable(),
  /** Fields no column is said to hold and without which nothing can be read: a dry run gives the columns to choose from. */
  missing: z.array(z.enum(['onsetOn', 'class'])),
});
export type ImportResult = z.infer<typeof importResultSchema>;
