/** The application on Node: who gets to answer a request, in which order; and the beginning and end of listening. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Env } from '../env.ts';
import type { Logger } from '../log.ts';
import type { Archive } from './archive.ts';
import { readPair, watchPair, type CertificatePaths } from './certificate.ts';
import { URL_LIMIT_CHARACTERS } from './http.ts';
import { dataHeaders } from './headers.ts';
import type { Lane } from './lane.ts';
import type { Metrics } from './metrics.ts';
import { problemOf } from './refusal.ts';
import type { Site } from './site.ts';

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export interface ListenerParts {
  lane: Lane;
  site?: Site | undefined;
  archive?: Archive | undefined;
  metrics?: Metrics | undefined;
  /** The application: it answers whatever is left, and counts it itself. */
  app: Listener;
}

/** The fast lane first, then the page and the base map, then the application. */
export function createListener({ app, lane, site, archive, metrics }: ListenerParts): Listener {
  return (request, response) => {
    if (lane.answer(request, response)) return metrics?.countShortcut('fast lane', response.statusCode);
    if ((request.url?.length ?? 0) > URL_LIMIT_CHARACTERS) return refuse(response, 414, 'url_too_long');
    if (site?.answer(request, response)) return metrics?.countShortcut('page', response.statusCode);
    if (archive?.answer(request, response)) return metrics?.countShortcut('base map', response.statusCode);
    app(request, response);
  };
}

function refuse(response: ServerResponse, status: number, code: string, more: Record<string, string> = {}): void {
  response.writeHead(status, { ...dataHeaders, 'content-type': 'application/problem+json', ...more });
  response.end(JSON.stringify(problemOf(status, code)));
}

/** A year, this host alone: other programs may serve its neighbours without TLS. */
const overTls =
  (listener: Listener): Listener =>
  (request, response) => {
    response.setHeader('strict-transport-security', 'max-age=31536000');
    listener(request, response);
  };

function renew(
  server: TlsServer,
  paths: CertificatePaths,
  { log, certificateTimes }: { log?: Logger; certificateTimes?: { restMs?: number; lookMs?: number } },
): () => void {
  return watchPair(
    paths,
    {
      use: (pair) => {
        server.setSecureContext(pair);
        log?.info('a new certificate is in use');
      },
      refuse: () => log?.error('TLS_CERT and TLS_KEY have changed and do not fit together; the old ones stay in use'),
    },
    certificateTimes,
  );
}

export interface Bound {
  /** As a person types it. */
  url: string;
  port: number;
  /** From now on this one answers; before it, 503. */
  use(listener: Listener): void;
  /** No new connections; those under way get `graceMs`, then they are cut. */
  stop(graceMs?: number): Promise<void>;
}

/** How long a request may take to arrive, and how long nothing may happen. In milliseconds. */
interface Limits {
  /** Its head. */
  headersTimeout: number;
  /** Head and body: a phone on a bad line sends 1 MiB in this. */
  requestTimeout: number;
  connectionsCheckingInterval: number;
  idleMs: number;
}
const listenerLimits: Limits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5000,
  idleMs: 120_000,
};

/** How often a server that is stopping looks for connections that have become idle. */
const SWEEP_MS = 20;

const clientFaults: Readonly<Record<string, readonly [status: number, code: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'url_too_long'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request_too_slow'],
};

/**
 * Takes the port before the database is opened, so that an occupied one is found while nothing has been touched.
 * @throws Node's own error (EADDRINUSE, EACCES, EADDRNOTAVAIL …), or a bad certificate's
 */
export async function bind(
  env: Pick<Env, 'port' | 'host' | 'tls'>,
  options: { limits?: Partial<Limits>; log?: Logger; certificateTimes?: { restMs?: number; lookMs?: number } } = {},
): Promise<Bound> {
  let listener: Listener = (_request, response) => refuse(response, 503, 'overloaded', { 'retry-after': '1' });
  const dispatch: Listener = (request, response) => listener(request, response);
  const { idleMs, ...http } = { ...listenerLimits, ...options.limits };
  const limits = { maxHeaderSize: 32_768, keepAliveTimeout: 65_000, ...http };
  const server: Server = env.tls
    ? createTlsServer({ ...limits, ...readPair(env.tls) }, overTls(dispatch))
    : createServer(limits, dispatch);
  const stopWatching = env.tls ? renew(server as TlsServer, env.tls, options) : undefined;
  // Neither side has sent a byte: a handler that hangs, a reader that has gone. A stream has its heartbeat.
  server.setTimeout(idleMs);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const [status, code] = clientFaults[error.code ?? ''] ?? [400, 'invalid_request'];
    const body = JSON.stringify(problemOf(status, code));
    const head = `HTTP/1.1 ${status} Refused\r\ncontent-type: application/problem+json\r\ncontent-length: ${body.length}\r\nconnection: close`;
    socket.end(`${head}\r\n\r\n${body}`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(env.port, env.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = env.host.includes(':') ? `[${env.host}]` : env.host;
  return {
    url: `${env.tls ? 'https' : 'http'}://${host}:${port}`,
    port,
    use: (next) => void (listener = next),
    stop: (graceMs = 3000) =>
      new Promise((resolve) => {
        stopWatching?.();
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        // A connection whose answer ends after this instant is kept alive as it was promised: it is idle only then.
        const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(sweep);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
