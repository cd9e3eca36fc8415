/** From the environment to a listening server, and back. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRoot } from '../geodata/load.ts';
import { getRequestListener } from '@hono/node-server';
import { firstAdministratorLink } from './accounts/own-actions.ts';
import { may } from './accounts/permission.ts';
import { watchSessions } from './accounts/session-actions.ts';
import { createApp, type App } from './app.ts';
import { readEnv, type Env } from './env.ts';
import { explainAt } from './faults.ts';
import { createLog, type Logger } from './log.ts';
import { openServices } from './open.ts';
import { keeperOf } from './outbreaks/keep-actions.ts';
import { openArchive } from './platform/archive.ts';
import { watchBackups } from './platform/backups.ts';
import type { Clock } from './platform/clock.ts';
import type { DiskTimes } from './platform/disk.ts';
import { watchDays } from './platform/day.ts';
import { sweepFiles } from './platform/files.ts';
import { visitorOf, type AppEnv } from './platform/http.ts';
import { dataHeaders } from './platform/headers.ts';
import { createLane, type Lane } from './platform/lane.ts';
import { bind, createListener, type Listener } from './platform/listener.ts';
import { problemOf } from './platform/refusal.ts';
import type { Services } from './platform/services.ts';
import { openSite } from './platform/site.ts';

export interface OpenServer {
  services: Services;
  listener: Listener;
  close(): Promise<void>;
}

/** The whole server short of a port: what `npm run dev` mounts into Vite and `startServer` listens with. */
export async function openServer(
  source: NodeJS.ProcessEnv | Env,
  options: { demo?: boolean; clock?: Clock; log?: Logger; diskTimes?: DiskTimes } = {},
): Promise<OpenServer> {
  const env =
    'dataDir' in source && typeof source['dataDir'] === 'string'
      ? (source as Env)
      : readEnv(source as NodeJS.ProcessEnv, options);
  const { value: services, close } = await openServices(env, options);
  const { log, clock, snapshots } = services;
  try {
    const archive = env.basemap === null ? undefined : await openArchive(env.basemap);
    const site = openSite(join(findRoot(), 'dist/web'));
    const lane = createLane({ snapshots, clock, open: may(visitorOf(env), 'public.read') });
    const listener = createListener({
      app: onNode(createApp(services), lane, log),
      lane,
      site,
      archive,
      metrics: services.metrics,
    });
    await sweepFiles(env);
    // Cases may have come while no server ran (a demo's season): their outbreaks stand before anybody asks.
    await keeperOf(services);
    const stopDays = await watchDays(services);
    const stopSessions = watchSessions(services);
    const stopBackups = watchBackups(services);
    void site.pack();
    return {
      services,
      listener,
      async close() {
        stopDays();
        stopSessions();
        stopBackups();
        await close();
        await archive?.close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The application as Node calls it. What is no request at all (no host, a host that is no name) is told so. */
function onNode(app: App, lane: Lane, log: Logger): Listener {
  const listener = getRequestListener(
    (request, bindings) => app.fetch(request, { ...(bindings as AppEnv['Bindings']), lane }),
    {
      errorHandler(error) {
        const malformed = error instanceof Error && error.name === 'RequestError';
        if (!malformed) log.error({ err: error }, 'unexpected error outside the application');
        const problem = malformed ? problemOf(400, 'invalid_request') : problemOf(500, 'internal');
        return new Response(JSON.stringify(problem), {
          status: problem.status,
          headers: { ...dataHeaders, 'content-type': 'application/problem+json' },
        });
      },
    },
  );
  return (request, response) => void listener(request, response);
}

export interface StartedServer {
  url: string;
  port: number;
  services: Services;
  /** Ends the event streams, lets requests under way finish, closes the database. */
  close(): Promise<void>;
}

/** @throws what `explain` knows, before anything was written, or a mistake of ours */
export async function startServer(
  env: Env,
  options: { clock?: Clock; log?: Logger; diskTimes?: DiskTimes } = {},
): Promise<StartedServer> {
  // The port first: an occupied one is found while the database is still untouched.
  const bound = await bind(env, { log: options.log ?? createLog(env.logLevel) });
  try {
    const server = await openServer(env, options);
    bound.use(server.listener);
    return {
      url: bound.url,
      port: bound.port,
      services: server.services,
      async close() {
        server.services.events.close();
        await bound.stop();
        await server.close();
      },
    };
  } catch (error) {
    await bound.stop(0);
    throw error;
  }
}

/** `npm start`, `npm run demo`: one line for people on stdout, or one plain line on stderr and exit code 1. */
export async function run(options: { demo?: boolean } = {}): Promise<void> {
  let env: Env | null = null;
  try {
    env = readEnv(process.env, options);
    const server = await startServer(env);
    const firstLink = await firstAdministratorLink(server.services);
    process.stdout.write(`Bản đồ số Tây Hồ: ${server.url}\n`);
    if (firstLink !== null) {
      process.stdout.write(
        `Chưa có tài khoản. Lập quản trị viên đầu tiên, dùng một lần / No account yet, make the first administrator, once: ${server.url}${firstLink}\n`,
      );
    }
    const stop = () => {
      // What hangs longer than this is cut; the database has committed or it has not.
      setTimeout(() => process.exit(0), 4500).unref();
      void server.close().then(() => process.exit(0));
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    const lines = await explainAt(error, env);
    process.stderr.write(`${lines ? lines.join('\n') : (error as Error).stack}\n`);
    process.exit(1);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await run({ demo: process.argv.includes('--demo') });
}
