import { z } from 'zod';
import { changeIdSchema } from '../../platform/contract.ts';
import { itemFieldsSchema } from './contract.ts';

/** The ward list that the system makes and reads: name and version stand in its second line. */
export const LIST_SHEET = 'tayho-tu-bo';
export const LIST_SHEET_VERSION = 1;
export const LIST_SHEET_LIMIT_BYTES = 8_000_000;

/** A row that says something else than what is stored. */
export const listRowSchema = z.object({
  row: z.number().int(),
  /** Of the item it corrects; `null` = a new one. */
  id: z.string().nullable(),
  /** The version the sheet was made from. */
  version: z.number().int().nullable(),
  fields: itemFieldsSchema,
  /** Somebody changed the item after the sheet was made: both are shown, and a person chooses. */
  theirs: z.object({ version: z.number().int(), fields: itemFieldsSchema }).nullable(),
});
export type ListRow = z.infer<typeof listRowSchema>;

export const listFaultSchema = z.object({
  /** `F12`; a range (`F12:F14`) for merged cells. */
  cell: z.string(),
  row: z.number().int(),
  code: z.string(),
  /** What stands there. */
  said: z.string(),
});
export type ListFault = z.infer<typeof listFaultSchema>;

export const checkedListSchema = z.object({
  wardKey: z.string(),
  rows: z.number().int(),
  /** Rows that say what is stored. */
  unchanged: z.number().int(),
  /** Items of the list that the file does not name: they stay. */
  unnamed: z.number().int(),
  items: z.array(listRowSchema),
  faults: z.array(listFaultSchema),
});
export type CheckedList = z.infer<typeof checkedListSchema>;

/** `version` names what the person saw, so that a row with `theirs` is written only by whoever chose it over theirs. */
export const importListSchema = z.object({
  changeId: changeIdSchema,
  items: z
    .array(
      z.object({ id: z.string().max(100).nullable(), version: z.number().int().nullable(), fields: itemFieldsSchema }),
    )
    .min(1)
    .max(1000),
});
export type ImportList = z.infer<typeof importListSchema>;

export const listSheetRefusals = [
  'unreadable_file',
  'too_many_rows',
  'not_a_template',
  'template_version',
  'merged_cells',
  'not_a_number',
  'invalid_date',
  'duplicate_row',
  'text_too_long',
  /** The file is another ward's list. */
  'list_of_other_ward',
  'name_missing',
  'parts_missing',
  'unknown_part',
  'unknown_work',
  'unknown_stage',
  'unknown_consent_body',
  /** Latitude without longitude, or the other way round. */
  'half_position',
  /** Body, paper and day of a consent go together. */
  'half_consent',
  'year_out_of_range',
] as const;
