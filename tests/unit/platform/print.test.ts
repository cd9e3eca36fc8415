import PdfDocument from 'pdfkit';
import { expect, test } from 'vitest';
import { headOfLog, placeAndDay, type PrintedDocument } from '../../../server/platform/print/document.ts';
import { printDocx } from '../../../server/platform/print/docx.ts';
import { printFonts } from '../../../server/platform/print/fonts.ts';
import { printPdf } from '../../../server/platform/print/pdf.ts';
import { openZip } from '../../../server/platform/zip.ts';

const document = (more: Partial<PrintedDocument> = {}): PrintedDocument => ({
  parentBody: 'Ủy ban nhân dân quận Tây Hồ',
  issuingBody: 'Trung tâm Y tế quận Tây Hồ',
  reference: 'Số: …/BB-TTYT',
  placeAndDay: placeAndDay('Tây Hồ', '2022-11-04'),
  title: 'Biên bản xử lý ổ dịch',
  subtitle: '',
  ribbon: '',
  blocks: [],
  signatures: [],
  footer: headOfLog({ seq: 12, hash: 'ab'.repeat(32) }),
  madeAt: new Date('2022-11-04T03:00:00Z'),
  ...more,
});
const longTable = (rows: number): Pick<PrintedDocument, 'blocks'> => ({
  blocks: [
    {
      kind: 'table',
      columns: [
        { title: 'Số thứ tự', width: 1, align: 'right' },
        { title: 'Tổ dân phố', width: 3 },
      ],
      rows: Array.from({ length: rows }, (_, i) => [`dòng ${i + 1}`, 'Tổ 5']),
      empty: 'Chưa có',
    },
  ],
});

/** The parts of a DOCX without their tags. */
async function wordsOf(made: PrintedDocument): Promise<Record<'document' | 'footer' | 'header', string>> {
  const zip = openZip(await printDocx(made), 10_000_000);
  const read = (name: string) =>
    zip
      .read(`word/${name}.xml`)!
      .toString('utf8')
      .replaceAll(/<[^>]+>/g, ' ');
  return { document: read('document'), footer: read('footer1'), header: read('header1') };
}
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').split('/Type /Page\n').length - 1;

test('every letter of Vietnamese is in every font that is printed with', () => {
  const vowels = 'aăâeêioôơuưy';
  const marks = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
  const letters = [...vowels].flatMap((vowel) => marks.map((mark) => (vowel + mark).normalize('NFC')));
  const alphabet = ['đ', ...letters].flatMap((letter) => [letter, letter.toUpperCase()]);
  const missing = printFonts().flatMap(({ name, bytes }) => {
    const pdf = new PdfDocument({ font: null as unknown as string }).registerFont(name, bytes).font(name);
    const { font } = (pdf as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font;
    return [...alphabet, '≥', '–', '…', '²', '•'].filter((sign) => !font.hasGlyphForCodePoint(sign.codePointAt(0)!));
  });
  expect(missing).toEqual([]);
});

test('the day is written as the decree wants it', () => {
  expect(placeAndDay('Tây Hồ', '2022-11-04')).toBe('Tây Hồ, ngày 04 tháng 11 năm 2022');
  expect(placeAndDay('Tây Hồ', '2022-02-14')).toBe('Tây Hồ, ngày 14 tháng 02 năm 2022');
  expect(placeAndDay('Tây Hồ', '2022-03-14')).toBe('Tây Hồ, ngày 14 tháng 3 năm 2022');
});

test('a PDF carries its font and goes on to as many pages as it needs', async () => {
  const [short, long] = [await printPdf(document(longTable(3))), await printPdf(document(longTable(100)))];
  expect(short.subarray(0, 5).toString()).toBe('%PDF-');
  expect(short.toString('latin1')).toMatch(/BeVietnamPro-Regular[\s\S]*FontFile2|FontFile2[\s\S]*BeVietnamPro-Regular/);
  expect(short.toString('latin1')).not.toContain('Helvetica');
  expect(pagesOf(short)).toBe(1);
  expect(pagesOf(long)).toBe(3);
});

test('a DOCX holds heading, rows and signatures, and the head of the log on every page', async () => {
  const made = document({
    ...longTable(2),
    ribbon: 'Dữ liệu minh hoạ',
    signatures: [{ role: 'Người lập', name: 'Nguyễn Thị Thử' }],
  });
  const words = await wordsOf(made);
  for (const text of [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'TRUNG TÂM Y TẾ QUẬN TÂY HỒ',
  ])
    expect(words.document).toContain(text);
  for (const text of ['BIÊN BẢN XỬ LÝ Ổ DỊCH', 'dòng 2', 'NGƯỜI LẬP', 'Nguyễn Thị Thử'])
    expect(words.document).toContain(text);
  expect(words.footer).toContain(`Nhật ký thay đổi số 12, mã ${'ab'.repeat(32)}`);
  expect(words.header).toContain('Dữ liệu minh hoạ');
});

test('a table without rows says so', async () => {
  expect((await wordsOf(document(longTable(0)))).document).toContain('Chưa có');
});

test('signs of XML and of control in what was typed break no DOCX', async () => {
  const words = await wordsOf(document({ blocks: [{ kind: 'paragraph', text: 'nhà < 5 & "tổ"\u0007\u0000 xong' }] }));
  expect(words.document).toContain('nhà &lt; 5 &amp;');
  expect(words.document).toContain('xong');
  // eslint-disable-next-line no-control-regex
  expect(words.document).not.toMatch(/[\u0000-\u0008]/);
});
