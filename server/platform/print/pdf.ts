/** A printed document as PDF, A4, with the letters it uses inside. */
import {
  A4_MM,
  MAKER,
  MARGINS_MM,
  MOTTO,
  NATION,
  type Block,
  type Column,
  type Facts,
  type PrintedDocument,
  type Signature,
  type Table,
} from './document.ts';
import { printFonts, type FontName } from './fonts.ts';

type Pdf = PDFKit.PDFDocument;

const POINTS_PER_MM = 72 / 25.4;
const mm = (millimetres: number): number => millimetres * POINTS_PER_MM;
const LEFT = mm(MARGINS_MM.left);
const WIDTH = mm(A4_MM.width - MARGINS_MM.left - MARGINS_MM.right);
const BOTTOM = mm(A4_MM.height - MARGINS_MM.bottom);
/** Points. The letters of Be Vietnam Pro are larger than those of the 13 points of the decree's Times New Roman. */
const SIZE = { title: 13, part: 11, text: 10.5, cell: 9, foot: 7 } as const;
const GREY = '#555555';
const CELL_PADDING = { x: 4, y: 3.5 } as const;

interface Write {
  font?: FontName;
  size?: number;
  align?: 'left' | 'right' | 'center' | 'justify';
  x?: number;
  width?: number;
}

/** How text of a size is set; in tables figures stand under one another. */
function shapeOf({ size = SIZE.text, align = 'left', width = WIDTH }: Write): PDFKit.Mixins.TextOptions {
  return { width, align, lineGap: size * 0.12, ...(size === SIZE.cell && { features: ['tnum'] }) };
}

/** Writes text at `y` and returns where the next line goes. */
function write(pdf: Pdf, text: string, y: number, look: Write = {}): number {
  const height = heightOf(pdf, text, look);
  pdf.text(text, look.x ?? LEFT, y, shapeOf(look));
  return y + height;
}

function heightOf(pdf: Pdf, text: string, look: Write = {}): number {
  pdf.font(look.font ?? 'plain').fontSize(look.size ?? SIZE.text);
  return pdf.heightOfString(text, shapeOf(look));
}

/** `y`, or the top of a new page where `height` does not fit any more. */
function roomFor(pdf: Pdf, y: number, height: number): number {
  if (y + height <= BOTTOM) return y;
  pdf.addPage();
  return mm(MARGINS_MM.top);
}

function line(pdf: Pdf, centre: number, y: number, length: number): void {
  pdf
    .moveTo(centre - length / 2, y)
    .lineTo(centre + length / 2, y)
    .lineWidth(0.7)
    .stroke('black');
}

/** Body and national name side by side, each with the line the decree puts under it. */
function writeHeading(pdf: Pdf, { parentBody, issuingBody, reference, placeAndDay }: PrintedDocument): number {
  const [left, right] = [
    { x: LEFT, width: WIDTH * 0.42, align: 'center' },
    { x: LEFT + WIDTH * 0.44, width: WIDTH * 0.56, align: 'center' },
  ] as const;
  const top = mm(MARGINS_MM.top);
  const size = 10;
  const underParent = parentBody ? write(pdf, parentBody.toUpperCase(), top, { ...left, size }) : top;
  const underBody = write(pdf, issuingBody.toUpperCase(), underParent, { ...left, size, font: 'bold' });
  line(pdf, left.x + left.width / 2, underBody + 2, left.width * 0.35);
  const underNation = write(pdf, NATION, top, { ...right, size: 9.5, font: 'bold' });
  const underMotto = write(pdf, MOTTO, underNation, { ...right, size: 10.5, font: 'bold' });
  line(pdf, right.x + right.width / 2, underMotto + 2, pdf.widthOfString(MOTTO));
  const under = Math.max(underBody, underMotto) + 9;
  if (reference) write(pdf, reference, under, { ...left, size });
  const underDay = write(pdf, placeAndDay, under, { ...right, size, font: 'italic' });
  return underDay + 16;
}

