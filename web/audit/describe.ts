/** What a change said, field by field: pure, and without words of a language. */
import { metersBetween } from '../../geodata/measure.ts';

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

type Fields = Record<string, unknown>;
/** Not a field of the record: how the row came to be. */
const ABOUT_THE_ROW = new Set(['undoOf']);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** Many cells in one change: a ward and an indicator each, told by what they hold. */
function cellsOf(value: unknown): Fields | null {
  if (!Array.isArray(value)) return null;
  return Object.fromEntries(
    value.map(fieldsOf).map(({ wardKey, indicator, ...held }) => [`${String(wardKey)} ${String(indicator)}`, held]),
  );
}

/** The fields that differ, in the order of the newer side; all of them where one side says nothing. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const [old, now] = [cellsOf(before) ?? fieldsOf(before), cellsOf(after) ?? fieldsOf(after)];
  return [...new Set([...Object.keys(now), ...Object.keys(old)])]
    .filter((field) => !ABOUT_THE_ROW.has(field) && JSON.stringify(old[field]) !== JSON.stringify(now[field]))
    .map((field) => ({ field, before: old[field], after: now[field] }));
}

export interface Spot {
  lng: number;
  lat: number;
}
/** A position among what a change says. */
export function spotOf(value: unknown): Spot | null {
  const { lng, lat } = fieldsOf(value);
  return typeof lng === 'number' && typeof lat === 'number' ? { lng, lat } : null;
}

/** Metres between the two positions of a change; `null` when it has not two. */
export function metersMoved(before: unknown, after: unknown): number | null {
  const from = spotOf(fieldsOf(before)['position']);
  const to = spotOf(fieldsOf(after)['position']);
  return from && to ? metersBetween([from.lng, from.lat], [to.lng, to.lat]) : null;
}

/** The step of the title a ward was moved to. */
export function stepOf({ verb, after }: { verb: string; after: unknown }): string | null {
  const { step } = fieldsOf(after);
  return verb === 'recordTitleStep' && typeof step === 'string' ? step : null;
}

/** Which sentence a row is told by, where one verb does more than one thing. */
export function turnOf({ verb, before, after }: { verb: string; before: unknown; after: unknown }) {
  if (verb === 'placeRelic' && metersMoved(before, after) !== null) return 'moved' as const;
  if (verb === 'restoreRelicPlace' && !spotOf(fieldsOf(after)['position'])) return 'tookOff' as const;
  return null;
}
