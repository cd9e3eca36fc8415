import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { maySeeKind } from '../accounts/permission.ts';
import { ageOfNewest } from './backups.ts';
import { changeEventSchema, listOf } from './contract.ts';
import { freeBytes } from './disk.ts';
import type { Reader } from './events.ts';
import { createRouter, METRICS_PATH, networkFrom, replyJson, route } from './http.ts';
import { gives } from './route-parts.ts';
import type { Gauge } from './metrics.ts';
import { Refusal } from './refusal.ts';
import type { Services } from './services.ts';

const seqSchema = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const changesRoute = route({
  method: 'get',
  path: '/api/changes',
  permission: 'public.read',
  summary: 'The stream of changes: server-sent events for `Accept: text/event-stream`, else a page of the same as JSON',
  request: {
    query: z.object({ after: seqSchema.optional(), limit: z.coerce.number().int().min(1).max(500).optional() }),
  },
  responses: gives(
    'The changes after `after`, oldest first; as a stream `hello`, `change` and `reset` events',
    listOf(changeEventSchema),
  ),
});

/** GET /api/changes, both faces. `Last-Event-ID` (the browser's own, on reconnect) goes before `after`. */
export function changeRoutes({ env, changes, events }: Pick<Services, 'env' | 'changes' | 'events'>) {
  return createRouter().openapi(changesRoute, async (c) => {
    const { after, limit = 200 } = c.req.valid('query');
    const { actor } = c.var;
    const reader: Reader = {
      sessionId: actor.kind === 'user' ? actor.sessionId : null,
      network: networkFrom(c, env.trustProxy),
      sees: (event) => maySeeKind(actor, event.kind),
    };
    if (!c.req.header('accept')?.includes('text/event-stream')) {
      const found = await changes.since(after ?? 0, limit);
      const last = found.length === limit ? found.at(-1) : undefined;
      const page = { items: found.filter(reader.sees), nextCursor: last ? String(last.seq) : null };
      // What an account sees is for nobody's cache.
      return actor.kind === 'user' ? (c.json(page, 200) as ReturnType<typeof replyJson>) : replyJson(c, page);
    }
    const outgoing = c.env?.outgoing;
    // Destroying the response is the only way to be rid of a reader that does not read: its socket is full.
    const stream = events.open(
      lastSeen(c.req.header('last-event-id'), after),
      reader,
      outgoing && (() => outgoing.destroy()),
    );
    return c.body(stream, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    }) as unknown as ReturnType<typeof replyJson>;
  });
}

function lastSeen(lastEventId: string | undefined, after: number | undefined): number | null {
  if (lastEventId === undefined || lastEventId === '') return after ?? null;
  const parsed = seqSchema.safeParse(lastEventId);
  // An id we never gave is answered with `reset`: the reader reloads, which is always right.
  if (parsed.success) return parsed.data;
  if (after !== undefined) return after;
  throw new Refusal(422, 'invalid_request', { errors: [{ path: 'Last-Event-ID', code: 'invalid_request' }] });
}

const metricsRoute = route({
  method: 'get',
  path: METRICS_PATH,
  permission: 'metrics.read',
  summary: 'What the server counts about itself, as Prometheus reads it; for administrators, and on the machine itself',
  responses: {
    200: { description: 'Text format 0.0.4', content: { 'text/plain': { schema: z.string() } } },
  },
});

/** GET /metrics. Labels name routes and classes of status, never a record or a person. */
export function metricsRoutes(services: Services) {
  return createRouter().openapi(metricsRoute, async (c) =>
    c.text(services.metrics.text(await gaugesOf(services)), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  );
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0;

async function gaugesOf({ db, disk, env, events, gate, changes, backups, clock }: Services): Promise<Gauge[]> {
  const gauge = (name: string, help: string, value: number | null): Gauge => ({ name: `atlas_${name}`, help, value });
  const backupAge = await ageOfNewest(backups.folder, clock.now());
  return [
    gauge('event_listeners', 'Event streams open.', events.listeners),
    gauge('requests_under_way', 'Requests being answered.', gate.underWay),
    gauge('transactions_queued', 'Transactions under way and waiting.', db.queued),
    gauge('database_bytes', 'Size of the database file.', await sizeOf(db.path)),
    gauge('wal_bytes', 'Size of the write-ahead log.', await sizeOf(`${db.path}-wal`)),
    gauge('disk_free_bytes', 'Bytes free where the data lie.', await freeBytes(env.dataDir)),
    gauge('read_only', 'Whether the disk takes no writes (1) or does (0).', disk.readOnly ? 1 : 0),
    gauge('change_seq', 'Number of the newest change.', await changes.head()),
    gauge('backup_age_seconds', 'Age of the newest whole backup.', backupAge && Math.round(backupAge / 1000)),
    {
      name: 'atlas_backup_failures_total',
      help: 'Backups that could not be made.',
      value: backups.failures,
      type: 'counter',
    },
    gauge('resident_bytes', 'Resident memory of the process.', process.memoryUsage.rss()),
    gauge('uptime_seconds', 'Seconds since the process began.', Math.round(process.uptime())),
  ];
}
