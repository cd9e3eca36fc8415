/** Hono as every feature uses it: guarded routes, problems instead of errors, validators of caching and of writing. */
import { randomUUID } from 'node:crypto';
import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler, TypedResponse } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { may, type Actor, type Permission } from '../accounts/permission.ts';
import { problemSchema } from './contract.ts';
import { bestEncoding, encodedEtag, matchesEtag, dataHeaders } from './headers.ts';
import { bytesOf, snapshotHeaders, type Lane } from './lane.ts';
import { problemOfIssues } from './issues.ts';
import { createGate } from './gate.ts';
import { addressOf, isLocal, isOwnPage, networkOf } from './origin.ts';
import { problemOf, Refusal } from './refusal.ts';
import type { Services } from './services.ts';
import { contentTag, type Snapshot } from './snapshots.ts';

export { Refusal };

export interface AppEnv {
  Variables: {
    actor: Actor;
    requestId: string;
    sessionEnded: boolean;
    /** The path as the route declares it, once one was found. */
    template?: string;
  };
  /** Node's own request and response, and the fast lane, when a real server runs; absent under `app.request()`. */
  Bindings: Partial<HttpBindings> & { lane?: Lane };
}

export type AppContext = Context<AppEnv>;

export const BODY_LIMIT_BYTES = 1_048_576;
export const URL_LIMIT_CHARACTERS = 8192;

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

const PERMISSION = Symbol('permission');
type Guard = MiddlewareHandler<AppEnv> & { [PERMISSION]: Permission };

/** What the body of a file may be: how long, and which content types (`*` = any). */
export interface Upload {
  maxBytes: number;
  types: readonly string[];
  /** The action takes the body as it comes and counts it; one that says itself that it is longer is refused with this code. */
  streamed?: string;
}

type RouteShape = Omit<RouteConfig, 'path' | 'middleware'> & {
  path: string;
  permission: Permission;
  upload?: Upload;
  /** Of a route that takes more JSON than others. */
  maxBodyBytes?: number;
};

/**
 * A route of the API. `permission` is required: it becomes the guard that runs first and the extension `x-permission`
 * in /api/openapi.json. A route that writes takes JSON only, at most 1 MiB; one with `upload` takes the bytes of a file.
 */
export function route<const R extends RouteShape>(config: R): R & { getRoutingPath(): string } {
  const { permission, responses, upload, maxBodyBytes, ...rest } = config;
  const guard = guardOf(permission, config.path);
  const writes = ['post', 'put', 'patch'].includes(config.method);
  return createRoute({
    ...rest,
    'x-permission': permission,
    middleware: [
      guard,
      ...(upload ? takeFile(upload) : writes ? [maxBodyBytes ? limitTo(maxBodyBytes) : limitBody, demandJson] : []),
    ],
    responses: {
      ...responses,
      default: {
        description: 'A refusal, told by its code',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  } as RouteConfig & { path: string }) as unknown as R & { getRoutingPath(): string };
}

function guardOf(permission: Permission, path: string): Guard {
  const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
    c.set('template', path);
    if (!may(c.var.actor, permission)) {
      throw c.var.sessionEnded ? new Refusal(401, 'signed_out') : new Refusal(403, 'not_permitted');
    }
    await next();
  };
  return Object.assign(guard, { [PERMISSION]: permission }) as Guard;
}

const limitTo = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Refusal(413, 'body_too_large');
    },
  });
const limitBody = limitTo(BODY_LIMIT_BYTES);

/** A form of another site can send text, forms and nothing else unasked, so those types are never taken. */
const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

function takeFile({ maxBytes, types, streamed }: Upload): MiddlewareHandler<AppEnv>[] {
  const demandType: MiddlewareHandler<AppEnv> = async (c, next) => {
    const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
    const taken = types.includes('*') ? type !== '' && !FORM_TYPES.includes(type) : types.includes(type);
    if (!taken) throw new Refusal(415, 'wrong_content_type');
    await next();
  };
  const refuseLong: MiddlewareHandler<AppEnv> = async (c, next) => {
    if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw new Refusal(413, streamed!);
    await next();
  };
  return [demandType, streamed ? refuseLong : limitTo(maxBytes)];
}

