// Runs one TypeScript file of this project: `node tests/helpers/run.mjs geodata/check.ts [arguments]`.
// Node 20 strips no types; Vite, which is here anyway, does.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('usage: node tests/helpers/run.mjs FILE.ts [arguments]');
  process.exit(1);
}
process.argv = [process.argv[0], resolve(file), ...args];
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' });
