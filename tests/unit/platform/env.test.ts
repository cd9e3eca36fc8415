import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databasePath, EnvFault, readEnv } from '../../../server/env.ts';
import { make } from '../../helpers/make.ts';

test('everything has a sensible default', () => {
  const env = readEnv({});
  expect(env).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    public: true,
    units: '1995-10-28',
    basemap: null,
    backupDir: null,
    tls: null,
    logLevel: 'info',
    trustProxy: false,
    demo: false,
  });
  expect(databasePath(env)).toMatch(/[\\/]data[\\/]atlas\.sqlite$/);
});

test('the demo has a database of its own', () => {
  expect(databasePath(readEnv({}, { demo: true }))).toMatch(/[\\/]data[\\/]demo[\\/]atlas\.sqlite$/);
});

test('an empty value counts as not set', () => {
  expect(readEnv({ PORT: '', UNITS: '' })).toMatchObject({ port: 8080, units: '1995-10-28' });
});

test.each([
  ['PORT', '99999'],
  ['PORT', '80a'],
  ['PORT', '-1'],
  ['HOST', 'a b'],
  ['PUBLIC', 'yes'],
  ['UNITS', '2025'],
  ['BASEMAP', '/nowhere/hanoi.pmtiles'],
  ['BACKUP_DIR', '/nowhere'],
  ['LOG_LEVEL', 'loud'],
  ['TRUST_PROXY', '1'],
  ['ATLAS_DRIVER', 'postgres'],
])('%s=%s is one line that names the variable and not its value', (name, value) => {
  const lines = faultsOf({ [name]: value });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(`^${name}: phải là .+ / must be .+`));
  expect(lines[0]).not.toContain('\n');
});

test('every fault has its own line', () => {
  expect(faultsOf({ PORT: 'x', UNITS: 'y', PUBLIC: 'z' })).toHaveLength(3);
});

test('a base map that is no PMTiles archive is refused', () => {
  const path = join(make.folder(), 'hanoi.pmtiles');
  writeFileSync(path, 'not tiles');
  expect(faultsOf({ BASEMAP: path })).toHaveLength(1);
});

test('a certificate without its key is refused', () => {
  const path = join(make.folder(), 'cert.pem');
  writeFileSync(path, 'pem');
  expect(faultsOf({ TLS_CERT: path })).toEqual(['TLS_CERT, TLS_KEY: phải đặt cả hai / set both or neither']);
});

function faultsOf(source: Record<string, string>): string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvFault) return error.lines;
    throw error;
  }
  return [];
}
