import { countPurge, purgePersons } from '../dengue/cases/person-actions.ts';
import { purgeSchema } from '../dengue/cases/person-contract.ts';
import { PlainFault } from '../faults.ts';
import { openServices } from '../open.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { readArguments, type Command } from './command.ts';

const DURATION = /^(?:P?(?<years>\d{1,3})Y|P?(?<months>\d{1,4})M|P(?<both>\d{1,3})Y(?<and>\d{1,2})M)$/i;

/** `24m`, `2y`, ISO 8601 `P24M`, `P2Y`, `P1Y6M` -> months; `null` = unreadable. Days would make a retention of today. */
export function readMonths(text: string): number | null {
  const { years, months, both, and } = DURATION.exec(text.trim())?.groups ?? {};
  if (years) return Number(years) * 12;
  if (months) return Number(months);
  return both && and ? Number(both) * 12 + Number(and) : null;
}

function demandMonths(given: string | undefined): number {
  if (given === undefined) {
    throw new PlainFault('Cần thời hạn lưu / A retention is needed: --older-than 24m | 2y | P1Y6M');
  }
  const months = readMonths(given);
  if (months === null) throw new PlainFault(`Không đọc được thời hạn / No such duration: ${given} (24m, 2y, P1Y6M)`);
  if (!purgeSchema.shape.olderThanMonths.safeParse(months).success) {
    throw new PlainFault(`Thời hạn từ 1 đến 1.200 tháng / From 1 to 1,200 months: ${given}`);
  }
  return months;
}

/** The route's own action, beside a running server too: it reads persons from the database each time it is asked. */
export const privacyPurge: Command = {
  verb: ['privacy', 'purge'],
  usage: 'privacy purge --older-than 24m|2y|P1Y6M [--dry-run]',
  vi: 'Xoá dữ liệu cá nhân của ca bệnh cũ hơn thời hạn và lời riêng trong sổ; giữ mã băm. --dry-run chỉ đếm',
  en: 'Removes personal data of cases older than that, and private words of the log; digests stay. --dry-run counts',
  async run(args, env) {
    const { words, options, set } = readArguments(args, ['older-than'], ['dry-run']);
    if (words.length > 0) throw new PlainFault(`Thừa / Too much: ${words[0]}`);
    const months = demandMonths(options['older-than']);
    const { value: services, close } = await openServices(env);
    try {
      if (set.has('dry-run')) {
        const { before, persons, changes } = await countPurge(services, months);
        return [
          `Sẽ xoá, trước ${before}, chưa xoá gì / Would remove, before ${before}, nothing done: ${persons} người / persons, ${changes} lời riêng trong sổ / private words of the log`,
        ];
      }
      const changeId = uuidv7(services.clock.now().getTime());
      const { persons, changes } = await purgePersons(services, { changeId, olderThanMonths: months }, 'cli');
      const seq = await services.changes.head();
      return [
        `Đã xoá / Removed: ${persons} người / persons, ${changes} lời riêng trong sổ / private words of the log (dòng / row ${seq})`,
      ];
    } finally {
      await close();
    }
  },
};
