/**
 * `npm run bench [name …]`: measures the budgets against references in the same run, prints one table, writes
 * tests/bench/out.json. Exit 1 when a ratio is over its budget; figures without a reference are reported only.
 */
import { writeFileSync } from 'node:fs';
import { benchBundle } from './bundle.ts';
import { benchFanOut } from './fan-out.ts';
import { benchFirstIdle } from './first-idle.ts';
import { benchMemory } from './memory.ts';
import { benchOutbreaks } from './outbreaks.ts';
import { serveReference } from './reference.ts';
import { failuresOf, tableOf, type BenchRow } from './row.ts';
import { benchSearch } from './search.ts';
import { benchSecondScreen } from './second-screen.ts';
import { benchSnapshots } from './snapshots.ts';
import { benchStatus } from './status.ts';
import { benchWatching } from './watching.ts';
import { benchWardLookup } from './ward-lookup.ts';

const benches: Record<string, () => BenchRow[] | Promise<BenchRow[]>> = {
  bundle: benchBundle,
  'ward-lookup': benchWardLookup,
  status: benchStatus,
  outbreaks: benchOutbreaks,
  watching: benchWatching,
  search: benchSearch,
  snapshots: benchSnapshots,
  'fan-out': benchFanOut,
  'second-screen': benchSecondScreen,
  memory: benchMemory,
  'first-idle': benchFirstIdle,
};

async function run(asked: string[]): Promise<number> {
  const unknown = asked.filter((name) => !(name in benches));
  if (unknown.length > 0) {
    console.error(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
    return 1;
  }
  const rows: BenchRow[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    rows.push(...(await bench()));
    globalThis.gc?.();
  }
  console.log(tableOf(rows));
  writeFileSync(new URL('../../tests/bench/out.json', import.meta.url), `${JSON.stringify(rows, null, 2)}\n`);
  const failures = failuresOf(rows);
  if (failures.length > 0) console.error(`over budget: ${failures.map((row) => row.name).join('; ')}`);
  return failures.length > 0 ? 1 : 0;
}

if (process.argv[2] === '--reference') serveReference();
else process.exit(await run(process.argv.slice(2)));
