/** `/ogc` through GDAL: what QGIS and every tool built on it read. Needs `ogrinfo` and `ogr2ogr`. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword } from '../../server/accounts/demo.ts';
import { insertCases, type CaseRow } from '../../server/dengue/store.ts';
import { publicLayers } from '../../server/layers/contract.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { make } from '../helpers/make.ts';
import { startServer, temporaryFolder, type RunningServer } from '../helpers/server.ts';

const run = promisify(execFile);
/** GDAL writes what it doubts to stderr. */
async function gdal(program: 'ogrinfo' | 'ogr2ogr', ...given: string[]): Promise<string> {
  const { stdout, stderr } = await run(program, given, { maxBuffer: 64 * 1024 * 1024, timeout: 120_000 });
  expect(stderr).toBe('');
  return stdout;
}

let server: RunningServer;
let source: string;
beforeAll(async () => {
  server = await startServer({ demo: true });
  source = `OAPIF:${server.url}/ogc`;
});
afterAll(() => server.stop());

const counted = async (layer: string, ...more: string[]): Promise<number> => {
  const said = await gdal('ogrinfo', '-ro', '-so', ...more, source, layer);
  return Number(/Feature Count: (\d+)/.exec(said)?.[1]);
};

test('GDAL sees every public collection', async () => {
  const said = await gdal('ogrinfo', '-ro', '-q', source);
  expect([...said.matchAll(/^\d+: ([a-z-]+)/gm)].map(([, name]) => name)).toEqual([...publicLayers]);
});

describe.each([...publicLayers])('%s', (layer) => {
  test('is counted by GDAL as the server counts it', async () => {
    const { numberMatched } = await server.get<{ numberMatched: number }>(`/ogc/collections/${layer}/items?limit=1`);
    expect(await counted(layer)).toBe(numberMatched);
  });
});

test('Vietnamese text and every page arrive in a GeoJSON file that GDAL writes', async () => {
  const file = join(make.folder(), 'streets.geojson');
  await gdal('ogr2ogr', '-f', 'GeoJSON', file, source, 'streets', '-oo', 'PAGE_SIZE=50');
  type Street = { id: string; properties: { name: string | null } };
  const { features: written } = JSON.parse(readFileSync(file, 'utf8')) as { features: Street[] };
  const { features: held } = await server.get<{ features: Street[] }>('/api/layers/streets');
  const names = (all: Street[]) => all.map(({ properties: { name } }) => name ?? '').sort();
  expect(names(written)).toEqual(names(held));
  expect(names(written).join()).toMatch(/Đường .*Lạc Long Quân/);
});

test('a box of GDAL is the box of the server', async () => {
  const box = ['105.82', '21.06', '105.83', '21.07'];
  const { numberMatched } = await server.get<{ numberMatched: number }>(
    `/ogc/collections/relics/items?limit=1&bbox=${box.join(',')}`,
  );
  expect(numberMatched).toBeGreaterThan(0);
  expect(await counted('relics', '-spat', ...box)).toBe(numberMatched);
});

describe('25,000 features', () => {
  const QUANG_AN = '00100@1995-10-28';
  const MANY = 25_000;

  /** A square of 158 x 159 places in Quảng An, 2 m apart. */
  const caseAt = (i: number): CaseRow => ({
    id: `many-${String(i).padStart(5, '0')}`,
    ...{ class: 'suspected', onsetOn: '2022-09-01', reportedOn: null, wardKey: QUANG_AN },
    ...{ lng: 105.825 + (i % 158) * 2e-5, lat: 21.063 + Math.floor(i / 158) * 2e-5 },
    ...{ accuracyMeters: 10, source: 'dữ liệu thử', demo: true },
  });

  async function cookieOf(url: string): Promise<string> {
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'yte-quangan', password: demoPassword }),
    });
    return answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  }

  test('arrive in GDAL by pages, none lost and none doubled, for whom they are meant', async () => {
    const dataDir = temporaryFolder();
    try {
      await (await startServer({ demo: true, dataDir })).stop();
      const db = await openDatabase({ path: join(dataDir, 'atlas.sqlite') });
      await db.transaction((tx) =>
        insertCases(
          tx,
          Array.from({ length: MANY }, (_, i) => caseAt(i)),
        ),
      );
      await db.close();
      const large = await startServer({ demo: true, dataDir });
      const file = join(make.folder(), 'cases.csv');
      const access = ['--config', 'GDAL_HTTP_COOKIE', await cookieOf(large.url)];
      const given = ['-f', 'CSV', file, `OAPIF:${large.url}/ogc`, 'cases', '-oo', 'PAGE_SIZE=1000'];
      await gdal('ogr2ogr', ...access, ...given);
      const ids = readFileSync(file, 'utf8').match(/\bmany-\d{5}\b/g) ?? [];
      await large.stop();
      expect([ids.length, new Set(ids).size]).toEqual([MANY, MANY]);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
