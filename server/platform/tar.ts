/**
 * The container of a backup: an uncompressed tar (POSIX.1-1988 `ustar`) that any system unpacks without this program.
 * Written here in one way only, and read back just as strictly: the same parts have exactly one sequence of bytes, so
 * a changed byte in a header or in the padding is as much damage as one inside a part.
 */

const BLOCK = 512;
/** Eleven octal digits. */
export const MOST_BYTES = 8 ** 11 - 1;
const MOST_CHARACTERS = 100;

export interface TarPart {
  /** ASCII, at most 100 characters, `/` between folders, never above the folder it is unpacked into. */
  path: string;
  size: number;
}

/** Where a part lies: its header, its bytes, and where the next header begins. */
export interface TarPlace extends TarPart {
  headerAt: number;
  at: number;
  end: number;
}

/** A path that stays inside the folder it is unpacked into, on every system. */
export const isSafePath = (path: string): boolean =>
  path.length <= MOST_CHARACTERS && /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/.test(path);

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/**
 * The 512 bytes in front of a part: a plain file that only its owner may read.
 * @param modifiedAt whole seconds since the epoch
 * @throws {RangeError} for a path or a size that the format cannot say
 */
export function tarHeader({ path, size }: TarPart, modifiedAt: number): Buffer {
  if (!isSafePath(path)) throw new RangeError(`no path for an archive: ${path}`);
  if (!Number.isSafeInteger(size) || size < 0 || size > MOST_BYTES) throw new RangeError(`${size} bytes do not fit`);
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0, 'ascii');
  header.write(octal(0o600, 7), 100, 'ascii');
  header.write(octal(0, 7), 108, 'ascii');
  header.write(octal(0, 7), 116, 'ascii');
  header.write(octal(size, 11), 124, 'ascii');
  header.write(octal(modifiedAt, 11), 136, 'ascii');
  header.write('        ', 148, 'ascii');
  header.write('0', 156, 'ascii');
  header.write('ustar\x0000', 257, 'ascii');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, 148, 'ascii');
  return header;
}

/** What a header says; `null` when it is not one that `tarHeader` writes. */
export function readTarHeader(header: Buffer): (TarPart & { modifiedAt: number }) | null {
  const text = (from: number, length: number) => header.toString('latin1', from, from + length).replace(/\0.*$/s, '');
  const path = text(0, MOST_CHARACTERS);
  const size = Number.parseInt(text(124, 12), 8);
  const modifiedAt = Number.parseInt(text(136, 12), 8);
  try {
    return tarHeader({ path, size }, modifiedAt).equals(header) ? { path, size, modifiedAt } : null;
  } catch {
    return null;
  }
}

/** Zeros after a part of `size` bytes, up to the next block. */
export const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

/** Two empty blocks end an archive. */
export const TAR_END = BLOCK * 2;
export const HEADER_BYTES = BLOCK;

/** Where each part of an archive lies, and how long the whole is. */
export function layOut(parts: readonly TarPart[]): { places: TarPlace[]; bytes: number } {
  let at = 0;
  const places = parts.map((part) => {
    const place = { ...part, headerAt: at, at: at + BLOCK, end: at + BLOCK + part.size + paddingOf(part.size) };
    at = place.end;
    return place;
  });
  return { places, bytes: at + TAR_END };
}
