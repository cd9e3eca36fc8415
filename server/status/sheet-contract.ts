import { z } from 'zod';
import { civilDateSchema, wardKeySchema } from '../../geodata/schema.ts';

/** The sheet of figures that the system makes and reads: name and version stand in its second line. */
export const FIGURE_SHEET = 'tayho-so-lieu';
export const FIGURE_SHEET_VERSION = 1;
export const FIGURE_SHEET_LIMIT_BYTES = 8_000_000;

/** A row of the sheet that says something else than what is stored; ready to be saved as a draft. */
export const sheetCellSchema = z.object({
  /** Where the value stands in the sheet: `F12`. */
  cell: z.string(),
  wardKey: wardKeySchema,
  indicator: z.string(),
  value: z.number().nullable(),
  asOf: civilDateSchema.nullable(),
  source: z.string(),
  note: z.string(),
  /** The version the sheet was made from; `null` = nothing was there. */
  version: z.number().int().nullable(),
  /** What somebody entered after the sheet was made: both are shown, and who saves chooses. */
  theirs: z.object({ value: z.number().nullable(), enteredBy: z.string(), version: z.number().int() }).nullable(),
});
export type SheetCell = z.infer<typeof sheetCellSchema>;

export const sheetFaultSchema = z.object({
  /** `F12`; a range (`F12:F14`) for merged cells. */
  cell: z.string(),
  row: z.number().int(),
  code: z.string(),
  /** What stands there. */
  said: z.string(),
});
export type SheetFault = z.infer<typeof sheetFaultSchema>;

export const checkedSheetSchema = z.object({
  pack: z.string(),
  period: z.string(),
  rows: z.number().int(),
  /** Rows that say what is stored. */
  unchanged: z.number().int(),
  cells: z.array(sheetCellSchema),
  faults: z.array(sheetFaultSchema),
});
export type CheckedSheet = z.infer<typeof checkedSheetSchema>;

export const sheetRefusals = [
  'unreadable_file',
  'too_many_rows',
  'not_a_template',
  'template_version',
  'merged_cells',
  'wrong_unit',
  'not_a_number',
  'invalid_date',
  'duplicate_row',
  'source_missing',
  'text_too_long',
] as const;
