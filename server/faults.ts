/** What stops the server or the command line before it begins, in one plain line of both languages. */
import { databasePath, EnvFault, type Env } from './env.ts';
import { BackupFault, type BackupCode } from './platform/backup-fault.ts';
import { StorageError } from './platform/database.ts';
import { SchemaError } from './platform/migrate.ts';
import { Refusal } from './platform/refusal.ts';
import { newestBackup } from './platform/newest-backup.ts';

/** A fault that knows its words already. */
export class PlainFault extends Error {
  override name = 'PlainFault';
}

/** The lines for a known fault, usually one; `null` for what is a mistake of ours. `where` = file, folder or address. */
export function explain(error: unknown, where: { database: string; address: string }): string[] | null {
  if (error instanceof PlainFault) return [error.message];
  if (error instanceof EnvFault) return error.lines;
  if (error instanceof StorageError) return storageLine(error, where.database);
  if (error instanceof Refusal && error.code === 'read_only') return [noWrites(where.database)];
  if (error instanceof BackupFault) return [`${backupWords[error.code]} (${error.message})`];
  if (error instanceof SchemaError) return [schemaLine(error, where.database)];
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code?.startsWith('ERR_OSSL') || code?.startsWith('ERR_TLS')) {
    return ['TLS_CERT, TLS_KEY: không phải chứng chỉ và khoá đi với nhau / no certificate with its key'];
  }
  switch (code) {
    case 'EADDRINUSE':
      return [`Cổng đã có chương trình khác dùng / The port is taken: ${where.address}`];
    case 'EACCES':
      return [`Không được phép dùng / Not permitted: ${where.address}`];
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [`HOST: máy này không có địa chỉ đó / this machine has no such address: ${where.address}`];
    default:
      return null;
  }
}

/** As `explain`; what to do about a damaged database is said as the command that does it. */
export async function explainAt(error: unknown, env: Env | null): Promise<string[] | null> {
  const where = {
    database: env ? databasePath(env) : 'atlas.sqlite',
    address: env ? `${env.host}:${env.port}` : '',
  };
  const lines = explain(error, where);
  const damaged = error instanceof StorageError && error.reason === 'damaged';
  return lines && env && damaged ? [`${lines[0]}. ${await restoreCommand(env)}`] : lines;
}

/** Ready to be pasted: with the newest backup of `BACKUP_DIR`, or FILE where there is none. */
async function restoreCommand(env: Env): Promise<string> {
  const newest = env.backupDir === null ? null : await newestBackup(env.backupDir, env.demo);
  const folder = process.env['DATA_DIR'] ? `DATA_DIR=${quoted(env.dataDir)} ` : '';
  const command = `${folder}npm run -s atlas -- restore ${env.demo ? '--demo ' : ''}${newest ? quoted(newest) : 'FILE'}`;
  return newest ? `Chạy / Run: ${command}` : `FILE = bản sao lưu / a backup: ${command}`;
}

/** For a shell, whatever stands in the name of the folder. */
const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;

function storageLine(error: StorageError, file: string): string[] | null {
  switch (error.reason) {
    case 'damaged':
      return [`Cơ sở dữ liệu bị hỏng, hãy phục hồi bản sao lưu / The database is damaged, restore a backup: ${file}`];
    case 'unwritable':
      return [`Không ghi được cơ sở dữ liệu / The database cannot be written: ${file}`];
    case 'busy':
      return [`Cơ sở dữ liệu đang bận / The database is in use: ${file}`];
    case 'full':
    case 'io':
      return [noWrites(file)];
    case 'no-driver':
      return [`Không có trình điều khiển SQLite / No SQLite driver: ${error.message}`];
    default:
      return null;
  }
}

const noWrites = (file: string): string =>
  `Đĩa hết chỗ hoặc bị lỗi, không ghi được / The disk is full or fails, nothing can be written: ${file}`;

function schemaLine(error: SchemaError, file: string): string {
  const words = {
    newer: 'Cơ sở dữ liệu mới hơn chương trình / The database is newer than this program',
    altered: 'Cấu trúc cơ sở dữ liệu đã bị sửa / The schema of the database was altered',
    'half-migrated': 'Cơ sở dữ liệu nâng cấp dở dang / The database was migrated only halfway',
    foreign: 'Cơ sở dữ liệu của chương trình khác / The database is of another program',
  };
  return `${words[error.reason]} (${error.message}): ${file}`;
}

const backupWords: Record<BackupCode, string> = {
  backup_damaged: 'Bản sao lưu bị hỏng / The backup is damaged',
  backup_newer: 'Bản sao lưu mới hơn chương trình / The backup is newer than this program',
  backup_foreign: 'Tệp này không phải bản sao lưu / This file is no backup',
  backup_of_other_kind: 'Không lẫn dữ liệu thật với dữ liệu minh hoạ / Of the demo, or not of it: see --demo',
  backup_unreadable: 'Không đọc được bản sao lưu / The backup cannot be read',
  backup_exists: 'Tệp đã có / The file exists already',
  backup_no_space: 'Không đủ chỗ trống trên đĩa / Not enough free disk',
  backup_folder_unwritable: 'Không ghi được vào thư mục / The folder cannot be written',
  backup_source_damaged: 'Cơ sở dữ liệu hoặc nhật ký bị hỏng / The database or its change log is damaged',
  backup_no_database: 'Chưa có cơ sở dữ liệu / There is no database yet',
  backup_in_use: 'Hãy dừng máy chủ trước / Stop the server first',
  backup_stopped: 'Việc sao lưu đã bị dừng / The backup was stopped',
  backup_failed: 'Không sao lưu được / The backup could not be made',
};
