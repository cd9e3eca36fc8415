/** A pack as a file: what can be read of it, and what is wrong with its shape, by path. Pure. */
import type { CriteriaPack } from '../../geodata/schema.ts';
import { packSchema, type CheckedPack } from './pack-contract.ts';

type Finding = CheckedPack['findings'][number];
export type ReadPack =
  | { pack: CriteriaPack; findings: Finding[] }
  | { pack: null; findings: Finding[] }
  | 'pack_not_json'
  | 'pack_hostile_keys';

/** Names that merge into what every object inherits from, where somebody copies carelessly. */
const HOSTILE = new Set(['__proto__', 'constructor', 'prototype']);

const fault = (path: readonly PropertyKey[], code: string): Finding => ({
  path: path.map(String).join('.'),
  ...{ code, level: 'fault', about: null, count: null },
});

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Fields that the schema does not know: a misspelt one would be lost without a word. */
function unknownFields(given: unknown, read: unknown, path: readonly string[] = []): Finding[] {
  if (!isObject(given) || !isObject(read)) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const at = [...path, key];
    return Object.hasOwn(read, key) ? unknownFields(value, read[key], at) : [fault(at, 'pack_field_unknown')];
  });
}

const at = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[String(key)] : undefined), given);

/** Reads the text of a file. Total: whatever the text is, this is an answer. */
export function readPackFile(text: string): ReadPack {
  let hostile = false;
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\ufeff/, ''), (key, value: unknown) => {
      hostile ||= HOSTILE.has(key);
      return value;
    });
  } catch {
    return 'pack_not_json';
  }
  if (hostile) return 'pack_hostile_keys';
  const result = packSchema.safeParse(given);
  if (result.success) return { pack: result.data, findings: unknownFields(given, result.data) };
  const findings = result.error.issues.map(({ path }) =>
    fault(path, at(given, path) === undefined ? 'pack_field_missing' : 'pack_field_wrong'),
  );
  return { pack: null, findings };
}
