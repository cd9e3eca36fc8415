import { readFileSync } from 'node:fs';
import { isCivilDate, todayInHanoi } from '../../geodata/dates.ts';
import { loadOutbreakRules } from '../../geodata/load.ts';
import { findOutbreaks } from '../dengue/outbreak.ts';
import { outbreakRule } from '../dengue/outbreak-rule.ts';
import { PlainFault } from '../faults.ts';
import { readCaseFile } from './case-file.ts';
import { readArguments, type Command } from './command.ts';

/** The engine over a file: no database, nothing written. */
export const outbreaks: Command = {
  verb: ['outbreaks'],
  usage: 'outbreaks --cases FILE.csv [--rule ID] [--at DATE]',
  vi: 'In các nhóm ca và nghi ổ dịch của một tệp CSV (id,onset,lng,lat,class[,accuracy]) dưới dạng JSON',
  en: 'Prints the groups and signals of a CSV file (id,onset,lng,lat,class[,accuracy]) as JSON',
  async run(args) {
    const { words, options } = readArguments(args, ['cases', 'rule', 'at']);
    if (words.length > 0) throw new PlainFault(`Thừa / Too much: ${words[0]}`);
    if (!options.cases) throw new PlainFault('Thiếu tệp ca bệnh / The file of cases is missing: --cases FILE.csv');
    const rules = loadOutbreakRules().map(outbreakRule);
    const rule = options.rule === undefined ? rules[0] : rules.find(({ id }) => id === options.rule);
    if (!rule) {
      const known = rules.map(({ id }) => id).join(', ');
      throw new PlainFault(`Không có quy tắc đó / No such rule: ${options.rule} (${known})`);
    }
    const at = options.at ?? todayInHanoi(new Date());
    if (!isCivilDate(at)) throw new PlainFault(`--at: không phải ngày YYYY-MM-DD / not a date YYYY-MM-DD: ${at}`);
    const cases = readCaseFile(readBytes(options.cases));
    return [JSON.stringify({ rule: rule.id, at, outbreaks: findOutbreaks(cases, rule, at) }, null, 2)];
  },
};

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new PlainFault(`Không đọc được tệp / The file cannot be read: ${path}`);
  }
}
