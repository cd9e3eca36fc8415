/** The file of a relic over the wire, and its yearly days as people write them. */
import type { Festival, RecordFields, RelicRecord } from '../../server/heritage/record-contract.ts';
import { api, ask } from '../api/client.ts';
import { changes } from '../live/changes.svelte.ts';

export const fetchRecord = (id: string): Promise<RelicRecord> =>
  ask(api.api.heritage.relics[':id'].record.$get({ param: { id } }));

/** Throws `Refused`: `changed_meanwhile`, or why a field cannot stand. */
export function writeRecord(changeId: string, id: string, version: number, fields: RecordFields): Promise<RelicRecord> {
  changes.own(changeId);
  return ask(
    api.api.heritage.relics[':id'].record.$put(
      { param: { id }, header: {}, json: { changeId, ...fields } },
      { headers: { 'if-match': `"${version}"` } },
    ),
  );
}

/** `10/3` -> the 10th of the third month; `undefined` = it is no day and month. Whether that day exists the server says. */
export function readYearlyDay(text: string): Festival['lunar'] | undefined {
  if (text.trim() === '') return null;
  const [, day, month] = /^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*$/.exec(text) ?? [];
  return day && month ? { day: Number(day), month: Number(month) } : undefined;
}
export const sayYearlyDay = (day: Festival['lunar']): string => (day ? `${day.day}/${day.month}` : '');