function writeTitle(pdf: Pdf, y: number, { title, subtitle }: PrintedDocument): number {
  const underTitle = write(pdf, title.toUpperCase(), y, { size: SIZE.title, font: 'bold', align: 'center' });
  if (!subtitle) return underTitle + 10;
  return write(pdf, subtitle, underTitle + 1, { font: 'bold', align: 'center' }) + 10;
}

function writeFacts(pdf: Pdf, y: number, { rows }: Facts): number {
  const labels = WIDTH * 0.34;
  const values = { x: LEFT + labels, width: WIDTH - labels };
  for (const [label, value] of rows) {
    const height = Math.max(heightOf(pdf, label, { width: labels - 8 }), heightOf(pdf, value, values));
    y = roomFor(pdf, y, height);
    write(pdf, label, y, { width: labels - 8 });
    write(pdf, value, y, values);
    y += height + 2;
  }
  return y + 4;
}

interface Placed extends Column {
  x: number;
  points: number;
}
function placed(columns: readonly Column[]): Placed[] {
  const shares = columns.reduce((sum, { width }) => sum + width, 0);
  let x = LEFT;
  return columns.map((column) => {
    const points = (column.width / shares) * WIDTH;
    const at = x;
    x += points;
    return { ...column, x: at, points };
  });
}

function writeTable(pdf: Pdf, y: number, { columns, rows, empty }: Table): number {
  const cells = placed(columns);
  const inside = ({ points }: Placed) => points - 2 * CELL_PADDING.x;
  const heightOfRow = (texts: readonly string[], font: FontName) =>
    Math.max(...cells.map((cell, i) => heightOf(pdf, texts[i] ?? '', { font, size: SIZE.cell, width: inside(cell) }))) +
    2 * CELL_PADDING.y;
  const writeRow = (texts: readonly string[], top: number, height: number, header: boolean) => {
    cells.forEach((cell, i) => {
      pdf.rect(cell.x, top, cell.points, height).lineWidth(0.5);
      if (header) pdf.fillAndStroke('#eeeeee', '#777777').fillColor('black');
      else pdf.stroke('#777777');
      write(pdf, texts[i] ?? '', top + CELL_PADDING.y, {
        font: header ? 'bold' : 'plain',
        size: SIZE.cell,
        align: header ? 'center' : (cell.align ?? 'left'),
        x: cell.x + CELL_PADDING.x,
        width: inside(cell),
      });
    });
    return top + height;
  };
  const titles = columns.map(({ title }) => title);
  const headerHeight = heightOfRow(titles, 'bold');
  const heights = rows.map((row) => heightOfRow(row, 'plain'));
  // A header alone at the foot of a page is a header of nothing.
  y = roomFor(pdf, y, headerHeight + (heights[0] ?? SIZE.text));
  y = writeRow(titles, y, headerHeight, true);
  if (rows.length === 0) return write(pdf, empty, y + 3, { size: SIZE.cell, font: 'italic', align: 'center' }) + 10;
  rows.forEach((row, i) => {
    const room = roomFor(pdf, y, heights[i]!);
    y = room === y ? y : writeRow(titles, room, headerHeight, true);
    y = writeRow(row, y, heights[i]!, false);
  });
  return y + 10;
}

function writeBlock(pdf: Pdf, y: number, block: Block): number {
  switch (block.kind) {
    case 'part': {
      const room = roomFor(pdf, y + 4, heightOf(pdf, block.text, { font: 'bold', size: SIZE.part }) + 40);
      return write(pdf, block.text, room, { font: 'bold', size: SIZE.part }) + 4;
    }
    case 'facts':
      return writeFacts(pdf, y, block);
    case 'table':
      return writeTable(pdf, y, block);
    case 'paragraph':
      return writeParagraph(pdf, y, block.text, block.italic);
  }
}

/** Line after line, so that a long one goes on over the page. */
function writeParagraph(pdf: Pdf, y: number, text: string, italic = false): number {
  const font = italic ? 'italic' : 'plain';
  for (const part of text.split('\n')) {
    const height = heightOf(pdf, part, { font });
    // What is longer than half a page flows by itself; all else stands together.
    const room = height > (BOTTOM - mm(MARGINS_MM.top)) / 2 ? y : roomFor(pdf, y, height);
    write(pdf, part, room, { font, align: 'justify' });
    y = pdf.y + 3;
  }
  return y + 2;
}

