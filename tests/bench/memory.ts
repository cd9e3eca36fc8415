/** What the server holds resident with a city's worth of cases in its database, after answering everything once. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../geodata/dates.ts';
import { loadPlaces } from '../../geodata/load.ts';
import { insertCases, type CaseRow } from '../../server/dengue/store.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { publicLayers } from '../../server/layers/contract.ts';
import { startServer, temporaryFolder } from '../helpers/server.ts';
import { reported, seeded, type BenchRow } from './row.ts';

const CASES = 30_000;
const LAST_ONSET = '2022-11-04';

export async function benchMemory(): Promise<BenchRow[]> {
  const dataDir = temporaryFolder();
  try {
    await (await startServer({ demo: true, dataDir })).stop();
    await load(join(dataDir, 'atlas.sqlite'));
    const server = await startServer({ demo: true, dataDir });
    const paths = [
      ...publicLayers.map((id) => `/api/layers/${id}`),
      ...['/api/dengue/curve', '/api/status', '/api/heritage/relics', '/api/search?q=chua', '/api/openapi.json'],
    ];
    for (let round = 0; round < 5; round += 1) for (const path of paths) await server.get(path);
    const megabytes = residentMegabytes(server.pid);
    await server.stop();
    return [
      reported({ name: 'resident memory with 30,000 cases', value: megabytes, unit: 'MB', budget: { atMost: 250 } }),
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function load(path: string) {
  const wards = loadPlaces().wards['1995-10-28'];
  const random = seeded(30_000);
  const cases = Array.from({ length: CASES }, (_, i): CaseRow => {
    const { labelPoint, key } = wards[Math.floor(random() * wards.length)]!.properties;
    return {
      id: `bench-${i}`,
      class: random() < 0.5 ? 'clinical' : 'confirmed',
      onsetOn: addDays(LAST_ONSET, -Math.floor(random() * 365)),
      reportedOn: null,
      wardKey: key as CaseRow['wardKey'],
      lng: labelPoint[0] + (random() - 0.5) * 0.01,
      lat: labelPoint[1] + (random() - 0.5) * 0.01,
      accuracyMeters: 20,
      demo: true,
    };
  });
  const db = await openDatabase({ path });
  await db.transaction((tx) => insertCases(tx, cases));
  await db.close();
}

function residentMegabytes(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!line) throw new Error('the resident memory is read from /proc, which only Linux has');
  return Number(line[1]) / 1024;
}
