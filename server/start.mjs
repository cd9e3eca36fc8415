// `npm start`, `npm run demo`, `npm run -s atlas -- VERB`: builds what is older than its sources, then runs it.
//   node server/start.mjs [--demo] [--cli VERB …]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

const builds = [
  { mode: 'server', result: 'dist/server/main.js', sources: ['server', 'geodata'], entry: 'server/main.ts' },
  { mode: 'production', result: 'dist/web/index.html', sources: ['web', 'server', 'geodata'], entry: 'web/index.html' },
];
const configs = ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'];

/** The newest change below a path, in ms; a folder counts, since taking a file away changes only the folder. */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), stats.mtimeMs);
}

const isStale = ({ result, sources, entry }) =>
  existsSync(join(root, entry)) &&
  Math.max(...[...sources, ...configs].map((path) => newest(join(root, path)))) > newest(join(root, result));

/** One build at a time, also between processes: a folder is made by exactly one of them. */
async function alone(work) {
  const lock = join(root, 'dist/.building');
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      // A lock older than any build is left over from one that was killed.
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 120_000) {
        rmSync(lock, { recursive: true, force: true });
      }
      await sleep(200);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

async function build(modes) {
  const { build: viteBuild } = await import('vite');
  for (const { mode, result } of builds.filter((one) => modes.includes(one.mode) && isStale(one))) {
    const begunAt = new Date();
    await viteBuild({ configFile: join(root, 'vite.config.ts'), mode, logLevel: 'error' });
    // Dated by its beginning: a source that changes during the build is newer than the result.
    utimesSync(join(root, result), begunAt, begunAt);
  }
}

/** In a process of its own, since a server need not carry the 400 MB a build leaves behind. */
async function buildStale(wanted) {
  if (!wanted.some(isStale)) return;
  if (!existsSync(join(root, 'node_modules/vite'))) {
    throw new Error('Chưa cài thư viện, hãy chạy: npm ci / Nothing is installed yet, run: npm ci');
  }
  // A server that a test starts is the same as anybody's: its build must not take itself for a part of the tests.
  const env = { ...process.env, NODE_ENV: 'production' };
  delete env.VITEST;
  await alone(async () => {
    const modes = wanted.map(({ mode }) => mode);
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--build', ...modes], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error('Không dựng được chương trình / The build failed');
  });
}

const args = process.argv.slice(2);
if (args[0] === '--build') {
  await build(args.slice(1));
  process.exit(0);
}
const cli = args.indexOf('--cli');

try {
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Cần Node 20.19 trở lên / Node 20.19 or later is needed (${process.version})`);
  }
  if (!existsSync(join(root, 'node_modules/hono'))) {
    throw new Error('Chưa cài thư viện, hãy chạy: npm ci / Nothing is installed yet, run: npm ci');
  }
  // The command line needs no page.
  await buildStale(cli >= 0 ? builds.filter(({ mode }) => mode === 'server') : builds);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const load = (name) => import(pathToFileURL(join(root, `dist/server/${name}.js`)).href);
if (cli >= 0) {
  const { runCommand } = await load('cli');
  process.exitCode = await runCommand(args.slice(cli + 1));
} else {
  const { run } = await load('main');
  await run({ demo: args.includes('--demo') });
}
