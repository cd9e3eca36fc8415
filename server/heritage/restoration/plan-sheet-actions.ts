/** The plan on A3 sheets: the map with the numbers of the list, then the list itself. */
import type { Position } from '../../../geodata/schema.ts';
import { relicRanks } from '../../../geodata/vocabulary.ts';
import { areaOf, drawNorth, drawScale, label, lineOf, write, type Sheet } from '../../meeting/map-sheet-actions.ts';
import { planeFor, type Frame, type Plane } from '../../meeting/paper.ts';
import { MOTTO, NATION, type PrintedDocument } from '../../platform/print/document.ts';
import { openPdf } from '../../platform/print/pdf.ts';
import { GLYPH_GRID, glyphs, type RelicKind } from '../../../web/map/glyphs.ts';
import { base, rankSwatches, type RelicRank } from '../../../web/map/palette.ts';
import { listRelics } from '../store.ts';
import { apart, budgetColumns, budgetTable, listColumns, notesOf, spotsOf, type PlanPaper } from './plan-paper.ts';
import type { Given } from './read-actions.ts';
import { rankWords } from './sheet-words.ts';

/** Points: A3 across. Texts are sized as on A4 and grow with the paper. */
const [WIDTH, HEIGHT] = [1190.55, 841.89];
const MARGIN = 40;
const ZOOM = 1.25;
const FOOT = 34;
const DISC = 8.5;
/** Half of the longest ward name. */
const LABEL_HALF_WIDTH = 34;
const colours = base.light;

/** The sign of the map: a disc by rank, the building on it by kind. */
function sign({ pdf }: Sheet, kind: RelicKind, rank: RelicRank, x: number, y: number, radius = DISC): void {
  const swatch = rankSwatches[rank];
  pdf.circle(x, y, radius).lineWidth(1.2).fillAndStroke(swatch.disc.light, swatch.rim.light);
  const scale = (radius * 1.35) / GLYPH_GRID;
  pdf.save().translate(x - (GLYPH_GRID * scale) / 2, y - (GLYPH_GRID * scale) / 2).scale(scale); // prettier-ignore
  pdf.path(glyphs[kind]).fill(swatch.glyph.light, 'even-odd').restore();
}

function numberBeside({ pdf }: Sheet, numbers: readonly number[], x: number, y: number): void {
  const text = numbers.join(', ');
  pdf.font('bold').fontSize(9);
  const width = pdf.widthOfString(text) + 6;
  pdf
    .roundedRect(x + DISC - 3, y - DISC - 5, width, 12, 6)
    .lineWidth(0.7)
    .fillAndStroke('#ffffff', '#1b2b33');
  pdf.fillColor('#1b2b33').text(text, x + DISC, y - DISC - 4.2, { lineBreak: false });
}

function drawGround(sheet: Sheet, { places, env }: Given, frame: Frame): Plane {
  const { pdf } = sheet;
  const features = places.wards[env.units];
  const rings = features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2),
  );
  const room = 20;
  const plane = planeFor(rings as unknown as Position[], { x: frame.x + room, y: frame.y + room, width: frame.width - 2 * room, height: frame.height - 2 * room }); // prettier-ignore
  pdf.rect(frame.x, frame.y, frame.width, frame.height).fill(colours.ground);
  pdf.save().rect(frame.x, frame.y, frame.width, frame.height).clip();
  for (const { geometry } of places.collections.district.features) pdf.path(areaOf(geometry, plane)).fill('#fbfaf6');
  for (const { geometry, properties } of places.collections.water.features) {
    if (geometry.type === 'Polygon')
      pdf.path(areaOf(geometry, plane)).lineWidth(0.7).fillAndStroke(colours.lake, colours.lakeShore);
    else if (properties.kind === 'river-midline')
      pdf.path(lineOf(geometry.coordinates, plane)).lineWidth(6).strokeOpacity(0.8).stroke(colours.river).strokeOpacity(1); // prettier-ignore
  }
  for (const { geometry } of features)
    pdf.path(areaOf(geometry, plane)).lineWidth(0.7).dash(4, { space: 2.4 }).stroke(colours.edge).undash();
  for (const { geometry } of places.collections.district.features)
    pdf.path(areaOf(geometry, plane)).lineWidth(1.6).stroke(colours.edge);
  pdf.restore();
  return plane;
}

/** Where a ward's name is read: its own place, or the nearest above or below that no sign covers. */
function clearOf(signs: readonly (readonly [number, number])[], x: number, y: number): number {
  const covered = (at: number) =>
    signs.some(([sx, sy]) => Math.abs(sx - x) < LABEL_HALF_WIDTH + DISC && Math.abs(sy - at) < DISC + 9);
  const shift = [0, -20, 20, -32, 32, -44, 44].find((step) => !covered(y + step)) ?? 0;
  return y + shift;
}

