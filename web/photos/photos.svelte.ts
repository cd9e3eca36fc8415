import type { AddedPhoto, Audience, EditPhoto, Photo, Subject } from '../../server/photos/contract.ts';
import type { ChangeEvent } from '../../server/platform/contract.ts';
import { api, ask } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import { uuidv7 } from '../lib/uuid.ts';

export interface PhotoList {
  items: Photo[];
  mayWrite: boolean;
}

export const addressOf = (photo: Photo, copy: 'picture' | 'thumbnail'): string => `/api/photos/${photo.id}/${copy}`;

/** Sends a file. `changeId` stays the same when it is sent again after a lost reply. Throws `Refused`. */
export function sendPhoto(of: Subject, file: File, audience: Audience, changeId: string): Promise<AddedPhoto> {
  const query = `subject=${of.subject}&id=${encodeURIComponent(of.id)}&audience=${audience}&changeId=${changeId}`;
  const asked = fetch(`/api/photos?${query}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
  return ask<AddedPhoto>(asked);
}

/** The photos of one subject, as one place on the screen shows them. */
export class PhotosOf {
  readonly list = new Resource<PhotoList>();
  readonly subject: Subject;

  constructor(subject: Subject) {
    this.subject = subject;
    void this.list.load(() => ask(api.api.photos.$get({ query: subject })));
  }

  /** Photos of any subject change alike: the event says which kind, never which home. */
  take({ kind }: ChangeEvent): void {
    if (kind === 'relic-photo' || kind === 'vector-photo') void this.list.reload();
  }

  /** Throws `Refused`. */
  async add(file: File, audience: Audience, changeId: string): Promise<AddedPhoto> {
    const added = await sendPhoto(this.subject, file, audience, changeId);
    await this.list.reload();
    return added;
  }

  async edit({ id, version }: Photo, said: Omit<EditPhoto, 'changeId'>, changeId: string): Promise<void> {
    const route = api.api.photos[':id'];
    const sent = { param: { id }, header: {}, json: { changeId, ...said } };
    await ask(route.$patch(sent, { headers: { 'if-match': `"${version}"` } }));
    await this.list.reload();
  }

  async remove(photo: Photo): Promise<Photo> {
    return this.#move(photo, 'removal');
  }

  async restore(photo: Photo): Promise<Photo> {
    return this.#move(photo, 'restoral');
  }

  async #move({ id, version }: Photo, how: 'removal' | 'restoral'): Promise<Photo> {
    const sent = { param: { id }, header: {}, json: { changeId: uuidv7() } };
    const moved = await ask(api.api.photos[':id'][how].$post(sent, { headers: { 'if-match': `"${version}"` } }));
    await this.list.reload();
    return moved;
  }
}
