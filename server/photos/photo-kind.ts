/** Which pictures are taken, by their bytes: pure. */

const TYPES = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;
export type PhotoKind = keyof typeof TYPES;

const latin = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, Math.min(to, head.length)));

/** Brands of ISO base media files that hold HEIF pictures (ISO/IEC 23008-12, annex B). */
const HEIF = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)/;

function kindOf(head: Uint8Array): PhotoKind | 'heic' | null {
  if (latin(head, 0, 3) === '\xff\xd8\xff') return 'jpg';
  if (latin(head, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP') return 'webp';
  return latin(head, 4, 8) === 'ftyp' && HEIF.test(latin(head, 8, 12)) ? 'heic' : null;
}

/** `application/octet-stream` says nothing, so it cannot lie. */
const SAYS_NOTHING = 'application/octet-stream';

/**
 * The kind of a picture by its first bytes, or why it is not taken.
 * @param said the content type it was sent under
 */
export function judgePhoto(
  head: Uint8Array,
  said: string,
): { kind: PhotoKind } | { refusal: 'photo_heic' | 'unknown_photo_kind' | 'photo_lies' } {
  const kind = kindOf(head);
  if (kind === null) return { refusal: 'unknown_photo_kind' };
  if (kind === 'heic') return { refusal: 'photo_heic' };
  const type = said.split(';')[0]!.trim().toLowerCase();
  return type === SAYS_NOTHING || type === TYPES[kind] ? { kind } : { refusal: 'photo_lies' };
}
