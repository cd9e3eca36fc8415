import { resolve } from 'node:path';
import type { Env } from '../env.ts';
import { PlainFault } from '../faults.ts';
import { openServices } from '../open.ts';
import { makeBackup } from '../platform/backup.ts';
import { restoreBackup, type Restored } from '../platform/restore.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { readArguments, type Command } from './command.ts';

function oneFile(args: readonly string[]): string {
  const [file, ...more] = readArguments(args, []).words;
  if (file === undefined || more.length > 0) throw new PlainFault('Cần một tên tệp / One file name is needed');
  return resolve(file);
}

const sourceOf = (env: Env) => ({
  dataDir: env.dataDir,
  driver: env.driver ?? undefined,
  demo: env.demo,
  appVersion: env.version,
});

const mebibytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);

/** Beside a running server too: it reads one instant of the database while others write. */
export const backup: Command = {
  verb: ['backup'],
  usage: 'backup FILE',
  vi: 'Sao lưu cơ sở dữ liệu và tệp đính kèm vào một tệp, kể cả khi máy chủ đang chạy',
  en: 'Backs up the database and its attachments into one file, also beside a running server',
  async run(args, env) {
    const file = oneFile(args);
    const { head, parts } = await makeBackup(sourceOf(env), file, new Date());
    const bytes = parts.reduce((sum, { size }) => sum + size, 0);
    return [
      `Đã sao lưu / Backed up: ${file} (${mebibytes(bytes)} MiB, ${parts.length - 1} tệp đính kèm / attachments)`,
      `Nhật ký đến dòng / Change log up to row ${head.seq}: ${head.hash}`,
    ];
  },
};

export const restore: Command = {
  verb: ['restore'],
  usage: 'restore FILE',
  vi: 'Kiểm tra rồi phục hồi bản sao lưu; máy chủ phải dừng; cơ sở dữ liệu cũ được giữ bên cạnh',
  en: 'Checks a backup and puts it back; the server must be stopped; the old database is kept beside it',
  async run(args, env) {
    const file = oneFile(args);
    const restored = await restoreBackup(sourceOf(env), file, new Date()).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') {
        throw new PlainFault(`Không đọc được tệp / The file cannot be read: ${file}`);
      }
      throw error;
    });
    await record(env, restored);
    const { head, createdAt } = restored.manifest;
    return [
      `Đã phục hồi bản sao lưu lúc / Restored the backup of ${createdAt}: nhật ký đến dòng / change log up to row ${head.seq}, ${head.hash}`,
      restored.kept === null
        ? 'Trước đó chưa có cơ sở dữ liệu / There was no database before'
        : `Cơ sở dữ liệu cũ / The old database: ${restored.kept}`,
    ];
  },
};

/** That the log was set back to an earlier head is itself an act on record. */
async function record(env: Env, { manifest }: Restored): Promise<void> {
  const { value: services, close } = await openServices(env);
  try {
    await services.changes.commit(uuidv7(Date.now()), 'restoreBackup', async () => ({
      change: {
        kind: 'backup',
        verb: 'restoreBackup',
        recordId: manifest.createdAt,
        version: 1,
        layers: [],
        actor: 'cli',
        after: { createdAt: manifest.createdAt, head: manifest.head },
      },
      outcome: null,
    }));
  } finally {
    await close();
  }
}
