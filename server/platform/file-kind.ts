/** What a file really is, by its bytes; what its name or sender claims counts for nothing. */

/** The files that may be kept: papers, pictures, and the documents of an office. */
export const fileKinds = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
} as const;
export type FileKind = keyof typeof fileKinds;

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);

/** Zip of an office: the OPC part names of Microsoft, the leading `mimetype` entry of OpenDocument. */
function officeKind(bytes: Uint8Array): FileKind | null {
  // The first local header: name at 30, and an OpenDocument stores its type there uncompressed (ODF 1.2, part 3, 3.3).
  const head = ascii(bytes, 30, 140);
  if (head.startsWith('mimetypeapplication/vnd.oasis.opendocument.')) {
    if (head.includes('opendocument.text')) return 'odt';
    return head.includes('opendocument.spreadsheet') ? 'ods' : null;
  }
  // The central directory names every part without unpacking one, so a bomb costs nothing here.
  const directory = ascii(bytes, Math.max(0, bytes.length - 262_144), bytes.length);
  if (!directory.includes('[Content_Types].xml')) return null;
  // A macro may run when somebody opens the evidence.
  if (directory.includes('vbaProject.bin')) return null;
  if (directory.includes('word/document.xml')) return 'docx';
  if (directory.includes('xl/workbook.xml')) return 'xlsx';
  return directory.includes('ppt/presentation.xml') ? 'pptx' : null;
}

/** The kind of these bytes; `null` = none that is kept here. */
export function kindOfFile(bytes: Uint8Array): FileKind | null {
  if (ascii(bytes, 0, 5) === '%PDF-') return 'pdf';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(bytes, 0, 3) === '\xff\xd8\xff') return 'jpg';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (ascii(bytes, 0, 4) === 'PK\x03\x04') return officeKind(bytes);
  return null;
}