/** Only JSON: a form of another site can be sent without asking us first, JSON cannot (hono/csrf guards forms only). */
const demandJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new Refusal(415, 'wrong_content_type');
  let hostile = false;
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await c.req.arrayBuffer()), (key, value: unknown) => {
      // Nobody's field has this name; whoever sends it hopes that we merge objects carelessly.
      if (key === '__proto__') hostile = true;
      return value;
    });
  } catch {
    throw new Refusal(400, 'malformed_json');
  }
  if (hostile) throw new Refusal(422, 'invalid_request');
  await next();
};

/** A feature's router: what does not fit the contract is a 422 with a closed code. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    // `/ogc/` is `/ogc`: people and programs write both.
    strict: false,
    defaultHook: (result, c) => {
      if (!result.success) return sendProblem(c, problemOfIssues(result.error.issues));
      return undefined;
    },
  });
}

/** Whoever has no account. */
export const visitorOf = (env: Services['env']): Actor => ({ kind: 'visitor', demo: env.demo, closed: !env.public });

/** Who a request comes from. `ended` = it carried a session that is one no more. */
export interface Asked {
  actor: Actor;
  ended: boolean;
}

/** The network a request comes from, as limits count it. */
export const networkFrom = (c: AppContext, trustProxy: boolean): string =>
  networkOf(addressOf((name) => c.req.header(name), c.env?.incoming?.socket?.remoteAddress, trustProxy));

export const METRICS_PATH = '/metrics';
/** Only there is it of any matter who sits at this machine. */
const asksItself = (c: AppContext): boolean =>
  c.req.path === METRICS_PATH && isLocal((name) => c.req.header(name), c.env?.incoming?.socket?.remoteAddress);
const localOf = (actor: Actor): Actor => (actor.kind === 'visitor' ? { ...actor, local: true } : actor);

/** The router everything is mounted on: who asks, request id, headers, and a problem for whatever goes wrong. */
export function createRoot(
  services: Pick<Services, 'env' | 'log'> & Partial<Pick<Services, 'gate' | 'metrics' | 'disk'>>,
  whoAsks: (c: AppContext) => Promise<Asked> | Asked = () => ({ actor: visitorOf(services.env), ended: false }),
): OpenAPIHono<AppEnv> {
  const { env, log, gate = createGate(), metrics, disk } = services;
  const root = createRouter();
  root.use(async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    const startedAt = performance.now();
    if (c.req.url.length > URL_LIMIT_CHARACTERS) c.res = sendProblem(c, problemOf(414, 'url_too_long'));
    else if (!READS.has(c.req.method) && !isOwnPage((name) => c.req.header(name), env.trustProxy)) {
      c.res = sendProblem(c, problemOf(403, 'cross_site'));
    } else {
      const leave = gate.enter({ network: networkFrom(c, env.trustProxy), writes: !READS.has(c.req.method) });
      if (!leave) c.res = sendProblem(c, problemOf(503, 'overloaded', { retryAfterSeconds: 1 }));
      else {
        try {
          const { actor, ended } = await whoAsks(c);
          c.set('actor', asksItself(c) ? localOf(actor) : actor);
          c.set('sessionEnded', ended);
          await next();
        } finally {
          leave();
        }
      }
    }
    const { headers } = c.res;
    for (const name in dataHeaders) if (!headers.has(name)) headers.set(name, dataHeaders[name] as string);
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
    headers.set('x-request-id', requestId);
    const milliseconds = performance.now() - startedAt;
    metrics?.count(c.req.method, c.var.template ?? 'none', c.res.status, milliseconds / 1000);
    log.debug({
      requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(milliseconds),
    });
  });
  root.onError((error, c) => {
    const refusal = refusalOf(error) ?? (READS.has(c.req.method) ? null : disk?.refusalFor(error));
    if (refusal) return sendProblem(c, refusal.problem);
    const requestId = c.var.requestId ?? randomUUID();
    log.error({ requestId, method: c.req.method, path: c.req.path, err: error }, 'unexpected error');
    return sendProblem(c, problemOf(500, 'internal', { requestId }));
  });
  root.notFound((c) => {
    const allowed = methodsAt(root, c.req.path);
    if (allowed.length === 0) return sendProblem(c, problemOf(404, 'unknown_route'));
    c.header('allow', allowed.join(', '));
    return sendProblem(c, problemOf(405, 'method_not_allowed'));
  });
  return root;
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!(error instanceof HTTPException) || error.status >= 500) return null;
  if (error.status === 415) return new Refusal(415, 'wrong_content_type');
  if (error.status === 413) return new Refusal(413, 'body_too_large');
  return new Refusal(error.status, 'invalid_request');
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods some route answers at this path; middleware, registered for ALL, does not count. */
function methodsAt(app: OpenAPIHono<AppEnv>, path: string): string[] {
  const found = METHODS.filter((method) => app.router.match(method, path)[0].some(([[, r]]) => r.method === method));
  return found.includes('GET') ? ['GET', 'HEAD', ...found.slice(1)] : found;
}

