/**
 * The map's own pictures, drawn on a canvas when the map first asks for one. An image id says everything about the
 * picture, so nothing has to be registered again after the style changed:
 *
 *     hatch/no-data/light    relic/dinh/national/sure/dark    landmark/museum/light    vector/inspection/alarm/dark
 */
import type { Map as MapLibreMap } from 'maplibre-gl';
import { GLYPH_GRID, glyphs, type GlyphName, type LandmarkKind, type RelicKind, type VectorKind } from './glyphs.ts';
import { base, outbreakSwatches, rankSwatches, themes, type PatternId, type RelicRank, type Theme } from './palette.ts';
import { HATCH_TILE, hatches } from './patterns.ts';

export const hatchImage = (pattern: Exclude<PatternId, ''>, theme: Theme): string => `hatch/${pattern}/${theme}`;
export const landmarkImage = (kind: LandmarkKind, theme: Theme): string => `landmark/${kind}/${theme}`;
/** `unsure` = a place no inventory confirms: drawn hollow. */
export const relicImage = (kind: RelicKind, rank: RelicRank, sure: boolean, theme: Theme): string =>
  `relic/${kind}/${rank}/${sure ? 'sure' : 'unsure'}/${theme}`;

/** Diameter of a relic's disc in CSS pixels; above the 24 px of WCAG 2.5.8. */
export const RELIC_DISC = 27;
/** Room for the disc's shadow. */
const MARGIN = 3;

export interface DrawnImage {
  width: number;
  height: number;
  data: Uint8ClampedArray;
  pixelRatio: number;
}

type Pen = OffscreenCanvasRenderingContext2D;

function sheet(side: number, ratio: number, draw: (pen: Pen) => void): DrawnImage {
  const pixels = Math.round(side * ratio);
  const canvas = new OffscreenCanvas(pixels, pixels);
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  pen.scale(ratio, ratio);
  draw(pen);
  const { data } = pen.getImageData(0, 0, pixels, pixels);
  return { width: pixels, height: pixels, data, pixelRatio: ratio };
}

function drawHatch(pattern: keyof typeof hatches, theme: Theme, ratio: number): DrawnImage {
  const { path, strokeWidth, ink } = hatches[pattern];
  return sheet(HATCH_TILE, ratio, (pen) => {
    const shape = new Path2D(path);
    if (strokeWidth > 0) {
      pen.strokeStyle = ink[theme];
      pen.lineWidth = strokeWidth;
      pen.stroke(shape);
    } else {
      pen.fillStyle = ink[theme];
      pen.fill(shape);
    }
  });
}

function stamp(pen: Pen, glyph: GlyphName, center: number, size: number, color: string): void {
  pen.save();
  pen.translate(center - size / 2, center - size / 2);
  pen.scale(size / GLYPH_GRID, size / GLYPH_GRID);
  pen.fillStyle = color;
  pen.fill(new Path2D(glyphs[glyph]), 'evenodd');
  pen.restore();
}

function circle(pen: Pen, center: number, radius: number): void {
  pen.beginPath();
  pen.arc(center, center, radius, 0, 2 * Math.PI);
}

function drawRelic(kind: RelicKind, rank: RelicRank, sure: boolean, theme: Theme, ratio: number): DrawnImage {
  const swatch = rankSwatches[rank];
  const side = RELIC_DISC + 2 * MARGIN;
  const center = side / 2;
  const radius = RELIC_DISC / 2;
  return sheet(side, ratio, (pen) => {
    pen.shadowColor = theme === 'light' ? 'rgb(20 30 36 / 0.35)' : 'rgb(0 0 0 / 0.7)';
    pen.shadowBlur = 2.5 * ratio;
    pen.shadowOffsetY = 0.8 * ratio;
    circle(pen, center, radius - 0.5);
    // A rim in the colour of the paper keeps neighbouring discs apart where they overlap.
    pen.fillStyle = base[theme].discRing;
    pen.globalAlpha = sure ? 1 : 0.78;
    pen.fill();
    pen.shadowColor = 'transparent';
    pen.globalAlpha = 1;
    if (sure) {
      circle(pen, center, radius - 2);
      pen.fillStyle = swatch.disc[theme];
      pen.fill();
    }
    const paper = swatch.disc[theme] === base[theme].discPaper;
    if (!sure || paper || swatch.rimStyle === 'double') {
      circle(pen, center, radius - 2.2);
      pen.lineWidth = swatch.rimStyle === 'double' ? 1.8 : 1.6;
      pen.strokeStyle = sure ? swatch.rim[theme] : rankSwatches.unknown.rim[theme];
      if (!sure) pen.setLineDash([2.6, 2.2]);
      pen.stroke();
      pen.setLineDash([]);
    }
    stamp(pen, kind, center, 16.5, sure ? swatch.glyph[theme] : rankSwatches.unknown.glyph[theme]);
  });
}

function drawLandmark(kind: LandmarkKind, theme: Theme, ratio: number): DrawnImage {
  const side = 22;
  return sheet(side, ratio, (pen) => {
    circle(pen, side / 2, side / 2 - 1);
    pen.fillStyle = base[theme].halo;
    pen.globalAlpha = 0.85;
    pen.fill();
    pen.globalAlpha = 1;
    stamp(pen, kind, side / 2, 14, base[theme].textSoft);
  });
}

/** A rounded square, so that vector work is not taken for a relic; filled where larvae or mosquitoes were found. */
function drawVector(kind: VectorKind, alarm: boolean, theme: Theme, ratio: number): DrawnImage {
  const side = 26;
  const swatch = outbreakSwatches.active;
  return sheet(side, ratio, (pen) => {
    pen.beginPath();
    pen.roundRect(2, 2, side - 4, side - 4, 6);
    pen.fillStyle = alarm ? swatch.fill[theme] : base[theme].discPaper;
    pen.fill();
    pen.lineWidth = 1.6;
    pen.strokeStyle = alarm ? base[theme].discRing : base[theme].textSoft;
    pen.stroke();
    stamp(pen, kind, side / 2, 14, alarm ? swatch.onFill[theme] : base[theme].textSoft);
  });
}

/** The picture an id asks for, or `null` for an id that is not ours. `ratio` = device pixels per CSS pixel. */
export function drawImage(id: string, ratio: number): DrawnImage | null {
  const [family, ...rest] = id.split('/');
  const theme = themes.find((name) => name === rest.at(-1));
  if (!theme) return null;
  if (family === 'hatch' && rest[0]! in hatches) return drawHatch(rest[0] as keyof typeof hatches, theme, ratio);
  if (family === 'relic' && rest[0]! in glyphs && rest[1]! in rankSwatches)
    return drawRelic(rest[0] as RelicKind, rest[1] as RelicRank, rest[2] === 'sure', theme, ratio);
  if (family === 'landmark' && rest[0]! in glyphs) return drawLandmark(rest[0] as LandmarkKind, theme, ratio);
  if (family === 'vector' && rest[0]! in glyphs)
    return drawVector(rest[0] as VectorKind, rest[1] === 'alarm', theme, ratio);
  return null;
}

/** Answers every request of the map for a picture, for as long as the map lives and whatever style it wears. */
export function serveImages(map: MapLibreMap): void {
  const ratio = Math.min(3, Math.max(2, Math.ceil(window.devicePixelRatio)));
  map.setMissingStyleImageResolver((id) => {
    const image = drawImage(id, ratio);
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: image.pixelRatio });
  });
}
