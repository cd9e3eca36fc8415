import { nameOfActor, type Actor } from '../accounts/permission.ts';
import { namesOfUsers } from '../accounts/user-actions.ts';
import type { ChangeDraft } from '../platform/changes.ts';
import type { Writer } from '../platform/database.ts';
import { openFiles } from '../platform/files.ts';
import { copiesOf, type Copies, type LoadSharp } from '../platform/picture.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { PHOTO_LIMIT_BYTES } from './contract.ts';
import type { AddedPhoto, AddPhoto, Copy, EditPhoto, Photo, Subject } from './contract.ts';
import { judgePhoto, type PhotoKind } from './photo-kind.ts';
import { findPhoto, insertPhoto, photosOf, updatePhoto, type StoredPhoto } from './store.ts';
import { audienceOf, demandWriting, standingTo, type Given } from './subject-actions.ts';

async function described({ db }: Pick<Given, 'db'>, photos: readonly StoredPhoto[]): Promise<Photo[]> {
  const idOf = (actor: string) => actor.replace(/^user:/, '');
  const names = await namesOfUsers({ db }, [...new Set(photos.map(({ addedBy }) => idOf(addedBy)))]);
  return photos.map(({ kind: _kind, picture: _picture, thumbnail: _thumbnail, addedBy, removedAt, ...told }) => ({
    ...told,
    addedBy: names.get(idOf(addedBy)) ?? null,
    removed: removedAt !== null,
  }));
}

/** The photos of a subject that this reader may see, oldest first. @throws {Refusal} 404 `unknown_subject` */
export async function photoList(
  services: Given,
  subject: Subject,
  actor: Actor,
): Promise<{ items: Photo[]; nextCursor: null; mayWrite: boolean }> {
  const { maySee, mayWrite } = await standingTo(services, subject, actor);
  const shown = (await photosOf(services.db, subject)).filter((one) => !one.removedAt && maySee(one.audience));
  return { items: await described(services, shown), nextCursor: null, mayWrite };
}

/**
 * A copy of a photo, without EXIF; `etag` changes with its bytes. Whoever may not see it is told that there is none.
 * @throws {Refusal} 404 `unknown_photo`
 */
export async function photoBytes(
  services: Given,
  id: string,
  copy: Copy,
  actor: Actor,
): Promise<{ bytes: Buffer; etag: string; everybody: boolean }> {
  const photo = await findPhoto(services.db, id);
  const standing = photo && (await seen(services, photo, actor));
  if (!photo || photo.removedAt || !standing?.maySee(photo.audience)) throw new Refusal(404, 'unknown_photo');
  const bytes = await openFiles(services.env).read(photo[copy]);
  if (!bytes) throw new Refusal(404, 'unknown_photo');
  return { bytes, etag: photo[copy], everybody: photo.audience === 'public' };
}

const seen = (services: Given, { subject, subjectId: id }: StoredPhoto, actor: Actor) =>
  standingTo(services, { subject, id }, actor).catch((error: unknown) => {
    if (error instanceof Refusal && error.problem.status === 404) return null;
    throw error;
  });

type Writing = Given & Pick<Services, 'disk'>;

const tooLarge = () => new Refusal(413, 'photo_too_large');

/** The body on the disk, judged by its bytes, with its copies; nothing of it stays where one of these is refused. */
async function received(services: Writing, body: AsyncIterable<Uint8Array>, said: string, load?: LoadSharp) {
  const files = openFiles(services.env);
  let kind: PhotoKind | null = null;
  const file = await services.disk.write(() =>
    files.receive(body, {
      maxBytes: PHOTO_LIMIT_BYTES,
      tooLong: tooLarge,
      judge(head) {
        const judged = judgePhoto(head, said);
        if ('refusal' in judged) throw new Refusal(415, judged.refusal);
        kind = judged.kind;
      },
    }),
  );
  try {
    const copies = await copiesOf(() => file.read(), load);
    // Files first: a row without its file would be a lie, a file without a row is only space.
    const [picture, thumbnail] = await services.disk.write(async () => {
      await file.keep();
      return [await files.keep(copies.picture), await files.keep(copies.thumbnail)] as const;
    });
    return { sha256: file.sha256, bytes: file.bytes, kind: kind!, picture, thumbnail, copies };
  } finally {
    await file.drop();
  }
}

/** Words about a place may say whose home it is, so the log is told that they changed, and not what they say. */
const told = ({ subject, subjectId, audience, sha256, removedAt }: StoredPhoto) => ({
  subject,
  subjectId,
  audience,
  sha256,
  removed: removedAt !== null,
});

const changeOf = (
  kind: ChangeDraft['kind'],
  verb: Verb,
  actor: Actor,
  after: StoredPhoto,
  before?: StoredPhoto,
  more: object = {},
): ChangeDraft => ({
  kind,
  verb,
  recordId: after.id,
  version: after.version,
  layers: [],
  actor: nameOfActor(actor),
  ...(before && { before: told(before) }),
  after: { ...told(after), ...more },
});

const dayTaken = (today: string, given: AddPhoto['takenOn'], { taken }: Copies) => {
  if (given !== undefined && given > today) {
    throw new Refusal(422, 'taken_in_future', { errors: [{ path: 'takenOn', code: 'taken_in_future' }] });
  }
  return given ?? (taken.takenOn !== null && taken.takenOn <= today ? taken.takenOn : null);
};

