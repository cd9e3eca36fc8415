/** What a change did to a case, field by field. Pure. */
import { caseHistoryFields, type CaseHistory } from './contract.ts';

type Item = CaseHistory['items'][number];
type Fields = Record<string, unknown>;

const fieldsOf = (said: unknown, part: 'case' | 'person'): Fields => {
  const held = typeof said === 'object' && said !== null ? (said as Fields)[part] : null;
  return typeof held === 'object' && held !== null ? (held as Fields) : {};
};
const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);

/** `before` and `after` as the log holds them in private: `{ case, person }`. A new case tells what it was given. */
export function casePartsChanged(before: unknown, after: unknown): Pick<Item, 'changes' | 'personChanged'> {
  const [was, is] = [fieldsOf(before, 'case'), fieldsOf(after, 'case')];
  return {
    changes: caseHistoryFields
      .filter((field) => differ(was[field], is[field]))
      .map((field) => ({ field, before: was[field] ?? null, after: is[field] ?? null })),
    personChanged: differ(fieldsOf(before, 'person'), fieldsOf(after, 'person')),
  };
}