async function drawMap(sheet: Sheet, services: Given, paper: PlanPaper, frame: Frame): Promise<void> {
  const { pdf } = sheet;
  const plane = drawGround(sheet, services, frame);
  const kinds = new Map((await listRelics(services.db, { at: services.clock.today() })).map(({ id, kind }) => [id, kind])); // prettier-ignore
  const { spots } = spotsOf(paper.lines);
  const points = spots.map(({ at }) => plane.place(at));
  const moved = apart(points, 2 * DISC + 14);
  pdf.save().rect(frame.x, frame.y, frame.width, frame.height).clip();
  for (const { properties } of services.places.wards[services.env.units]) {
    const [x, y] = plane.place(properties.labelPoint);
    label({ pdf, zoom: 0.95 }, properties.name, x, clearOf(moved, x, y));
  }
  points.forEach(([x, y], i) => {
    const [to, below] = moved[i]!;
    if (Math.hypot(to - x, below - y) < 3) return;
    pdf.moveTo(x, y).lineTo(to, below).lineWidth(0.8).stroke('#1b2b33');
    pdf.circle(x, y, 1.8).fill('#1b2b33');
  });
  spots.forEach(({ item, numbers }, i) => {
    const [x, y] = moved[i]!;
    sign(sheet, (item.relicId && kinds.get(item.relicId)) || 'other', item.rank ?? 'unknown', x, y);
    numberBeside(sheet, numbers, x, y);
  });
  pdf.restore();
  pdf.rect(frame.x, frame.y, frame.width, frame.height).lineWidth(1).stroke('#777777');
  drawScale(sheet, plane, frame);
  drawNorth(sheet, frame);
}

function drawSide(sheet: Sheet, paper: PlanPaper, frame: Frame): void {
  const { pdf } = sheet;
  const { x, width } = frame;
  let y = write(sheet, 'Chú giải', frame, { font: 'bold', size: 9.5 }) + 6;
  for (const rank of [...relicRanks, 'unknown'] as const) {
    const count = paper.lines.filter(({ item }) => (item.rank ?? 'unknown') === rank).length;
    sign(sheet, 'dinh', rank, x + DISC, y + 7);
    y = write(sheet, `${rankWords[rank]} (${count} việc)`, { x: x + 26, y, width: width - 26 }, { size: 8 }) + 6;
  }
  numberBeside(sheet, [1], x - 2, y + 14);
  y = write(sheet, 'Số thứ tự trong danh mục', { x: x + 26, y, width: width - 26 }, { size: 8 }) + 5;
  y = write(sheet, 'Hình trên ký hiệu: loại di tích (đình, chùa, đền, phủ, miếu, am…). Hình thoi: mục chưa gắn hồ sơ di tích.', { x, y, width }, { size: 7, font: 'italic' }) + 6; // prettier-ignore
  const { unplaced } = spotsOf(paper.lines);
  if (unplaced.length > 0)
    y = write(sheet, `Chưa định vị, không có trên bản đồ: số ${unplaced.join(', ')}.`, { x, y, width }, { size: 8, font: 'bold' }) + 6; // prettier-ignore
  y =
    write(sheet, 'Kinh phí theo năm và nguồn vốn (triệu đồng)', { x, y: y + 6, width }, { font: 'bold', size: 9 }) + 4;
  y = drawTable(sheet, budgetColumns.map((title, i) => ({ title, width: i === 0 ? 1.5 : 1.3, align: i === 0 ? 'left' : 'right' })), budgetTable(paper.lines), { x, y, width }, 6) + 8; // prettier-ignore
  const notes = [
    ...notesOf(paper),
    'Ranh giới gần đúng, không có giá trị pháp lý. Ranh ngoài theo OpenStreetMap, ranh trong do dự án vẽ theo đường phố, địa chỉ và văn bản. Vị trí di tích có sai số, ghi trong hồ sơ từng di tích; ký hiệu chồng nhau được đặt lệch, có đường dẫn về đúng chỗ.',
    'Nguồn: danh sách của các phường; sổ di tích của quận. Nền bản đồ: © những người đóng góp OpenStreetMap (ODbL).',
  ];
  for (const note of notes) y = write(sheet, note, { x, y, width }, { size: 6.8, colour: '#444444' }) + 3;
  pdf.fillColor('#000000');
}

interface Column {
  title: string;
  width: number;
  align: 'left' | 'right' | 'center';
}

const texts = (pdf: PDFKit.PDFDocument, size: number, bold: boolean) =>
  pdf.font(bold ? 'bold' : 'plain').fontSize(size * ZOOM);

/** A ruled table within a width; `room` is told the height of each row and gives the place where it goes. */
function drawTable(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { x, y, width }: { x: number; y: number; width: number },
  size: number,
  room: (y: number, height: number) => number = (at) => at,
): number {
  const { pdf } = sheet;
  const shares = columns.reduce((sum, one) => sum + one.width, 0);
  const widths = columns.map((one) => (one.width / shares) * width);
  const pad = 3;
  const heightOf = (row: readonly string[], bold: boolean) =>
    2 * pad + Math.max(...row.map((text, i) => texts(pdf, size, bold).heightOfString(text, { width: widths[i]! - 2 * pad, lineGap: size * ZOOM * 0.1 }))); // prettier-ignore
  const drawRow = (row: readonly string[], top: number, bold: boolean): number => {
    const height = heightOf(row, bold);
    let left = x;
    row.forEach((text, i) => {
      pdf.rect(left, top, widths[i]!, height).lineWidth(0.5);
      if (bold) pdf.fillAndStroke('#eeeeee', '#777777');
      else pdf.stroke('#777777');
      const box = { x: left + pad, y: top + pad, width: widths[i]! - 2 * pad };
      write(sheet, text, box, { size, font: bold ? 'bold' : 'plain', align: bold ? 'center' : columns[i]!.align });
      left += widths[i]!;
    });
    return top + height;
  };
  const titles = columns.map(({ title }) => title);
  let at = drawRow(titles, room(y, heightOf(titles, true) + heightOf(rows[0] ?? titles, false)), true);
  for (const row of rows) {
    const to = room(at, heightOf(row, false));
    at = drawRow(row, to < at ? drawRow(titles, to, true) : to, false);
  }
  return at;
}