/**
 * Adds a photo to a subject. The body is streamed to the disk; what is served are two copies without EXIF. What the
 * file said of place and day is answered once, as a proposal, and kept nowhere else.
 * @param said the content type it was sent under
 * @param load where `sharp` comes from
 * @throws {Refusal} 404 `unknown_subject`; 403 `outside_scope`; 413 `photo_too_large`; 415 `photo_heic`,
 *   `unknown_photo_kind`, `photo_lies`; 422 `photo_unreadable`, `taken_in_future`; 409 `photo_already_there`;
 *   503 `photos_unavailable`, `overloaded`, `read_only`
 */
export async function addPhoto(
  services: Writing,
  { changeId, subject, id, ...given }: AddPhoto,
  { body, said }: { body: AsyncIterable<Uint8Array>; said: string },
  actor: Actor,
  load?: LoadSharp,
): Promise<AddedPhoto> {
  const { change } = await demandWriting(services, { subject, id }, actor);
  const { copies, ...file } = await received(services, body, said, load);
  const takenOn = dayTaken(services.clock.today(), given.takenOn, copies);
  const photoId = `ph-${changeId}`;
  await services.changes.commit(
    changeId,
    'addPhoto',
    async (tx) => {
      const there = await photosOf(tx, { subject, id });
      if (there.some(({ sha256, removedAt }) => sha256 === file.sha256 && !removedAt)) {
        throw new Refusal(409, 'photo_already_there');
      }
      const photo: StoredPhoto = {
        ...file,
        id: photoId,
        version: 1,
        subject,
        subjectId: id,
        audience: audienceOf(subject, given.audience),
        width: copies.width,
        height: copies.height,
        takenOn,
        caption: given.caption,
        rights: given.rights,
        addedBy: nameOfActor(actor),
        addedAt: services.clock.now().toISOString(),
        removedAt: null,
        demo: services.env.demo,
      };
      await insertPhoto(tx, photo);
      return { outcome: { id: photoId }, change: changeOf(change, 'addPhoto', actor, photo) };
    },
    photoId,
  );
  return { photo: await onePhoto(services, photoId), taken: copies.taken };
}

async function onePhoto(services: Given, id: string): Promise<Photo> {
  const stored = await findPhoto(services.db, id);
  if (!stored) throw new Error('the photo is gone');
  return (await described(services, [stored]))[0]!;
}

/** A write to a photo that is there: who may, at which version, and the row as it is to be. */
async function changePhoto(
  services: Given,
  id: string,
  { verb, version, changeId, undoOf }: { verb: Verb; version: number; changeId: string; undoOf?: number | undefined },
  actor: Actor,
  next: (stored: StoredPhoto) => Partial<StoredPhoto>,
): Promise<Photo> {
  const known = await findPhoto(services.db, id);
  const standing = known && (await seen(services, known, actor));
  if (!known || !standing?.maySee(known.audience)) throw new Refusal(404, 'unknown_photo');
  if (!standing.mayWrite) throw new Refusal(403, 'outside_scope');
  await services.changes.commit(
    changeId,
    verb,
    async (tx: Writer) => {
      const before = (await findPhoto(tx, id))!;
      if (before.version !== version) {
        const versions = { yours: version, current: before.version };
        throw new Refusal(412, 'changed_meanwhile', { versions, current: (await described(services, [before]))[0] });
      }
      const photo: StoredPhoto = { ...before, ...next(before), version: version + 1 };
      await updatePhoto(tx, photo);
      const more = undoOf === undefined ? {} : { undoOf };
      return { outcome: { id }, change: changeOf(standing.change, verb, actor, photo, before, more) };
    },
    id,
  );
  return onePhoto(services, id);
}

/** @throws {Refusal} 404 `unknown_photo`; 403 `outside_scope`; 412 `changed_meanwhile`; 409 `photo_removed`; 422 `taken_in_future` */
export function editPhoto(
  services: Given,
  id: string,
  version: number,
  { changeId, ...given }: EditPhoto,
  actor: Actor,
): Promise<Photo> {
  return changePhoto(services, id, { verb: 'editPhoto', version, changeId }, actor, (stored) => {
    if (stored.removedAt) throw new Refusal(409, 'photo_removed');
    if (given.takenOn && given.takenOn > services.clock.today()) {
      throw new Refusal(422, 'taken_in_future', { errors: [{ path: 'takenOn', code: 'taken_in_future' }] });
    }
    const { caption = stored.caption, rights = stored.rights, takenOn = stored.takenOn } = given;
    return { caption, rights, takenOn, audience: audienceOf(stored.subject, given.audience ?? stored.audience) };
  });
}

/** Takes a photo away; it stays on the disk and can be brought back. @throws {Refusal} as `editPhoto` */
export function removePhoto(
  services: Given,
  id: string,
  version: number,
  changeId: string,
  actor: Actor,
): Promise<Photo> {
  return changePhoto(services, id, { verb: 'removePhoto', version, changeId }, actor, (stored) => {
    if (stored.removedAt) throw new Refusal(409, 'photo_removed');
    return { removedAt: services.clock.now().toISOString() };
  });
}

/**
 * Brings a photo back that was taken away.
 * @param undoOf the seq of the change this takes back
 * @throws {Refusal} as `editPhoto`, and 409 `photo_not_removed`
 */
export function restorePhoto(
  services: Given,
  id: string,
  version: number,
  { changeId, undoOf }: { changeId: string; undoOf?: number },
  actor: Actor,
): Promise<Photo> {
  return changePhoto(services, id, { verb: 'restorePhoto', version, changeId, undoOf }, actor, (stored) => {
    if (!stored.removedAt) throw new Refusal(409, 'photo_not_removed');
    return { removedAt: null };
  });
}
