import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { createRouter, route } from '../platform/http.ts';
import { body, gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { backupList, beginBackup, checkBackup, stopBackup, takeBackup } from './actions.ts';
import { backupListSchema, makeBackupSchema, nothingSchema } from './contract.ts';

const params = z.object({ name: z.string().min(1).max(100) });
const standing = gives('How things stand', backupListSchema);

const list = route({
  method: 'get',
  path: '/api/backups',
  permission: 'backup.make',
  summary: 'The backups in BACKUP_DIR, newest first; what is under way, what failed, when the next is made',
  responses: standing,
});
const begin = route({
  method: 'post',
  path: '/api/backups',
  permission: 'backup.make',
  summary: 'Begins a backup and does not wait for it; the change of this id tells how it ended',
  request: { body: body(makeBackupSchema) },
  responses: standing,
});
const stop = route({
  method: 'post',
  path: '/api/backups/stop',
  permission: 'backup.make',
  summary: 'Stops the backup under way; nothing of it is left',
  request: { body: body(nothingSchema) },
  responses: standing,
});
const check = route({
  method: 'post',
  path: '/api/backups/{name}/check',
  permission: 'backup.make',
  summary: 'Reads every byte of one and checks the database inside, as a restore would',
  request: { params, body: body(nothingSchema) },
  responses: standing,
});
const take = route({
  method: 'get',
  path: '/api/backups/{name}',
  permission: 'backup.download',
  summary: 'One backup as a file; for administrators of the whole district, and a line of the log each time',
  request: { params },
  responses: { 200: { description: 'The archive', content: { 'application/x-tar': { schema: z.string() } } } },
});

export const backupRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => c.json(await backupList(services), 200))
    .openapi(begin, async (c) => c.json(await beginBackup(services, c.req.valid('json').changeId, c.var.actor), 200))
    .openapi(stop, async (c) => c.json(await stopBackup(services, c.var.actor), 200))
    .openapi(check, async (c) => c.json(await checkBackup(services, c.req.valid('param').name), 200))
    .openapi(take, async (c) => {
      const { name } = c.req.valid('param');
      const { bytes, file } = await takeBackup(services, name, c.var.actor);
      // Nobody reads the body of an answer to HEAD, nor closes what it would be read from.
      const isHead = c.req.method === 'HEAD';
      if (isHead) await file.close();
      return new Response(isHead ? null : streamOf(file), {
        headers: {
          'content-type': 'application/x-tar',
          'content-length': String(bytes),
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        },
      }) as never;
    });

const PIECE = 65_536;

/** Read as the reader takes it; closed at its end, and when the reader goes away. */
const streamOf = (file: FileHandle): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { bytesRead, buffer } = await file.read(new Uint8Array(PIECE), 0, PIECE, null);
        if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
        await file.close();
        controller.close();
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  );
