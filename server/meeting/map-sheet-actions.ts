/** A frozen day as a map sheet: vectors drawn from geodata in the colours of the screen, on A4 or A3. */
import type { Places } from '../../geodata/load.ts';
import type { Position } from '../../geodata/schema.ts';
import { openPdf } from '../platform/print/pdf.ts';
import type { FontName } from '../platform/print/fonts.ts';
import type { Services } from '../platform/services.ts';
import type { StatusState } from '../status/contract.ts';
import { base, statusSwatches } from '../../web/map/palette.ts';
import { HATCH_TILE, hatches } from '../../web/map/patterns.ts';
import { readSnapshot } from './actions.ts';
import type { WholeSnapshot } from './contract.ts';
import {
  planeFor,
  scaleBarMeters,
  scaleWords,
  stateWords,
  tileOperators,
  vietnameseDay,
  vouchedBy,
  vietnameseNumber,
  type Frame,
  type Plane,
} from './paper.ts';

export type Paper = 'a4' | 'a3';
type Pdf = PDFKit.PDFDocument;

/** Points, landscape. */
const SIZES: Record<Paper, readonly [number, number]> = { a4: [841.89, 595.28], a3: [1190.55, 841.89] };
const colours = base.light;
/** As on the screen. */
const LEGEND: readonly StatusState[] = ['met', 'near', 'not-met', 'expired', 'no-data'];

export interface Sheet {
  pdf: Pdf;
  /** 1 on A4: everything grows with the paper. */
  zoom: number;
}

/** Writes text into a box and says where the next line goes. */
export function write(
  { pdf, zoom }: Sheet,
  text: string,
  box: { x: number; y: number; width: number },
  look: { font?: FontName; size?: number; align?: 'left' | 'center' | 'right'; colour?: string } = {},
): number {
  const { font = 'plain', size = 9, align = 'left', colour = '#000000' } = look;
  pdf
    .font(font)
    .fontSize(size * zoom)
    .fillColor(colour);
  const shape = { width: box.width, align, lineGap: size * zoom * 0.1 };
  const height = pdf.heightOfString(text, shape);
  pdf.text(text, box.x, box.y, shape);
  return box.y + height;
}

const polygonsOf = (geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon) =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
export const lineOf = (positions: readonly GeoJSON.Position[], { place }: Plane): string =>
  `M${positions
    .map((position) =>
      place(position as unknown as Position)
        .map((n) => n.toFixed(2))
        .join(' '),
    )
    .join('L')}`;
export const areaOf = (geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon, plane: Plane): string =>
  polygonsOf(geometry)
    .flat()
    .map((ring) => `${lineOf(ring, plane)}Z`)
    .join('');

/** Fills a shape with the screen's hatch of a state, as a tiling pattern: one tile in the file, however large the shape. */
function hatch({ pdf, zoom }: Sheet, state: StatusState, shape: string): void {
  const { pattern } = statusSwatches[state];
  if (pattern === '') return;
  const { path, strokeWidth, ink } = hatches[pattern];
  const scale = 0.62 * zoom;
  const tile = HATCH_TILE * scale;
  const tiles = pdf.pattern([0, 0, tile, tile], tile, tile, tileOperators(path, strokeWidth, scale));
  pdf.path(shape).fill([tiles, ink.light] as unknown as string, 'even-odd');
}

function drawMap(sheet: Sheet, { wards, collections }: Places, { content }: WholeSnapshot, frame: Frame): Plane {
  const { pdf, zoom } = sheet;
  const features = wards[content.status.units];
  const positions = features.flatMap(({ geometry }) => polygonsOf(geometry).flat(2)) as unknown as Position[];
  const room = 14 * zoom;
  const plane = planeFor(positions, { x: frame.x + room, y: frame.y + room, width: frame.width - 2 * room, height: frame.height - 2 * room }); // prettier-ignore
  pdf.rect(frame.x, frame.y, frame.width, frame.height).fill(colours.ground);
  pdf.save().rect(frame.x, frame.y, frame.width, frame.height).clip();
  for (const { geometry, properties } of features) {
    const state = content.status.wards.find(({ key }) => key === properties.key)?.state ?? 'no-data';
    const shape = areaOf(geometry, plane);
    pdf.path(shape).fill(statusSwatches[state].fill.light, 'even-odd');
    hatch(sheet, state, shape);
  }
  for (const { geometry, properties } of collections.water.features) {
    if (geometry.type === 'Polygon') {
      pdf.path(areaOf(geometry, plane)).fill(colours.lake);
      pdf
        .path(areaOf(geometry, plane))
        .lineWidth(0.6 * zoom)
        .stroke(colours.lakeShore);
    } else if (properties.kind === 'river-midline') {
      pdf.path(lineOf(geometry.coordinates, plane)).lineWidth(5 * zoom).strokeOpacity(0.8).stroke(colours.river).strokeOpacity(1); // prettier-ignore
    }
  }
  for (const { geometry } of features)
    pdf.path(areaOf(geometry, plane)).lineWidth(0.5 * zoom).dash(3 * zoom, { space: 1.8 * zoom }).stroke(colours.edge).undash(); // prettier-ignore
  for (const { geometry } of collections.district.features)
    pdf
      .path(areaOf(geometry, plane))
      .lineWidth(1.3 * zoom)
      .stroke(colours.edge);
  for (const { properties } of features) {
    const [x, y] = plane.place(properties.labelPoint);
    label(sheet, properties.name, x, y);
  }
  pdf.restore();
  pdf
    .rect(frame.x, frame.y, frame.width, frame.height)
    .lineWidth(0.8 * zoom)
    .stroke('#777777');
  return plane;
}

