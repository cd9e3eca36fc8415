import { databasePath } from '../env.ts';
import { PlainFault } from '../faults.ts';
import { verifyChain } from '../platform/changes.ts';
import { readHead } from '../platform/chain.ts';
import { peekDatabase } from '../platform/database.ts';
import { checkSchema } from '../platform/migrate.ts';
import { privateKey } from '../platform/private.ts';
import { readArguments, type Command } from './command.ts';

const FAULTS = {
  altered: 'bị sửa / was altered',
  missing: 'bị mất / is missing',
  reordered: 'bị đổi chỗ / was moved',
  truncated: 'bị cắt mất, cùng mọi dòng sau đó / is cut off, with all after it',
  rewritten: 'không khớp mã đã in: sổ đã bị viết lại / is not the printed one: the log was written anew',
};

/** Reads through a connection that cannot write, also beside a running server. */
export const auditVerify: Command = {
  verb: ['audit', 'verify'],
  usage: 'audit verify [--head HASH@SEQ]',
  vi: 'Kiểm tra sổ thay đổi, chỉ ra dòng đầu tiên bị sửa, mất hoặc đổi chỗ; có mã đã in thì cả phần bị cắt',
  en: 'Checks the change log and names the first altered, missing or moved row; with a printed head a cut-off end too',
  async run(args, env) {
    const { words, options } = readArguments(args, ['head']);
    const printed = options.head === undefined ? undefined : readHead(options.head);
    if (words.length > 0 || printed === null) {
      throw new PlainFault(
        `Không đọc được mã đầu sổ / The head is not readable: ${options.head ?? words[0]} (HASH@SEQ)`,
      );
    }
    const path = databasePath(env);
    const verified = await peekDatabase({ path, driver: env.driver ?? undefined }, async (reader) => {
      await checkSchema(reader);
      return verifyChain(reader, privateKey(env.dataDir, false), printed);
    });
    if (!verified) throw new PlainFault(`Chưa có cơ sở dữ liệu / There is no database yet: ${path}`);
    if (!verified.ok) {
      throw new PlainFault(`Sổ thay đổi: dòng ${verified.seq} ${FAULTS[verified.fault]} (row ${verified.seq})`);
    }
    return [`Sổ nguyên vẹn / The log is whole: ${verified.rows} dòng / rows, ${verified.head}@${verified.rows}`];
  },
};
