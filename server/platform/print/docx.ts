/** A printed document as DOCX: plain Word parts in Times New Roman, as the decree wants them, so that an office can go on writing. */
import type * as Docx from 'docx';
import { openZip, zipOf } from '../zip.ts';
import {
  A4_MM,
  MAKER,
  MARGINS_MM,
  MOTTO,
  NATION,
  type Block,
  type Facts,
  type PrintedDocument,
  type Signature,
  type Table,
} from './document.ts';

type Library = typeof Docx;

const FONT = 'Times New Roman';
/** Half points. */
const SIZE = { title: 28, text: 26, heading: 24, cell: 20, foot: 15 } as const;
/** Twentieths of a point, of which a millimetre has 56.7. */
const mm = (millimetres: number): number => Math.round((millimetres / 25.4) * 1440);
const WIDTH = mm(A4_MM.width - MARGINS_MM.left - MARGINS_MM.right);

/** The parts of a document, made with the library once it is loaded. */
function partsOf(docx: Library) {
  const { AlignmentType, BorderStyle, Paragraph, Table: WordTable, TableCell, TableRow, TextRun, WidthType } = docx;
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
  const bare = { top: none, bottom: none, left: none, right: none } as const;

  interface Look {
    bold?: boolean;
    italics?: boolean;
    size?: number;
    align?: (typeof AlignmentType)[keyof typeof AlignmentType];
    after?: number;
    keepNext?: boolean;
  }
  const paragraph = (text: string, look: Look = {}) =>
    new Paragraph({
      ...(look.align && { alignment: look.align }),
      ...(look.keepNext && { keepNext: true }),
      spacing: { after: look.after ?? 0 },
      children: text.split('\n').map(
        (part, i) =>
          new TextRun({
            text: part,
            ...(i > 0 && { break: 1 }),
            bold: look.bold ?? false,
            italics: look.italics ?? false,
            size: look.size ?? SIZE.text,
          }),
      ),
    });
  const centred = (text: string, look: Look = {}) => paragraph(text, { align: AlignmentType.CENTER, ...look });
  /** An empty line with a rule under it, `share` of the cell long. */
  const rule = (width: number, share: number) =>
    new Paragraph({
      indent: { left: Math.round((width * (1 - share)) / 2), right: Math.round((width * (1 - share)) / 2) },
      border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 0, color: '000000' } },
      spacing: { after: 60, line: 20, lineRule: docx.LineRuleType.EXACT },
      children: [new TextRun({ text: '', size: 2 })],
    });

  /** Cells side by side without a line between them. */
  const sideBySide = (cells: { width: number; children: Docx.Paragraph[] }[], columns: number[]) =>
    new WordTable({
      width: { size: WIDTH, type: WidthType.DXA },
      columnWidths: columns,
      borders: { ...bare, insideHorizontal: none, insideVertical: none },
      rows: [
        new TableRow({
          cantSplit: true,
          children: cells.map(
            ({ width, children }) =>
              new TableCell({ width: { size: width, type: WidthType.DXA }, borders: bare, children }),
          ),
        }),
      ],
    });

  function heading({ parentBody, issuingBody, reference, placeAndDay }: PrintedDocument) {
    const [left, right] = [Math.round(WIDTH * 0.4), Math.round(WIDTH * 0.6)];
    const size = SIZE.heading;
    return sideBySide(
      [
        {
          width: left,
          children: [
            ...(parentBody ? [centred(parentBody.toUpperCase(), { size })] : []),
            centred(issuingBody.toUpperCase(), { size, bold: true }),
            rule(left, 0.4),
            ...(reference ? [centred(reference, { size })] : []),
          ],
        },
        {
          width: right,
          children: [
            centred(NATION, { size: 22, bold: true }),
            centred(MOTTO, { size: 25, bold: true }),
            rule(right, 0.56),
            centred(placeAndDay, { size, italics: true }),
          ],
        },
      ],
      [left, right],
    );
  }

  function facts({ rows }: Facts) {
    const labels = Math.round(WIDTH * 0.34);
    return rows.map(
      ([label, value]) =>
        new Paragraph({
          indent: { left: labels, hanging: labels },
          tabStops: [{ type: docx.TabStopType.LEFT, position: labels }],
          spacing: { after: 40 },
          children: [
            new TextRun({ text: label, size: SIZE.text }),
            new TextRun({ children: [new docx.Tab()], size: SIZE.text }),
            new TextRun({ text: value, size: SIZE.text }),
          ],
        }),
    );
  }

  function table({ columns, rows, empty }: Table) {
    const shares = columns.reduce((sum, { width }) => sum + width, 0);
    const widths = columns.map(({ width }) => Math.round((width / shares) * WIDTH));
    const aligns = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER };
    const cell = (text: string, i: number, look: Look, span = 1) =>
      new TableCell({
        width: { size: span > 1 ? WIDTH : widths[i]!, type: WidthType.DXA },
        columnSpan: span,
        margins: { top: 40, bottom: 40, left: 60, right: 60 },
        ...(look.bold && { shading: { fill: 'EEEEEE' } }),
        children: [paragraph(text, { size: SIZE.cell, ...look })],
      });
    const header = new TableRow({
      tableHeader: true,
      cantSplit: true,
      children: columns.map(({ title }, i) => cell(title, i, { bold: true, align: AlignmentType.CENTER })),
    });
    const body =
      rows.length > 0
        ? rows.map(
            (row) =>
              new TableRow({
                cantSplit: true,
                children: columns.map(({ align = 'left' }, i) => cell(row[i] ?? '', i, { align: aligns[align] })),
              }),
          )
        : [
            new TableRow({
              children: [cell(empty, 0, { italics: true, align: AlignmentType.CENTER }, columns.length)],
            }),
          ];
    return [
      new WordTable({
        width: { size: WIDTH, type: WidthType.DXA },
        columnWidths: widths,
        rows: [header, ...body],
      }),
      paragraph('', { size: 12, after: 60 }),
    ];
  }

  function block(one: Block): Docx.FileChild[] {
    switch (one.kind) {
      case 'part':
        return [paragraph(one.text, { bold: true, after: 60, keepNext: true })];
      case 'facts':
        return facts(one);
      case 'table':
        return table(one);
      case 'paragraph':
        return [paragraph(one.text, { align: AlignmentType.BOTH, italics: one.italic ?? false, after: 80 })];
    }
  }

  function signatures(all: readonly Signature[]): Docx.FileChild[] {
    if (all.length === 0) return [];
    const width = Math.floor(WIDTH / all.length);
    const cells = all.map(({ role, name }) => ({
      width,
      children: [
        centred(role.toUpperCase(), { bold: true, size: SIZE.heading }),
        // Room for the hand.
        centred('(ký, ghi rõ họ tên)', { italics: true, size: SIZE.cell, after: 1100 }),
        centred(name, { bold: true, size: SIZE.heading }),
      ],
    }));
    return [
      paragraph('', { size: 12 }),
      sideBySide(
        cells,
        all.map(() => width),
      ),
    ];
  }

  const footer = (text: string) =>
    new docx.Footer({
      children: [
        new Paragraph({
          tabStops: [{ type: docx.TabStopType.RIGHT, position: WIDTH }],
          children: [
            new TextRun({ text, size: SIZE.foot }),
            new TextRun({
              size: SIZE.foot,
              children: [new docx.Tab(), 'Trang ', docx.PageNumber.CURRENT, '/', docx.PageNumber.TOTAL_PAGES],
            }),
          ],
        }),
      ],
    });
  const header = (ribbon: string) =>
    new docx.Header({ children: ribbon ? [centred(ribbon, { bold: true, size: 18 })] : [] });

  return { heading, centred, block, signatures, footer, header };
}

