import { z } from 'zod';
import { createRouter, requireVersion, route, type AppContext } from '../platform/http.ts';
import { matchesEtag } from '../platform/headers.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { addPhoto, editPhoto, photoBytes, photoList, removePhoto, restorePhoto } from './actions.ts';
import {
  addedPhotoSchema,
  addPhotoSchema,
  copies,
  editPhotoSchema,
  movePhotoSchema,
  PHOTO_LIMIT_BYTES,
  photoListSchema,
  photoSchema,
  subjectSchema,
} from './contract.ts';

const params = z.object({ id: z.string().max(100) });
const photo = gives('The photo as it stands now', photoSchema);

const list = route({
  method: 'get',
  path: '/api/photos',
  permission: 'public.read',
  summary: 'The photos of a relic, a breeding site, an inspection or a response, as far as the reader may see them',
  request: { query: subjectSchema },
  responses: gives('Photos, oldest first', photoListSchema),
});
const add = route({
  method: 'post',
  path: '/api/photos',
  permission: 'photo.write',
  summary: 'Adds a photo: JPEG, PNG or WebP, at most 25 MB; answers what the file says of place and day',
  upload: { maxBytes: PHOTO_LIMIT_BYTES, types: ['*'], streamed: 'photo_too_large' },
  request: { query: addPhotoSchema },
  responses: gives('The photo', addedPhotoSchema),
});
const copy = route({
  method: 'get',
  path: '/api/photos/{id}/{copy}',
  permission: 'public.read',
  summary: 'A copy without EXIF: as large as a screen, or a thumbnail',
  request: { params: params.extend({ copy: z.enum(copies) }) },
  responses: { 200: { description: 'JPEG', content: { 'image/jpeg': { schema: z.string() } } } },
});
const edit = route({
  method: 'patch',
  path: '/api/photos/{id}',
  permission: 'photo.write',
  summary: 'Changes caption, rights, day or audience',
  request: { params, headers: ifMatch, body: body(editPhotoSchema) },
  responses: photo,
});
const remove = route({
  method: 'post',
  path: '/api/photos/{id}/removal',
  permission: 'photo.write',
  summary: 'Takes a photo away; it can be brought back',
  request: { params, headers: ifMatch, body: body(movePhotoSchema) },
  responses: photo,
});
const restore = route({
  method: 'post',
  path: '/api/photos/{id}/restoral',
  permission: 'photo.write',
  summary: 'Brings a photo back that was taken away',
  request: { params, headers: ifMatch, body: body(movePhotoSchema) },
  responses: photo,
});

/** The body as it comes. Touched only here, for a GET that touches its body builds a whole Request. */
async function* bodyOf(c: AppContext): AsyncGenerator<Uint8Array> {
  const reader = c.req.raw.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

export const photoRoutes = (services: Services) =>
  createRouter()
    .openapi(list, async (c) => c.json(await photoList(services, c.req.valid('query'), c.var.actor), 200))
    .openapi(add, async (c) => {
      const sent = { body: bodyOf(c), said: c.req.header('content-type') ?? '' };
      return c.json(await addPhoto(services, c.req.valid('query'), sent, c.var.actor), 200);
    })
    .openapi(copy, async (c) => {
      const { id, copy: which } = c.req.valid('param');
      const { bytes, etag, everybody } = await photoBytes(services, id, which, c.var.actor);
      const told = {
        etag: `"${etag}"`,
        // It may be taken away at any time: a cache asks each time, and is told in a few bytes.
        'cache-control': everybody ? 'no-cache' : 'private, no-store',
        'content-security-policy': "default-src 'none'; sandbox",
      };
      if (everybody && matchesEtag(c.req.header('if-none-match'), told.etag)) return c.body(null, 304, told) as never;
      return c.body(new Uint8Array(bytes), 200, { ...told, 'content-type': 'image/jpeg' }) as never;
    })
    .openapi(edit, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await editPhoto(services, id, requireVersion(c), c.req.valid('json'), c.var.actor), 200);
    })
    .openapi(remove, async (c) => {
      const { changeId } = c.req.valid('json');
      return c.json(
        await removePhoto(services, c.req.valid('param').id, requireVersion(c), changeId, c.var.actor),
        200,
      );
    })
    .openapi(restore, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await restorePhoto(services, id, requireVersion(c), c.req.valid('json'), c.var.actor), 200);
    });
