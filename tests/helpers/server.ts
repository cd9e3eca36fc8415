/** The built server as a process of its own: what a person starts, with its own port and its own data folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START = join(ROOT, 'server/start.mjs');

export interface ServerOptions {
  /** The demo database (synthetic records, today = 2022-11-04); else the real one, which starts empty. */
  demo?: boolean;
  /** More environment, for example `{ UNITS: '2025-07-01' }`. */
  env?: Record<string, string>;
  /** A folder that is kept when the server stops; without it a temporary one is made and removed. */
  dataDir?: string;
  port?: number;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything the process has written, both streams. */
  output(): string;
  /** SIGTERM, the end of the process, and of its temporary data. */
  stop(): Promise<void>;
  /** SIGKILL: the process gets no chance to tidy up; its data stay for `restart`. */
  kill(): Promise<void>;
  /** The same port, the same data. */
  restart(): Promise<void>;
  /** GET as JSON; throws on a status that is not 2xx. */
  get<T = unknown>(path: string): Promise<T>;
}

export interface Ended {
  code: number | null;
  output: string;
}

/** A port nobody listens on at the moment of asking. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'tayho-atlas-test-'));

function launch(demo: boolean, env: Record<string, string>) {
  const child = spawn(process.execPath, [START, ...(demo ? ['--demo'] : [])], {
    cwd: ROOT,
    env: { ...process.env, LOG_LEVEL: 'warn', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { child, output: () => output };
}

const exited = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((done) => child.once('exit', () => done()));

async function untilHealthy(url: string, child: ChildProcess, output: () => string, limitMs: number) {
  const limit = Date.now() + limitMs;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > limit) throw new Error(`the server did not answer within ${limitMs} ms:\n${output()}`);
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((wait) => setTimeout(wait, 25));
  }
}

/** Starts the server as `npm start` or `npm run demo` does (it builds when the sources are newer) and waits for health. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? temporaryFolder();
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: String(port), DATA_DIR: dataDir, ...options.env };

  const begin = async () => {
    const launched = launch(options.demo ?? false, env);
    await untilHealthy(url, launched.child, launched.output, 60_000);
    return launched;
  };
  let current = await begin();
  let killed = false;
  const end = async (signal: NodeJS.Signals) => {
    const { child, output } = current;
    if (child.exitCode !== null && !killed)
      throw new Error(`the server had ended with ${child.exitCode}:\n${output()}`);
    killed = signal === 'SIGKILL';
    child.kill(signal);
    await exited(child);
  };

  return {
    url,
    port,
    dataDir,
    get pid() {
      return current.child.pid ?? 0;
    },
    output: () => current.output(),
    async stop() {
      await end('SIGTERM');
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      current = await begin();
      killed = false;
    },
    async get<T>(path: string) {
      const answer = await fetch(url + path, { headers: { accept: 'application/json' } });
      if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

/** Starts a server that is expected to refuse to start; its exit code and all it said. */
export async function startExpectingExit(options: ServerOptions & { port: number; dataDir: string }): Promise<Ended> {
  const { child, output } = launch(options.demo ?? false, {
    PORT: String(options.port),
    DATA_DIR: options.dataDir,
    ...options.env,
  });
  await exited(child);
  return { code: child.exitCode, output: output() };
}
