/** Configuration by environment, checked once at the start: one clear line for each fault. */
import { accessSync, closeSync, constants, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { findRoot } from '../geodata/load.ts';
import { unitsSchema, type Units } from '../geodata/schema.ts';

export interface Env {
  /** 0 = any free port (tests). */
  port: number;
  host: string;
  /** Holds `atlas.sqlite`; made when missing. */
  dataDir: string;
  /** May visitors without an account read public layers? */
  public: boolean;
  /** The default ward set. */
  units: Units;
  /** Path of a PMTiles archive that replaces the built-in base map. */
  basemap: string | null;
  backupDir: string | null;
  tls: { cert: string; key: string } | null;
  logLevel: string;
  /** Behind a reverse proxy: believe its X-Forwarded-For. */
  trustProxy: boolean;
  /** Forces one SQLite driver, for tests; `null` = whichever works. */
  driver: 'sqlite3' | 'node:sqlite' | null;
  demo: boolean;
  /** Of package.json. */
  version: string;
}

/** The one database file of an environment. */
export const databasePath = (env: Pick<Env, 'dataDir'>): string => join(env.dataDir, 'atlas.sqlite');

/** A wrong environment; every line names one variable and what it takes. */
export class EnvFault extends Error {
  override name = 'EnvFault';
  constructor(readonly lines: string[]) {
    super(lines.join('\n'));
  }
}

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Each variable: what it takes, and how to say so in both languages. */
const variables = {
  PORT: [
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65535)),
    'số từ 0 đến 65535',
    'a number from 0 to 65535',
  ],
  HOST: [z.string().regex(/^[A-Za-z0-9.:_-]+$/), 'tên máy hoặc địa chỉ IP', 'a host name or an IP address'],
  DATA_DIR: [z.string().min(1), 'một thư mục', 'a folder'],
  PUBLIC: [onOff, 'on hoặc off', 'on or off'],
  UNITS: [unitsSchema, '1995-10-28 hoặc 2025-07-01', '1995-10-28 or 2025-07-01'],
  BASEMAP: [
    z.string().refine(isPmtiles),
    'đường dẫn tới một tệp PMTiles đọc được',
    'the path of a readable PMTiles file',
  ],
  BACKUP_DIR: [z.string().refine(isFolder), 'một thư mục có sẵn', 'a folder that exists'],
  TLS_CERT: [z.string().refine(isReadable), 'đường dẫn tới một tệp đọc được', 'the path of a readable file'],
  TLS_KEY: [z.string().refine(isReadable), 'đường dẫn tới một tệp đọc được', 'the path of a readable file'],
  LOG_LEVEL: [z.enum(logLevels), logLevels.join(', '), logLevels.join(', ')],
  TRUST_PROXY: [onOff, 'on hoặc off', 'on or off'],
  ATLAS_DRIVER: [z.enum(['sqlite3', 'node:sqlite']), 'sqlite3 hoặc node:sqlite', 'sqlite3 or node:sqlite'],
} as const satisfies Record<string, readonly [z.ZodType, vi: string, en: string]>;

type Variable = keyof typeof variables;

/**
 * Reads `source` (`process.env`). An empty value counts as not set.
 * @throws {EnvFault} with a line for every wrong variable
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>, options: { demo?: boolean } = {}): Env {
  const lines: string[] = [];
  const read = <V extends Variable>(name: V): z.output<(typeof variables)[V][0]> | undefined => {
    const value = source[name];
    if (value === undefined || value === '') return undefined;
    const [schema, vi, en] = variables[name];
    const result = (schema as z.ZodType).safeParse(value);
    if (result.success) return result.data as z.output<(typeof variables)[V][0]>;
    lines.push(`${name}: phải là ${vi} / must be ${en}`);
    return undefined;
  };
  const demo = options.demo ?? false;
  const cert = read('TLS_CERT');
  const key = read('TLS_KEY');
  if (Boolean(source['TLS_CERT']) !== Boolean(source['TLS_KEY'])) {
    lines.push('TLS_CERT, TLS_KEY: phải đặt cả hai / set both or neither');
  }
  const basemap = read('BASEMAP');
  const backupDir = read('BACKUP_DIR');
  const env: Env = {
    port: read('PORT') ?? 8080,
    host: read('HOST') ?? '127.0.0.1',
    dataDir: resolve(read('DATA_DIR') ?? join(findRoot(), 'data', ...(demo ? ['demo'] : []))),
    public: read('PUBLIC') ?? true,
    units: read('UNITS') ?? '1995-10-28',
    basemap: basemap === undefined ? null : resolve(basemap),
    backupDir: backupDir === undefined ? null : resolve(backupDir),
    tls: cert !== undefined && key !== undefined ? { cert: resolve(cert), key: resolve(key) } : null,
    logLevel: read('LOG_LEVEL') ?? 'info',
    trustProxy: read('TRUST_PROXY') ?? false,
    driver: read('ATLAS_DRIVER') ?? null,
    demo,
    version: packageVersion(),
  };
  if (lines.length > 0) throw new EnvFault(lines);
  return env;
}

function packageVersion(): string {
  const text = readFileSync(join(findRoot(), 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** A PMTiles archive begins with its name (specification v3, 3.1). */
function isPmtiles(path: string): boolean {
  if (!isReadable(path)) return false;
  const file = openSync(path, 'r');
  try {
    const magic = Buffer.alloc(7);
    readSync(file, magic, 0, 7, 0);
    return magic.toString('latin1') === 'PMTiles';
  } finally {
    closeSync(file);
  }
}