/** Body and nation side by side, then the title; where the rest begins. */
function drawHead(sheet: Sheet, { issuingBody, placeAndDay, title, subtitle, ribbon }: PrintedDocument): number {
  const left = { x: MARGIN, y: MARGIN, width: 380 };
  const right = { x: WIDTH - MARGIN - 380, y: MARGIN, width: 380 };
  write(sheet, issuingBody.toUpperCase(), left, { font: 'bold', size: 9.5, align: 'center' });
  let y = write(sheet, NATION, right, { font: 'bold', size: 9.5, align: 'center' });
  y = write(sheet, MOTTO, { ...right, y }, { font: 'bold', size: 9.5, align: 'center' });
  const { pdf } = sheet;
  pdf.moveTo(right.x + 115, y + 2).lineTo(right.x + 265, y + 2).lineWidth(0.8).stroke('#000000'); // prettier-ignore
  pdf
    .moveTo(left.x + 130, MARGIN + 17)
    .lineTo(left.x + 250, MARGIN + 17)
    .stroke('#000000');
  y = write(sheet, placeAndDay, { ...right, y: y + 6 }, { font: 'italic', size: 9, align: 'center' });
  const whole = { x: MARGIN, width: WIDTH - 2 * MARGIN };
  y = write(sheet, title.toUpperCase(), { ...whole, y: y + 4 }, { font: 'bold', size: 13, align: 'center' });
  y = write(sheet, subtitle, { ...whole, y: y + 1 }, { font: 'bold', size: 9.5, align: 'center' });
  if (ribbon) y = write(sheet, ribbon.toUpperCase(), { ...whole, y: y + 1 }, { font: 'bold', size: 8, align: 'center', colour: '#6f4600' }); // prettier-ignore
  return y + 8;
}

function drawSignatures(sheet: Sheet, { signatures }: PrintedDocument, y: number): void {
  const width = (WIDTH - 2 * MARGIN) / signatures.length;
  signatures.forEach(({ role }, i) => {
    const box = { x: MARGIN + i * width, width };
    const under = write(sheet, role.toUpperCase(), { ...box, y }, { font: 'bold', size: 9, align: 'center' });
    write(sheet, '(ký, ghi rõ họ tên)', { ...box, y: under }, { font: 'italic', size: 8, align: 'center' });
  });
}

/** The bytes of the sheets. The same plan and day give the same sheets. */
export async function printPlanSheets(services: Given, paper: PlanPaper, document: PrintedDocument): Promise<Buffer> {
  const about = { title: document.title, author: document.issuingBody, madeAt: document.madeAt };
  const { pdf, bytes } = await openPdf(about, { size: [WIDTH, HEIGHT], margin: 0, bufferPages: true });
  const sheet = { pdf, zoom: ZOOM };
  const top = drawHead(sheet, document);
  const bottom = HEIGHT - MARGIN - FOOT + 14;
  const frame: Frame = { x: MARGIN, y: top, width: 710, height: bottom - top };
  await drawMap(sheet, services, paper, frame);
  const side = frame.x + frame.width + 20;
  drawSide(sheet, paper, { x: side, y: top, width: WIDTH - MARGIN - side, height: frame.height });
  const room = (y: number, height: number): number => {
    if (y + height <= bottom) return y;
    pdf.addPage();
    return MARGIN;
  };
  pdf.addPage();
  const whole = { x: MARGIN, y: MARGIN, width: WIDTH - 2 * MARGIN };
  const rows = paper.lines.map((line) => listColumns.map(({ of }) => of(line)));
  const under = drawTable(sheet, listColumns, rows, whole, 7.4, room);
  drawSignatures(sheet, document, room(under + 16, 110));
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    const foot = { x: MARGIN, y: HEIGHT - MARGIN - 8, width: WIDTH - 2 * MARGIN };
    write(sheet, document.footer, { ...foot, width: foot.width - 120 }, { size: 6.5, colour: '#555555' });
    write(sheet, `Trang ${page - start + 1}/${count}`, foot, { size: 7.5, align: 'right', colour: '#555555' });
    if (document.ribbon && page > start) write(sheet, document.ribbon, { ...whole, y: 18 }, { size: 7, font: 'bold', align: 'center', colour: '#6f4600' }); // prettier-ignore
  }
  pdf.end();
  return bytes;
}
