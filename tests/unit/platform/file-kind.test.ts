import { expect, test } from 'vitest';
import { kindOfFile } from '../../../server/platform/file-kind.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
/** The front and the names of a zip, which is all that is looked at. */
const zip = (...names: string[]) => bytes(`PK\x03\x04${'\0'.repeat(26)}${names.join('PK\x01\x02')}`);

test.each([
  ['pdf', bytes('%PDF-1.7\n')],
  ['png', bytes('\x89PNG\r\n\x1a\n....')],
  ['jpg', bytes('\xff\xd8\xff\xe0')],
  ['webp', bytes('RIFF\0\0\0\0WEBPVP8 ')],
  ['docx', zip('[Content_Types].xml', 'word/document.xml')],
  ['xlsx', zip('[Content_Types].xml', 'xl/workbook.xml')],
  ['pptx', zip('[Content_Types].xml', 'ppt/presentation.xml')],
  ['odt', zip('mimetypeapplication/vnd.oasis.opendocument.text')],
  ['ods', zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
])('%s is known by its bytes', (kind, file) => {
  expect(kindOfFile(file)).toBe(kind);
});

test.each([
  ['a script', bytes('<script>alert(1)</script>')],
  ['a program', bytes('MZ\x90\0')],
  ['a plain zip', zip('a.exe')],
  ['a document with macros', zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin')],
  ['a picture that can run scripts', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['nothing', bytes('')],
])('%s is not kept', (_, file) => {
  expect(kindOfFile(file)).toBeNull();
});