function writeSignatures(pdf: Pdf, y: number, signatures: readonly Signature[]): void {
  if (signatures.length === 0) return;
  const width = WIDTH / signatures.length;
  const HAND = 62;
  const top = roomFor(pdf, y + 12, HAND + 40);
  signatures.forEach(({ role, name }, i) => {
    const place = { x: LEFT + i * width, width, align: 'center', size: 10 } as const;
    const under = write(pdf, role.toUpperCase(), top, { ...place, font: 'bold' });
    write(pdf, '(ký, ghi rõ họ tên)', under, { ...place, font: 'italic', size: 9 });
    if (name) write(pdf, name, top + HAND, { ...place, font: 'bold' });
  });
}

/** Ribbon and foot stand on every page from `start` on, in its margins. */
function writeMargins(pdf: Pdf, { ribbon, footer }: PrintedDocument, start: number): void {
  const count = pdf.bufferedPageRange().count - start;
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    // Below the margin pdfkit would begin a new page.
    pdf.page.margins = { top: 0, bottom: 0, left: 0, right: 0 };
    pdf.fillColor(GREY);
    if (ribbon) write(pdf, ribbon, mm(10), { size: 8, font: 'bold', align: 'center' });
    write(pdf, footer, BOTTOM + mm(6), { size: SIZE.foot, width: WIDTH - 60 });
    write(pdf, `Trang ${page - start + 1}/${count}`, BOTTOM + mm(6), { size: SIZE.foot, align: 'right' });
    pdf.fillColor('black');
  }
}

/** An empty PDF with the printed fonts in it, and its bytes once it is ended. `layout` for what is drawn, not written. */
export async function openPdf(
  { title, author, madeAt }: { title: string; author: string; madeAt: Date },
  layout: PDFKit.PDFDocumentOptions,
): Promise<{ pdf: PDFKit.PDFDocument; bytes: Promise<Buffer> }> {
  // Loaded when somebody prints: it is of no use to a server that never does.
  const { default: PdfDocument } = await import('pdfkit');
  const pdf = new PdfDocument({
    ...layout,
    lang: 'vi',
    displayTitle: true,
    // Else it opens Helvetica, which has no Vietnamese.
    font: null as unknown as string,
    info: { Title: title, Author: author, Creator: MAKER, CreationDate: madeAt },
  });
  for (const { name, bytes } of printFonts()) pdf.registerFont(name, bytes);
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const bytes = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  return { pdf, bytes };
}

/** The bytes of the PDF. */
export const printPdf = (document: PrintedDocument): Promise<Buffer> => printPdfs([document]);

/** Several documents in one file, each from a page of its own and with its own page numbers. */
export async function printPdfs(documents: readonly [PrintedDocument, ...PrintedDocument[]]): Promise<Buffer> {
  const margins = { top: MARGINS_MM.top, bottom: MARGINS_MM.bottom, left: MARGINS_MM.left, right: MARGINS_MM.right };
  const [{ title, issuingBody: author, madeAt }] = documents;
  const layout = {
    size: 'A4',
    margins: { top: mm(margins.top), bottom: mm(margins.bottom), left: mm(margins.left), right: mm(margins.right) },
    bufferPages: true,
  };
  const { pdf, bytes } = await openPdf({ title, author, madeAt }, layout);
  for (const [i, document] of documents.entries()) {
    if (i > 0) pdf.addPage(layout);
    const start = i === 0 ? 0 : pdf.bufferedPageRange().count - 1;
    let y = writeTitle(pdf, writeHeading(pdf, document), document);
    for (const block of document.blocks) y = writeBlock(pdf, y, block);
    writeSignatures(pdf, y, document.signatures);
    writeMargins(pdf, document, start);
  }
  pdf.end();
  return bytes;
}