/** Which permission each route demands: the table of the tests and of the README. */
export function permissionTable(
  app: OpenAPIHono<AppEnv>,
): { method: string; path: string; permission: Permission | null }[] {
  const table = new Map<string, { method: string; path: string; permission: Permission | null }>();
  for (const { method, path, handler } of app.routes) {
    if (method === 'ALL') continue;
    const key = `${method} ${path}`;
    const row = table.get(key) ?? { method, path, permission: null };
    row.permission ??= (handler as unknown as Partial<Guard>)[PERMISSION] ?? null;
    table.set(key, row);
  }
  return [...table.values()];
}

/** Default deny: throws when any route was mounted without `route()`, so such a server does not start. */
export function assertPermissions(app: OpenAPIHono<AppEnv>): void {
  const open = permissionTable(app).filter((row) => row.permission === null);
  if (open.length > 0) {
    throw new Error(`routes without a permission: ${open.map((row) => `${row.method} ${row.path}`).join(', ')}`);
  }
}

export function sendProblem(c: Context, problem: ReturnType<typeof problemOf>): Response {
  return c.body(JSON.stringify(problem), problem.status as 400, {
    'content-type': 'application/problem+json',
    ...(problem.retryAfterSeconds !== undefined && { 'retry-after': String(problem.retryAfterSeconds) }),
    // RFC 9110, 15.5.2, demands one; no browser knows this scheme, so none opens a dialog of its own.
    ...(problem.status === 401 && { 'www-authenticate': 'Session' }),
  });
}

/** An answer whose body the contract describes; the client's types come from the contract, not from here. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Replied = Response & TypedResponse<any, 200, 'json'>;

/** Sends a snapshot in the encoding the reader takes, or 304; next time the fast lane does it. */
export function replySnapshot(c: AppContext, snapshot: Snapshot): Replied {
  const encoding = bestEncoding(c.req.header('accept-encoding'));
  const url = c.env?.incoming?.url;
  if (url) c.env.lane?.offer(url, snapshot);
  const headers = snapshotHeaders(snapshot, encoding);
  if (matchesEtag(c.req.header('if-none-match'), encodedEtag(snapshot.etag, encoding))) {
    const { etag = '', vary = '' } = headers;
    return c.body(null, 304, { etag, vary, 'cache-control': 'no-cache' }) as unknown as Replied;
  }
  return c.body(bytesOf(snapshot, encoding) as Uint8Array<ArrayBuffer>, 200, headers) as unknown as Replied;
}

/** A public answer made for this request: weak tag of its body, 304 when the reader has it. */
export function replyJson(c: AppContext, value: unknown, type = 'application/json'): Replied {
  const body = JSON.stringify(value);
  const etag = `W/"${contentTag(body)}"`;
  const headers = { etag, 'cache-control': 'no-cache' };
  if (matchesEtag(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers) as unknown as Replied;
  return c.body(body, 200, { ...headers, 'content-type': typeWithCharset(type) }) as unknown as Replied;
}

/** RFC 8259 knows no charset, but readers that were told none have guessed Latin. One that has parameters keeps them. */
const typeWithCharset = (type: string) => (type.includes(';') ? type : `${type}; charset=utf-8`);

/** `If-Match: "3"` -> 3. Writes to a record name the version they saw; without it 428, unreadable 422. */
export function requireVersion(c: AppContext): number {
  const value = c.req.header('if-match');
  if (value === undefined) throw new Refusal(428, 'if_match_required');
  const match = /^(?:W\/)?"?(\d{1,15})"?$/.exec(value.trim());
  if (!match) throw new Refusal(422, 'invalid_request', { errors: [{ path: 'If-Match', code: 'invalid_request' }] });
  return Number(match[1]);
}