/** A name with a halo, so that it is read over hatch and lake. */
export function label({ pdf, zoom }: Sheet, name: string, x: number, y: number): void {
  const size = 10 * zoom;
  pdf.font('bold').fontSize(size);
  const width = pdf.widthOfString(name);
  const at = [x - width / 2, y - size * 0.65] as const;
  const shape = { lineBreak: false } as const;
  pdf.lineWidth(2.6 * zoom).lineJoin('round').strokeColor('#ffffff').text(name, ...at, { ...shape, stroke: true, fill: false }); // prettier-ignore
  pdf.fillColor('#1b2b33').text(name, ...at, { ...shape, stroke: false, fill: true });
}

export function drawScale(sheet: Sheet, { pointsPerMeter }: Plane, { x, y, height }: Frame): void {
  const { pdf, zoom } = sheet;
  const meters = scaleBarMeters(pointsPerMeter, 130 * zoom);
  const length = meters * pointsPerMeter;
  const [left, foot] = [x + 12 * zoom, y + height - 14 * zoom];
  pdf.rect(left - 6 * zoom, foot - 24 * zoom, length + 44 * zoom, 32 * zoom).fillOpacity(0.88).fill('#ffffff').fillOpacity(1); // prettier-ignore
  pdf.rect(left, foot - 3 * zoom, length / 2, 3 * zoom).fillAndStroke('#1b2b33', '#1b2b33');
  pdf.rect(left + length / 2, foot - 3 * zoom, length / 2, 3 * zoom).lineWidth(0.6 * zoom).fillAndStroke('#ffffff', '#1b2b33'); // prettier-ignore
  const words = meters >= 1000 ? `${vietnameseNumber(meters / 1000)} km` : `${meters} m`;
  write(sheet, `${words}  (tỷ lệ khoảng ${scaleWords(pointsPerMeter)})`, { x: left, y: foot - 18 * zoom, width: length + 40 * zoom }, { size: 7 }); // prettier-ignore
}

export function drawNorth(sheet: Sheet, { x, y, width }: Frame): void {
  const { pdf, zoom } = sheet;
  const [middle, top] = [x + width - 22 * zoom, y + 12 * zoom];
  pdf
    .circle(middle, top + 17 * zoom, 17 * zoom)
    .fillOpacity(0.88)
    .fill('#ffffff')
    .fillOpacity(1);
  pdf.path(`M${middle} ${top + 2 * zoom}L${middle + 6 * zoom} ${top + 19 * zoom}L${middle} ${top + 15 * zoom}L${middle - 6 * zoom} ${top + 19 * zoom}Z`).fill('#1b2b33'); // prettier-ignore
  write(sheet, 'Bắc', { x: middle - 15 * zoom, y: top + 20 * zoom, width: 30 * zoom }, { size: 7, font: 'bold', align: 'center' }); // prettier-ignore
}

function drawSwatch(sheet: Sheet, state: StatusState, x: number, y: number): void {
  const { pdf, zoom } = sheet;
  const [width, height] = [18 * zoom, 10 * zoom];
  const shape = `M${x} ${y}h${width}v${height}h${-width}Z`;
  pdf.path(shape).fill(statusSwatches[state].fill.light);
  hatch(sheet, state, shape);
  pdf
    .path(shape)
    .lineWidth(0.5 * zoom)
    .stroke('#777777');
}

