/**
 * Pictures as they may be served: turned upright, in sRGB, no larger than a screen, and without a byte of EXIF, XMP or
 * IPTC, which tell where and with what they were taken. `sharp` is loaded with the first picture, so that a server that
 * is sent none does not hold it; one picture at a time is unpacked, so memory is bounded by the largest.
 */
import type { Exif } from 'exif-reader';
import type { CivilDate } from '../../geodata/schema.ts';
import type Sharp from 'sharp';
import { Refusal } from './refusal.ts';

/** Sides of the copies in pixels; what is smaller stays as it is. */
export const PICTURE_PIXELS = 2048;
export const THUMBNAIL_PIXELS = 360;
/** Above that a picture is not unpacked: 120 million pixels take about 360 MB. */
export const MOST_PIXELS = 120_000_000;
const MOST_WAITING = 24;

/** What a picture says of itself, for a person to take over or not; nothing of it is kept with the copies. */
export interface TakenWhere {
  position: { lng: number; lat: number; errorMeters: number | null } | null;
  /** The civil day by the camera's own clock. */
  takenOn: CivilDate | null;
}

export interface Copies {
  /** JPEG. */
  picture: Buffer;
  thumbnail: Buffer;
  /** Of `picture`, upright. */
  width: number;
  height: number;
  taken: TakenWhere;
}

export type LoadSharp = () => Promise<{ default: typeof Sharp }>;

/** @throws {Refusal} 503 `photos_unavailable` where the machine has no binary of it */
async function loaded(load: LoadSharp) {
  const { default: sharp } = await load().catch(() => {
    throw new Refusal(503, 'photos_unavailable');
  });
  // Its cache and threads would keep memory that other work needs; pictures are rare.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

let running = false;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running) {
    if (waiting.length >= MOST_WAITING) throw new Refusal(503, 'overloaded', { retryAfterSeconds: 5 });
    await new Promise<void>((turn) => waiting.push(turn));
  } else running = true;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running = false;
  }
}

/**
 * The two copies of a picture and what it says of itself.
 * @param read gives the bytes when its turn has come
 * @throws {Refusal} 503 `photos_unavailable`, `overloaded`; 422 `photo_unreadable`; 413 `photo_too_large`
 */
export async function copiesOf(read: () => Promise<Buffer>, load: LoadSharp = () => import('sharp')): Promise<Copies> {
  const sharp = await loaded(load);
  return inTurn(async () => {
    const bytes = await read();
    const open = () => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const unreadable = () => {
      throw new Refusal(422, 'photo_unreadable');
    };
    const { width, height, exif } = await sharp(bytes, { limitInputPixels: false }).metadata().catch(unreadable);
    if (width * height > MOST_PIXELS) throw new Refusal(413, 'photo_too_large');
    const copy = (pixels: number, quality: number) =>
      open()
        .autoOrient()
        .resize(pixels, pixels, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality, mozjpeg: true })
        .toBuffer({ resolveWithObject: true });
    const large = await copy(PICTURE_PIXELS, 82).catch(unreadable);
    const small = await sharp(large.data)
      .resize(THUMBNAIL_PIXELS, THUMBNAIL_PIXELS, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 76, mozjpeg: true })
      .toBuffer();
    return {
      picture: large.data,
      thumbnail: small,
      width: large.info.width,
      height: large.info.height,
      taken: exif ? takenWhere(await readExif(exif)) : { position: null, takenOn: null },
    };
  });
}

/** What is no EXIF after all says nothing. */
async function readExif(exif: Buffer): Promise<Exif> {
  const { default: read } = await import('exif-reader');
  try {
    return read(exif);
  } catch {
    return { bigEndian: false };
  }
}

/** Degrees, minutes and seconds with their letter; `null` where they are none. */
function degreesOf(parts: unknown, letter: unknown, limit: number): number | null {
  if (!Array.isArray(parts) || typeof letter !== 'string') return null;
  const [degrees = NaN, minutes = 0, seconds = 0] = parts.map(Number);
  const value = (degrees + minutes / 60 + seconds / 3600) * (/^[SW]/i.test(letter) ? -1 : 1);
  return Number.isFinite(value) && Math.abs(value) <= limit ? Number(value.toFixed(7)) : null;
}

/** Where and on which day a picture says that it was taken (EXIF 2.32, 4.6.6 and 4.6.5). */
export function takenWhere({ GPSInfo, Photo, Image }: Partial<Exif>): TakenWhere {
  const lat = degreesOf(GPSInfo?.GPSLatitude, GPSInfo?.GPSLatitudeRef, 90);
  const lng = degreesOf(GPSInfo?.GPSLongitude, GPSInfo?.GPSLongitudeRef, 180);
  const error = Number(GPSInfo?.['GPSHPositioningError'] ?? NaN);
  const at: unknown = Photo?.DateTimeOriginal ?? Image?.DateTime;
  // Cameras that know no position write zeros.
  const nowhere = lat === null || lng === null || (lat === 0 && lng === 0);
  return {
    position: nowhere ? null : { lng, lat, errorMeters: error >= 0 ? Math.round(error) : null },
    // The reader takes the camera's wall clock for UTC, so its day is the civil day there.
    takenOn: at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString().slice(0, 10) : null,
  };
}
