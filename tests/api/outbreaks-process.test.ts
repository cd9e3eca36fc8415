/** `npm run -s atlas -- outbreaks` as a process: JSON on stdout, or one line on stderr and exit 1; no database made. */
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { make } from '../helpers/make.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// The first start builds what is older than its sources.
vi.setConfig({ testTimeout: 180_000 });

/** Runs the verb over a file; the data folder it is given does not exist. */
function atlas(csv: string): Promise<{ code: number; stdout: string; stderr: string; dataDir: string }> {
  const folder = make.folder();
  const dataDir = join(folder, 'data');
  writeFileSync(join(folder, 'cases.csv'), csv);
  const args = ['server/start.mjs', '--cli', 'outbreaks', '--cases', join(folder, 'cases.csv'), '--at', '2022-10-10'];
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, DATA_DIR: dataDir } };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr, dataDir }),
    );
  });
}

test('outbreaks of a file are printed as JSON, and no database is made', async () => {
  const { code, stdout, stderr, dataDir } = await atlas(
    '\uFEFFid,onset,lng,lat,class\r\n"b",2022-10-03,105.81,21.05,clinical\r\na,2022-10-01,105.81,21.05,clinical\r\n',
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ outbreaks: [{ id: 'a', caseIds: ['a', 'b'], state: 'watching' }] });
  expect(existsSync(dataDir)).toBe(false);
});

test('a file with a fault is one line and exit 1', async () => {
  const { code, stdout, stderr } = await atlas('id,onset,lng,lat,class\na,2022-10-01,21.05,105.81,clinical\n');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^Dòng \/ row 2, cột \/ column lat: [^\n]*swapped\?\)\n$/);
});
