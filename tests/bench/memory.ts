/** What the server holds resident with a city's worth of cases in its database, after answering everything once. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../geodata/dates.ts';
import { loadPlaces } from '../../geodata/load.ts';
import { insertCases, type CaseRow } from '../../server/dengue/store.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { publicLayers } from '../../server/layers/contract.ts';
import { demoPassword } from '../../server/accounts/demo.ts';
import { startServer, temporaryFolder } from '../helpers/server.ts';
import { cityYear } from './city-year.ts';
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
    const outbreaks = await readAsStaff(server.url);
    const megabytes = residentMegabytes(server.pid);
    await server.stop();
    return [
      reported({
        name: `resident memory with 30,000 cases, ${outbreaks} outbreaks`,
        value: megabytes,
        unit: 'MB',
        budget: { atMost: 250 },
      }),
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Everything staff read of outbreaks, so that the keeper and what it tells are held too; how many outbreaks there are. */
async function readAsStaff(url: string): Promise<number> {
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'lanh-dao', password: demoPassword }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const get = async (path: string) => (await fetch(url + path, { headers: { cookie } })).json();
  for (const what of ['curve', 'bulletin', 'incidence', 'channel', 'warnings']) await get(`/api/dengue/watch/${what}`);
  let count = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = (await get(`/api/dengue/outbreaks?limit=500${cursor && `&cursor=${cursor}`}`)) as {
      items: unknown[];
      nextCursor: string | null;
    };
    count += page.items.length;
    cursor = page.nextCursor;
  }
  return count;
}

async function load(path: string) {
  const wards = loadPlaces().wards['1995-10-28'];
  const random = seeded(30_000);
  // Where they lie does not matter to what is held; how they cluster does.
  const cases = cityYear(CASES).map(({ id, class: kind, onsetOn, lng, lat }): CaseRow => ({
    id: `bench-${id}`,
    class: kind,
    onsetOn: onsetOn < LAST_ONSET ? onsetOn : addDays(onsetOn, -365),
    reportedOn: null,
    wardKey: wards[Math.floor(random() * wards.length)]!.properties.key as CaseRow['wardKey'],
    lng,
    lat,
    accuracyMeters: 20,
    demo: true,
  }));
  const db = await openDatabase({ path });
  await db.transaction((tx) => insertCases(tx, cases));
  await db.close();
}

function residentMegabytes(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!line) throw new Error('the resident memory is read from /proc, which only Linux has');
  return Number(line[1]) / 1024;
}