/** The bytes of the DOCX. */
export async function printDocx(document: PrintedDocument): Promise<Buffer> {
  // Loaded when somebody prints: it is of no use to a server that never does.
  const docx = await import('docx');
  const parts = partsOf(docx);
  const { title, subtitle } = document;
  const children = [
    parts.heading(document),
    parts.centred('', { size: 16 }),
    parts.centred(title.toUpperCase(), { bold: true, size: SIZE.title, after: subtitle ? 0 : 160 }),
    ...(subtitle ? [parts.centred(subtitle, { bold: true, after: 160 })] : []),
    ...document.blocks.flatMap((block) => parts.block(block)),
    ...parts.signatures(document.signatures),
  ];
  const margin = { top: mm(MARGINS_MM.top), bottom: mm(MARGINS_MM.bottom), left: mm(MARGINS_MM.left) };
  const file = new docx.Document({
    title,
    creator: document.issuingBody,
    lastModifiedBy: MAKER,
    styles: { default: { document: { run: { font: FONT, size: SIZE.text, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(A4_MM.width), height: mm(A4_MM.height) },
            margin: { ...margin, right: mm(MARGINS_MM.right), header: mm(9), footer: mm(9) },
          },
        },
        headers: { default: parts.header(document.ribbon) },
        footers: { default: parts.footer(document.footer) },
        children,
      },
    ],
  });
  return settled(await docx.Packer.toBuffer(file), document.madeAt);
}

/** Far above any document that is made here. */
const BUDGET_BYTES = 50_000_000;

/** The same document made again is the same bytes: the library writes the moment of its making into the file. */
function settled(bytes: Buffer, madeAt: Date): Buffer {
  const zip = openZip(bytes, BUDGET_BYTES);
  const instant = `${madeAt.toISOString().slice(0, 19)}Z`;
  const files = zip.names.map((name): [string, string | Buffer] => {
    const content = zip.read(name)!;
    if (name !== 'docProps/core.xml') return [name, content];
    return [name, content.toString('utf8').replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${instant}`)];
  });
  return zipOf(Object.fromEntries(files));
}
