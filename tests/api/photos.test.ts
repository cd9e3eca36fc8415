import { readdirSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Role, Scope } from '../../server/accounts/permission.ts';
import { insertBreedingSites } from '../../server/dengue/store.ts';
import { addPhoto } from '../../server/photos/actions.ts';
import { PHOTO_LIMIT_BYTES, type AddedPhoto, type Photo } from '../../server/photos/contract.ts';
import { filesFolder } from '../../server/platform/files.ts';
import type { Services } from '../../server/platform/services.ts';
import { IN_QUANG_AN, make } from '../helpers/make.ts';

const QUANG_AN = '00100@1995-10-28' as const;
const BUOI = '00109@1995-10-28' as const;
/** A relic of Quảng An. */
const RELIC = 'th-qa-01';

const plain = (colour = '#7a3b2e', width = 900, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: colour } });
const jpeg = (colour?: string) => plain(colour).jpeg().toBuffer();
/** As a phone takes it: lying on its side, with where and when. */
const fromPhone = () =>
  plain()
    .withExif({
      IFD0: { Make: 'Zqphone', Artist: 'Zqowner' },
      IFD2: { DateTimeOriginal: '2022:11:03 08:15:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '21/1 3/1 3000/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '105/1 49/1 1500/100',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

interface Asking {
  subject?: string;
  id?: string;
  audience?: string;
  type?: string;
  changeId?: string;
  takenOn?: string;
  caption?: string;
  headers?: Record<string, string>;
}

async function office(options: { roles?: Role[]; scope?: Scope } = {}) {
  const { app, services } = await make.app();
  const signIn = async (roles: Role[], scope: Scope = 'district') =>
    make.session(services, await make.user(services, { roles, scope, password: null }));
  const me = await signIn(options.roles ?? ['heritage'], options.scope);
  const add = async (bytes: Uint8Array | ReadableStream, as: { cookie: string }, asking: Asking = {}) => {
    const { type = 'image/jpeg', headers = {}, ...query } = asking;
    const search = new URLSearchParams({ subject: 'relic', id: RELIC, changeId: make.changeId(), ...query });
    const answer = await app.request(`/api/photos?${search}`, {
      method: 'POST',
      headers: { ...as, 'content-type': type, ...headers },
      body: bytes as unknown as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    return { status: answer.status, body: (await answer.json()) as AddedPhoto & { code: string } };
  };
  const list = async (as: Record<string, string> = {}, subject = 'relic', id = RELIC) => {
    const answer = await app.request(`/api/photos?${new URLSearchParams({ subject, id })}`, { headers: as });
    return {
      status: answer.status,
      body: (await answer.json()) as { items: Photo[]; mayWrite: boolean; code: string },
    };
  };
  const get = (path: string, as: Record<string, string> = {}) => app.request(`/api/photos/${path}`, { headers: as });
  const write = async (method: string, path: string, version: number, as: { cookie: string }, more: object = {}) => {
    const answer = await app.request(`/api/photos/${path}`, {
      method,
      headers: { ...as, 'content-type': 'application/json', 'if-match': `"${version}"` },
      body: JSON.stringify({ changeId: make.changeId(), ...more }),
    });
    return { status: answer.status, body: (await answer.json()) as Photo & { code: string } };
  };
  return { app, services, me, signIn, add, list, get, write };
}

async function breedingSite(services: Services): Promise<string> {
  const id = `bs-${make.changeId()}`;
  const { lng, lat } = IN_QUANG_AN;
  const site = {
    id,
    foundOn: '2022-11-01',
    kind: 'tyre',
    larvae: true,
    wardKey: QUANG_AN,
    lng,
    lat,
    accuracyMeters: 10,
  };
  await services.db.transaction((tx) => insertBreedingSites(tx, [{ ...site, demo: false }]));
  return id;
}

const filesOf = ({ env }: Services) =>
  readdirSync(filesFolder(env), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe('a photo of a relic', () => {
  it('offers place and day of its EXIF once, and gives neither with any copy', async () => {
    const { me, add, get, services } = await office();
    const { status, body } = await add(await fromPhone(), me, { audience: 'public' });
    expect(status).toBe(200);
    expect(body.taken).toEqual({
      position: { lng: expect.closeTo(105.8208333, 6), lat: expect.closeTo(21.0583333, 6), errorMeters: null },
      takenOn: '2022-11-03',
    });
    expect(body.photo).toMatchObject({ takenOn: '2022-11-03', subject: 'relic', subjectId: RELIC, version: 1 });
    for (const copy of ['picture', 'thumbnail']) {
      const answer = await get(`${body.photo.id}/${copy}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
      expect(bytes.toString('latin1')).not.toMatch(/Exif|GPS|Zqphone|Zqowner/);
    }
    // Nor does the log hold where it was taken.
    const rows = await services.db.all<{ text: string }>(
      "SELECT outcome || before || after AS text FROM change WHERE kind = 'relic-photo'",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.text).not.toMatch(/105\.8|21\.05/);
  });

  it('stands upright, small for the list and no larger than a screen', async () => {
    const { me, add, get } = await office();
    const { body } = await add(await fromPhone(), me, { audience: 'public' });
    expect([body.photo.width, body.photo.height]).toEqual([600, 900]);
    const thumbnail = await sharp(
      Buffer.from(await (await get(`${body.photo.id}/thumbnail`)).arrayBuffer()),
    ).metadata();
    expect([thumbnail.width, thumbnail.height]).toEqual([240, 360]);
    const large = await plain('#123456', 5000, 2500).jpeg().toBuffer();
    expect((await add(large, me)).body.photo).toMatchObject({ width: 2048, height: 1024 });
  });

  it.each(['png', 'webp'] as const)('may be a %s', async (format) => {
    const { me, add } = await office();
    const bytes = await plain().toFormat(format).toBuffer();
    expect((await add(bytes, me, { type: `image/${format}` })).status).toBe(200);
  });

  it('is told to everybody when it is public, and to accounts when it is of the office', async () => {
    const { me, signIn, add, list, get } = await office();
    const shown = (await add(await jpeg(), me, { audience: 'public' })).body.photo;
    const inside = (await add(await jpeg('#224466'), me)).body.photo;
    const viewer = await signIn(['viewer']);
    expect((await list()).body.items.map(({ id }) => id)).toEqual([shown.id]);
    expect((await list(viewer)).body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: inside.id })]),
      mayWrite: false,
    });
    expect((await list(me)).body.mayWrite).toBe(true);
    expect((await get(`${inside.id}/picture`)).status).toBe(404);
    const seen = await get(`${inside.id}/picture`, viewer);
    expect([seen.status, seen.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  });

  it('is answered with 304 to whoever has it, until it is taken away', async () => {
    const { me, add, get, write } = await office();
    const { id } = (await add(await jpeg(), me, { audience: 'public' })).body.photo;
    const etag = (await get(`${id}/picture`)).headers.get('etag')!;
    expect((await get(`${id}/picture`, { 'if-none-match': etag })).status).toBe(304);
    await write('POST', `${id}/removal`, 1, me);
    expect((await get(`${id}/picture`, { 'if-none-match': etag })).status).toBe(404);
  });

  it('sent twice is added once, by its change id and by its bytes', async () => {
    const { me, add, list } = await office();
    const bytes = await jpeg();
    const changeId = make.changeId();
    const first = await add(bytes, me, { changeId });
    expect((await add(bytes, me, { changeId })).body.photo).toEqual(first.body.photo);
    expect(await add(bytes, me)).toMatchObject({ status: 409, body: { code: 'photo_already_there' } });
    expect((await list(me)).body.items).toHaveLength(1);
  });

  it('is kept as it came, beside its copies, and the backup takes them', async () => {
    const { me, add, services } = await office();
    const { sha256 } = (await add(await jpeg(), me)).body.photo;
    expect(filesOf(services)).toHaveLength(3);
    expect(filesOf(services)).toContain(sha256);
  });
});

describe('what is refused leaves nothing behind', () => {
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic', 'latin1'), make.noise(200)]);
  it.each([
    ['an HEIC', async () => heic, 'image/heic', 415, 'photo_heic'],
    ['an HEIC that calls itself JPEG', async () => heic, 'image/jpeg', 415, 'photo_heic'],
    ['a page', async () => Buffer.from('<script>alert(1)</script>'), 'image/jpeg', 415, 'unknown_photo_kind'],
    ['nothing', async () => Buffer.alloc(0), 'image/jpeg', 415, 'unknown_photo_kind'],
    ['a PNG that calls itself JPEG', () => plain().png().toBuffer(), 'image/jpeg', 415, 'photo_lies'],
    ['half a picture', async () => (await jpeg()).subarray(0, 400), 'image/jpeg', 422, 'photo_unreadable'],
  ])('%s', async (_, bytes, type, status, code) => {
    const { me, add, list, services } = await office();
    expect(await add(await bytes(), me, { type })).toMatchObject({ status, body: { code } });
    expect(filesOf(services)).toEqual([]);
    expect((await list(me)).body.items).toEqual([]);
  });

  it('a photo of 200 MB, before it is read', async () => {
    const { me, add, services } = await office();
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1_048_576;
        controller.enqueue(
          pulled === 1_048_576
            ? Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(1_048_573)])
            : Buffer.alloc(1_048_576),
        );
        if (pulled >= 200 * 1_048_576) controller.close();
      },
    });
    const held = process.memoryUsage().rss;
    expect(await add(endless, me)).toMatchObject({ status: 413, body: { code: 'photo_too_large' } });
    expect(pulled).toBeLessThan(PHOTO_LIMIT_BYTES + 4 * 1_048_576);
    expect(process.memoryUsage().rss - held).toBeLessThan(120 * 1_048_576);
    const said = { 'content-length': String(200 * 1_048_576) };
    expect(await add(await jpeg(), me, { headers: said })).toMatchObject({
      status: 413,
      body: { code: 'photo_too_large' },
    });
    expect(filesOf(services)).toEqual([]);
  });

  it('a small file that unpacks to more pixels than memory takes', async () => {
    const { me, add } = await office();
    // The head of a PNG says how large it is: 16,000 x 9,000.
    const bomb = await plain().png().toBuffer();
    bomb.writeUInt32BE(16_000, 16);
    bomb.writeUInt32BE(9_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    expect(bomb.length).toBeLessThan(PHOTO_LIMIT_BYTES);
    expect(await add(bomb, me, { type: 'image/png' })).toMatchObject({
      status: 413,
      body: { code: 'photo_too_large' },
    });
  });

  it('a day that has not come', async () => {
    const { me, add } = await office();
    expect(await add(await jpeg(), me, { takenOn: '2022-11-05' })).toMatchObject({
      status: 422,
      body: { code: 'taken_in_future' },
    });
  });

  it('any photo, where the machine has nothing that reads pictures', async () => {
    const { services } = await office();
    const actor = { kind: 'user', id: 'x', sessionId: 'x', roles: ['heritage'], scope: 'district' } as const;
    const asked = {
      subject: 'relic',
      id: RELIC,
      changeId: make.changeId(),
      audience: 'office',
      caption: '',
      rights: '',
    } as const;
    const body = (async function* () {
      yield await jpeg();
    })();
    const missing = () => Promise.reject(new Error('Could not load the "sharp" module'));
    await expect(addPhoto(services, asked, { body, said: 'image/jpeg' }, actor, missing)).rejects.toMatchObject({
      problem: { status: 503, code: 'photos_unavailable' },
    });
    expect(filesOf(services)).toEqual([]);
  });
});

describe('who may', () => {
  it('adds to relics of their wards only', async () => {
    const { add, signIn } = await office();
    const answers = [
      (await add(await jpeg(), await signIn(['heritage'], [QUANG_AN]))).status,
      (await add(await jpeg('#1'.padEnd(7, '1')), await signIn(['heritage'], [BUOI]))).body.code,
      (await add(await jpeg('#222222'), await signIn(['health']))).body.code,
      (await add(await jpeg('#333333'), await signIn(['viewer']))).body.code,
      (await add(await jpeg('#444444'), { cookie: '' })).body.code,
    ];
    expect(answers).toEqual([200, 'outside_scope', 'outside_scope', 'not_permitted', 'not_permitted']);
  });

  it('sees photos of a breeding site with cases of its ward only, and never as public', async () => {
    const { add, list, get, signIn, services } = await office();
    const id = await breedingSite(services);
    const health = await signIn(['health'], [QUANG_AN]);
    const { body } = await add(await jpeg(), health, { subject: 'breeding-site', id, audience: 'public' });
    expect(body.photo).toMatchObject({ audience: 'office', subject: 'breeding-site' });
    const others = [{}, await signIn(['health'], [BUOI]), await signIn(['heritage']), await signIn(['viewer'])];
    for (const other of others) {
      expect((await list(other, 'breeding-site', id)).body.code).toBe('unknown_subject');
      expect((await get(`${body.photo.id}/picture`, other)).status).toBe(404);
    }
    expect((await list(health, 'breeding-site', id)).body.items).toHaveLength(1);
    const event = (await services.changes.since(0, 1000)).at(-1)!;
    expect(event).toMatchObject({ kind: 'vector-photo', verb: 'addPhoto', diffs: {} });
  });

  it.each(['inspection', 'response', 'breeding-site', 'relic'])('hears of no %s that is not there', async (subject) => {
    const { list, signIn } = await office();
    expect(await list(await signIn(['health', 'heritage']), subject, 'nothing')).toMatchObject({
      status: 404,
      body: { code: 'unknown_subject' },
    });
  });
});

describe('a photo changes by its words only', () => {
  it('has its caption, rights, day and audience changed, at the version that was seen', async () => {
    const { me, add, write } = await office();
    const { id } = (await add(await jpeg(), me)).body.photo;
    const said = { caption: 'Mái tiền tế', rights: 'Ban quản lý di tích', takenOn: '2022-10-01', audience: 'public' };
    expect(await write('PATCH', id, 1, me, said)).toMatchObject({ status: 200, body: { ...said, version: 2 } });
    expect(await write('PATCH', id, 1, me, { caption: 'x' })).toMatchObject({
      status: 412,
      body: { code: 'changed_meanwhile', current: { caption: 'Mái tiền tế' } },
    });
    expect(await write('PATCH', id, 2, me, { takenOn: '2022-11-05' })).toMatchObject({
      body: { code: 'taken_in_future' },
    });
    expect(await write('PATCH', 'ph-nothing', 1, me)).toMatchObject({ status: 404, body: { code: 'unknown_photo' } });
  });

  it('is taken away and brought back, by hand and by the log, and never deleted', async () => {
    const { me, app, add, list, write, services } = await office();
    const { id } = (await add(await jpeg(), me)).body.photo;
    expect(await write('POST', `${id}/restoral`, 1, me)).toMatchObject({
      status: 409,
      body: { code: 'photo_not_removed' },
    });
    expect((await write('POST', `${id}/removal`, 1, me)).body).toMatchObject({ removed: true, version: 2 });
    expect((await list(me)).body.items).toEqual([]);
    expect(await write('POST', `${id}/removal`, 2, me)).toMatchObject({ status: 409, body: { code: 'photo_removed' } });
    expect((await write('POST', `${id}/restoral`, 2, me)).body).toMatchObject({ removed: false, version: 3 });
    await write('POST', `${id}/removal`, 3, me);
    const { seq } = (await services.changes.since(0, 1000)).at(-1)!;
    const undone = await app.request(`/api/changes/${seq}/undo`, {
      method: 'POST',
      headers: { ...me, 'content-type': 'application/json', 'if-match': '"4"' },
      body: JSON.stringify({ changeId: make.changeId() }),
    });
    expect([undone.status, (await list(me)).body.items.length]).toEqual([200, 1]);
    expect(filesOf(services)).toHaveLength(3);
    expect(await services.changes.verify()).toMatchObject({ ok: true });
  });

  it('frees its place: the same file may come again after it was taken away', async () => {
    const { me, add, write } = await office();
    const bytes = await jpeg();
    const { id } = (await add(bytes, me)).body.photo;
    await write('POST', `${id}/removal`, 1, me);
    expect((await add(bytes, me)).status).toBe(200);
  });
});
