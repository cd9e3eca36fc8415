/** A row of the log in the words of a catalogue. */
import type { AuditRow } from '../../server/audit/contract.ts';
import type { Words } from '../i18n/i18n.svelte.ts';
import { formatDate } from '../lib/format.ts';
import { fieldChanges, metersMoved, stepOf, turnOf } from './describe.ts';

type Say = (record: string) => string;
const lookUp = <T>(table: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Who acted: a person, a visitor, or a part of the program. */
export const nameOfActor = (actor: string, displayName: string | null, w: Words): string =>
  displayName ?? lookUp(w.audit.actors as Record<string, string>, actor) ?? w.audit.someone;

export const kindName = (kind: string, w: Words): string =>
  lookUp(w.audit.kinds as Record<string, string>, kind) ?? kind;

export const fieldName = (field: string, w: Words): string =>
  lookUp(w.audit.fields as Record<string, string>, field) ?? field;

/** A verb for the list of choices: its sentence about nobody in particular. */
export function verbName(verb: string, w: Words): string {
  const say = lookUp(w.audit.says as Record<string, Say>, verb);
  return say ? say('…').replace(/[\s,]*…$/, '') : verb;
}

/** What a row's sentence needs from the reader's screen. */
export interface Telling {
  words: Words;
  /** A ward's name by its key. */
  ward: (key: string) => string;
  /** A distance in the reader's form. */
  meters: (value: number) => string;
}

/** What a record is called: its name, a ward, a period, a day as a date, else its kind and id. */
export function recordName({ kind, recordId, recordName: name }: AuditRow, { words: w, ward }: Telling): string {
  if (name !== null) return name;
  if (kind === 'title') return ward(recordId);
  const period = kind === 'figure' ? recordId.split('/')[1] : undefined;
  if (period) return w.audit.period(period);
  if (kind === 'restoration') return /^\d{5}@/.test(recordId) ? ward(recordId) : recordId;
  if (kind === 'outbreak') return recordId;
  return kind === 'day' ? formatDate(recordId) : `${kindName(kind, w)} ${recordId}`;
}

/** What somebody did, to be read after their name. */
export function sentenceOf(row: AuditRow, telling: Telling): string {
  const { words: w, meters } = telling;
  const record = recordName(row, telling);
  const turn = turnOf(row);
  if (turn === 'moved') return w.audit.turns.moved(record, meters(metersMoved(row.before, row.after) ?? 0));
  if (turn === 'tookOff') return w.audit.turns.tookOff(record);
  if (row.verb === 'updateUser') {
    const fields = fieldChanges(row.before, row.after).map(({ field }) => fieldName(field, w).toLowerCase());
    if (fields.length > 0) return w.audit.turns.fields(w.audit.says.updateUser(record), fields.join(', '));
  }
  const step = stepOf(row);
  if (step) return w.audit.turns.step(record, lookUp(w.wards.steps as Record<string, string>, step) ?? step);
  const say = lookUp(w.audit.says as Record<string, Say>, row.verb);
  return say ? say(record) : w.audit.other(row.verb, record);
}
