import type { Env } from '../env.ts';
import { PlainFault } from '../faults.ts';

/** One verb of the command line. */
export interface Command {
  verb: readonly string[];
  usage: string;
  vi: string;
  en: string;
  /** Returns the lines to print; a PlainFault becomes the one line of exit 1. */
  run(args: readonly string[], env: Env): Promise<string[]>;
}

/**
 * `export relics --format geojson --out F` -> positional words and the options named in `known`; `flags` take no value.
 * @throws {PlainFault} for an option that is unknown or has no value
 */
export function readArguments<K extends string, F extends string = never>(
  args: readonly string[],
  known: readonly K[],
  flags: readonly F[] = [],
): { words: string[]; options: Partial<Record<K, string>>; set: Set<F> } {
  const words: string[] = [];
  const options: Partial<Record<K, string>> = {};
  const set = new Set<F>();
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (!arg.startsWith('--')) {
      words.push(arg);
      continue;
    }
    const name = arg.slice(2) as K & F;
    if (flags.includes(name)) {
      set.add(name);
      continue;
    }
    const value = args[++index];
    if (!known.includes(name)) throw new PlainFault(`Không có tuỳ chọn đó / No such option: ${arg}`);
    if (value === undefined) throw new PlainFault(`Thiếu giá trị / A value is missing: ${arg}`);
    options[name] = value;
  }
  return { words, options, set };
}
