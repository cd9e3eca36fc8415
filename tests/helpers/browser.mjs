// Finds the Chromium that the e2e tests, the benches and the screenshots drive. Plain JavaScript, because it is the
// first step of `npm test`: `node tests/helpers/browser.mjs --ensure` finds one, or installs one by apt where it may,
// or says in one line what to install.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ADVICE =
  'no browser for the tests: install Chromium (Debian: apt-get install chromium), or set CHROMIUM=/path/to/chromium; ' +
  'the bundled one needs the system library libnss3';

/** WebGL without a graphics card, and no errand of the browser's own that could leave the host. */
export const browserArguments = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // A fence behind the tests: no name resolves, so nothing reaches the network even where a test does not look.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const executable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path) && executable(path));

const runs = (path) => spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;

/** The binary that ships inside the npm package; `null` where the package or a library it links is missing. */
async function bundledBrowser() {
  try {
    const { default: bundle } = await import('@sparticuz/chromium');
    const path = await bundle.executablePath();
    return runs(path) ? path : null;
  } catch {
    return null;
  }
}

/**
 * The path of a browser to drive: `$CHROMIUM`, else one of the system, else the one in node_modules; `null` when
 * there is none. A `$CHROMIUM` that cannot be run is an error, not a reason to take another.
 */
export async function findBrowser() {
  const asked = process.env.CHROMIUM;
  if (asked) {
    if (!executable(asked)) throw new Error(`CHROMIUM=${asked} is not an executable file`);
    return asked;
  }
  for (const name of SYSTEM_NAMES) {
    const path = onPath(name);
    if (path) return path;
  }
  return bundledBrowser();
}

function installByApt() {
  const apt = onPath('apt-get');
  if (!apt || process.getuid?.() !== 0) return;
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  console.log('no browser found: installing chromium by apt-get');
  try {
    execFileSync(apt, ['update', '-qq'], quiet);
    execFileSync(apt, ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  } catch {
    // The line that says what to install follows from the caller, who finds no browser again.
  }
}

async function ensure() {
  let path = await findBrowser();
  if (!path) {
    installByApt();
    path = await findBrowser();
  }
  if (!path) throw new Error(ADVICE);
  console.log(`browser: ${path}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--ensure')) {
  ensure().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