/** Legend, the wards with their state, and what the sheet rests on. */
function drawSide(sheet: Sheet, snapshot: WholeSnapshot, frame: Frame): void {
  const { pdf, zoom } = sheet;
  const { status, pack } = snapshot.content;
  const { x, width } = frame;
  let y = write(sheet, 'Chú giải: trạng thái chung của phường', frame, { font: 'bold', size: 9.5 }) + 4 * zoom;
  for (const state of LEGEND) {
    drawSwatch(sheet, state, x, y + 1 * zoom);
    const count = status.wards.filter((ward) => ward.state === state).length;
    y = write(sheet, `${stateWords[state]} (${count} phường)`, { x: x + 24 * zoom, y, width: width - 24 * zoom }) + 3 * zoom; // prettier-ignore
  }
  y = write(sheet, 'Trạng thái là trạng thái kém nhất trong các tiêu chí.', { x, y: y + 1 * zoom, width }, { size: 7, font: 'italic' }) + 10 * zoom; // prettier-ignore
  const columns = [0, width * 0.4, width * 0.82];
  const row = (texts: readonly string[], font: FontName) => {
    const under = texts.map((text, i) => write(sheet, text, { x: x + columns[i]!, y, width: (columns[i + 1] ?? width) - columns[i]! - 4 * zoom }, { font, size: 8.5 })); // prettier-ignore
    y = Math.max(...under) + 2 * zoom;
    pdf
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.4 * zoom)
      .stroke('#999999');
    y += 2.5 * zoom;
  };
  row(['Phường', 'Trạng thái', 'Tiêu chí đạt'], 'bold');
  for (const ward of status.wards) row([ward.name, stateWords[ward.state], `${ward.criteriaMet}/${ward.criteriaTotal}`], 'plain'); // prettier-ignore
  y += 8 * zoom;
  const notes = [
    `Căn cứ: ${pack.decree ? `${pack.decree.number}, ngày ${vietnameseDay(pack.decree.issuedOn)}` : pack.title.vi}${pack.demo ? ' (ngưỡng minh họa)' : ''}. Chỉ gồm số liệu đã duyệt.`,
    'Ranh giới gần đúng, không có giá trị pháp lý. Ranh ngoài theo OpenStreetMap, ranh trong do dự án vẽ theo đường phố, địa chỉ và văn bản.',
    'Nền bản đồ: © những người đóng góp OpenStreetMap (ODbL). Bờ hồ suy ra từ đường ven hồ, sai lệch khoảng 20 m; sông vẽ theo đường giữa dòng.',
  ];
  for (const note of notes) y = write(sheet, note, { x, y, width }, { size: 7.5, colour: '#444444' }) + 4 * zoom;
}

/** The bytes of the sheet. The same snapshot gives the same sheet. */
async function mapSheet(places: Places, snapshot: WholeSnapshot, paper: Paper): Promise<Buffer> {
  const [width, height] = SIZES[paper];
  const title = `Trạng thái các phường ngày ${vietnameseDay(snapshot.at)}`;
  const about = { title, author: 'Quận Tây Hồ', madeAt: new Date(snapshot.frozenAt) };
  const { pdf, bytes } = await openPdf(about, { size: [width, height], margin: 0 });
  const sheet = { pdf, zoom: width / SIZES.a4[0] };
  const { zoom } = sheet;
  const margin = 28 * zoom;
  const whole = { x: margin, y: margin, width: width - 2 * margin };
  let y = write(sheet, `QUẬN TÂY HỒ – ${title.toUpperCase()}`, whole, { font: 'bold', size: 14 });
  y = write(sheet, `${snapshot.title} · Bản chốt số liệu số ${snapshot.number}`, { ...whole, y: y + 1 * zoom }, { size: 10 }); // prettier-ignore
  if (snapshot.demo)
    y = write(sheet, 'DỮ LIỆU MINH HỌA: số liệu phường là giả định', { ...whole, y: y + 1 * zoom }, { font: 'bold', size: 8.5, colour: '#6f4600' }); // prettier-ignore
  const foot = 40 * zoom;
  const top = y + 8 * zoom;
  const frame: Frame = { x: margin, y: top, width: (width - 2 * margin) * 0.67, height: height - margin - foot - top };
  const plane = drawMap(sheet, places, snapshot, frame);
  drawScale(sheet, plane, frame);
  drawNorth(sheet, frame);
  const left = frame.x + frame.width + 18 * zoom;
  drawSide(sheet, snapshot, { x: left, y: top, width: width - margin - left, height: frame.height });
  write(
    sheet,
    vouchedBy(snapshot),
    { ...whole, y: height - margin - foot + 12 * zoom },
    { size: 7, colour: '#444444' },
  );
  pdf.end();
  return bytes;
}

/** @throws {Refusal} 404 `unknown_snapshot` */
export const printMapSheet = async (
  services: Pick<Services, 'db' | 'places'>,
  number: number,
  paper: Paper,
): Promise<Buffer> => mapSheet(services.places, await readSnapshot(services, number), paper);
