/** Zip archives (APPNOTE 6.3.9) as far as spreadsheets need them: single entries read within a budget of bytes, and written. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export class ZipError extends Error {
  constructor(readonly reason: 'damaged' | 'too-large') {
    super(reason);
  }
}

interface Entry {
  method: number;
  compressed: number;
  offset: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_ENTRIES = 10_000;

export const isZip = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === LOCAL;

/**
 * Reads the directory; `read(name)` gives one entry unpacked, `null` where there is none. What all entries read unpack
 * to together is at most `budget` bytes, whatever sizes the archive claims: a zip bomb stops at the budget.
 * @throws {ZipError}
 */
export function openZip(bytes: Buffer, budget: number): { names: string[]; read(name: string): Buffer | null } {
  let left = budget;
  const entries = guarded(() => directoryOf(bytes));
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (!entry) return null;
      const content = guarded(() => unpack(bytes, entry, left));
      left -= content.length;
      if (left < 0) throw new ZipError('too-large');
      return content;
    },
  };
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged');
  }
}

function directoryOf(bytes: Buffer): Map<string, Entry> {
  // The end record is followed by a comment of at most 65,535 bytes.
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - 65_557 && bytes.readUInt32LE(end) !== END) end--;
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new ZipError('damaged');
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw new ZipError('too-large');
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw new ZipError('damaged');
    const [name, extra, comment] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ];
    entries.set(bytes.toString('utf8', at + 46, at + 46 + name), {
      method: bytes.readUInt16LE(at + 10),
      compressed: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

function unpack(bytes: Buffer, { method, compressed, offset }: Entry, most: number): Buffer {
  if (bytes.readUInt32LE(offset) !== LOCAL) throw new ZipError('damaged');
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const packed = bytes.subarray(from, from + compressed);
  if (packed.length !== compressed) throw new ZipError('damaged');
  if (method === 0) return packed;
  if (method !== 8) throw new ZipError('damaged');
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
}

/** An archive of these files: deflated, names in UTF-8, every date the first that ZIP knows: nothing in it tells when it was made. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, given] of Object.entries(files)) {
    const content = typeof given === 'string' ? Buffer.from(given) : given;
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt16LE(0x21, 8);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
