import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { databasePath, type Env } from '../env.ts';
import { PlainFault } from '../faults.ts';
import { availableDrivers, peekDatabase } from '../platform/database.ts';
import { STALE_MS } from '../platform/backup-keeping.ts';
import { ageOfNewest, backupFolderOf } from '../platform/backups.ts';
import { checkSchema } from '../platform/migrate.ts';
import type { Command } from './command.ts';

/** What one asks first when something is wrong; changes nothing. */
export const doctor: Command = {
  verb: ['doctor'],
  usage: 'doctor',
  vi: 'Phiên bản, trình điều khiển, cơ sở dữ liệu, chỗ trống trên đĩa, tuổi bản sao lưu',
  en: 'Versions, driver, database, free disk, age of the last backup',
  async run(_args, env) {
    const path = databasePath(env);
    const drivers = await availableDrivers();
    const lines = [
      `tayho-atlas     ${env.version}`,
      `node            ${process.version} (${process.platform} ${process.arch})`,
      `drivers         ${drivers.join(', ') || '-'}`,
      `database        ${path}`,
    ];
    if (drivers.length === 0)
      throw new PlainFault('Không có trình điều khiển SQLite / No SQLite driver: npm run -s atlas -- help');
    const found = await peekDatabase({ path, driver: env.driver ?? undefined }, async (reader) => {
      const [engine] = await reader.all<{ version: string }>('SELECT sqlite_version() AS version');
      const schemaVersion = await checkSchema(reader);
      const tables = await reader.all<{ name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
      );
      const counts: string[] = [];
      for (const { name } of tables) {
        const [row] = await reader.all<{ n: number }>(`SELECT count(*) AS n FROM "${name.replaceAll('"', '""')}"`);
        counts.push(`  ${name.padEnd(24)} ${row?.n ?? 0}`);
      }
      return [
        `sqlite          ${engine?.version}`,
        `schema          ${schemaVersion}`,
        'quick_check     ok',
        ...counts,
      ];
    });
    const { bavail, bsize } = statfsSync(nearestFolder(env.dataDir));
    lines.push(`free disk       ${Math.round((bavail * bsize) / 1_048_576)} MiB`);
    lines.push(`last backup     ${await lastBackup(env)}`);
    if (found) lines.push(`size            ${Math.round(statSync(path).size / 1024)} KiB`, ...found);
    else lines.push('schema          - (chưa có cơ sở dữ liệu / there is no database yet)');
    return lines;
  },
};

/** The folder itself, or the one above it that exists. */
const nearestFolder = (folder: string): string => (existsSync(folder) ? folder : nearestFolder(dirname(folder)));

async function lastBackup(env: Env): Promise<string> {
  if (env.backupDir === null) return '- (chưa đặt BACKUP_DIR / BACKUP_DIR is not set)';
  const age = await ageOfNewest(backupFolderOf(env), new Date());
  if (age === null) return `- (chưa có bản nào / none yet: ${env.backupDir})`;
  const hours = Math.round(age / 3_600_000);
  return `${hours} h${age > STALE_MS ? ' (quá hai ngày / older than two days)' : ''} (${env.backupDir})`;
}
