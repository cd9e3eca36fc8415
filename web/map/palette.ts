/**
 * Every colour that means something, for the map, the legends, the lists and the printed page. Pure: no DOM.
 *
 * A meaning is never carried by hue alone: each state also has a pattern (areas) and a glyph (lists, cells). The colours
 * of a set stay apart for readers with deuteranopia and protanopia; tests/unit/map/palette.test.ts proves it by
 * simulation, in both themes.
 */
import type { caseClasses, culturalWardStates, relicRanks, titleSteps } from '../../geodata/vocabulary.ts';
import type { OutbreakState } from '../../server/outbreaks/contract.ts';
import type { ProgrammeTask } from '../../server/programme/contract.ts';
import type { StatusState } from '../../server/status/contract.ts';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];
type Themed<T = string> = Record<Theme, T>;

// --- the ground -----------------------------------------------------------------------------------------------------

const baseLight = {
  /** The one accent of the product: the pink of the lake's lotus. Selection, focus on the map. */
  accent: '#a62b5e',
  ground: '#e9e7e1',
  district: '#f6f4ef',
  green: '#e3ead9',
  built: '#f0ede6',
  building: '#e7e2d8',
  lake: '#a3cfe0',
  lakeShelf: '#bcdde8',
  lakeShallows: '#aed5e4',
  lakeShore: '#76aec6',
  river: '#cbdad9',
  riverDeep: '#bcd0d1',
  riverBank: '#dcdfd6',
  waterText: '#27607d',
  riverText: '#4a6f78',
  waterHalo: '#c3e0ea',
  street: '#ffffff',
  streetMajor: '#fffaf0',
  streetCasing: '#d9d4c9',
  streetMajorCasing: '#d3c6ab',
  rail: '#c9c4ba',
  streetText: '#6b6357',
  text: '#1b2b33',
  textSoft: '#646f75',
  halo: '#ffffff',
  edge: '#4c5a66',
  edgeWater: '#5f93ac',
  edgeHalo: '#ffffff',
  wardLine: '#8b9298',
  discRing: '#ffffff',
  discInk: '#ffffff',
  discPaper: '#ffffff',
  cluster: '#33434d',
  clusterText: '#ffffff',
};
export type BaseColors = typeof baseLight;

const baseDark: BaseColors = {
  accent: '#f29abb',
  ground: '#101518',
  district: '#1a2126',
  green: '#19261f',
  built: '#1d242a',
  building: '#232b31',
  lake: '#0d3144',
  lakeShelf: '#164a62',
  lakeShallows: '#113c52',
  lakeShore: '#2d7593',
  river: '#17303a',
  riverDeep: '#152a34',
  riverBank: '#182429',
  waterText: '#8ccbe3',
  riverText: '#86abb5',
  waterHalo: '#0d3144',
  street: '#333e46',
  streetMajor: '#434e56',
  streetCasing: '#12181c',
  streetMajorCasing: '#12181c',
  rail: '#2f383e',
  streetText: '#a2adb3',
  text: '#eaf0f2',
  textSoft: '#8a979e',
  halo: '#10171b',
  edge: '#aab7c0',
  edgeWater: '#4d93b0',
  edgeHalo: '#10171b',
  wardLine: '#66727a',
  discRing: '#10171b',
  discInk: '#ffffff',
  discPaper: '#1b2329',
  cluster: '#d5dee3',
  clusterText: '#182126',
};

export const base: Themed<BaseColors> = { light: baseLight, dark: baseDark };

// --- meanings -------------------------------------------------------------------------------------------------------

/** Ids of the hatches drawn by patterns.ts; `''` = plain. */
export const patternIds = ['no-data', 'expired', 'near', 'not-met'] as const;
export type PatternId = (typeof patternIds)[number] | '';

/** How one class of a legend looks: an area's fill and hatch, and the ink of its glyph or chip on the page's surface. */
export interface Swatch {
  fill: Themed;
  pattern: PatternId;
  /** Readable (4.5:1) on the fill itself. */
  onFill: Themed;
  /** Readable (4.5:1) on the page's surface: the state's word or glyph in lists. */
  ink: Themed;
  /** Name of a glyph of `stateGlyphs` in glyphs.ts. */
  glyph: 'check' | 'tilde' | 'cross' | 'clock' | 'dash' | 'dot' | 'ring';
}

const noData: Omit<Swatch, 'glyph' | 'pattern'> = {
  fill: { light: '#ececea', dark: '#2a3137' },
  onFill: { light: '#3c444a', dark: '#d3dadf' },
  ink: { light: '#5d666c', dark: '#a3adb4' },
};

/** The state of an indicator, a criterion or a ward. */
export const statusSwatches: Record<StatusState, Swatch> = {
  met: {
    fill: { light: '#7fbfae', dark: '#2b7d6d' },
    onFill: { light: '#0c3a30', dark: '#f2fbf8' },
    ink: { light: '#1d6e5c', dark: '#6fcdb6' },
    pattern: '',
    glyph: 'check',
  },
  near: {
    fill: { light: '#f6dc8c', dark: '#c39d3c' },
    onFill: { light: '#4a3800', dark: '#1f1700' },
    ink: { light: '#7a5b00', dark: '#ecc65c' },
    pattern: 'near',
    glyph: 'tilde',
  },
  'not-met': {
    fill: { light: '#e07b5e', dark: '#9c3620' },
    onFill: { light: '#2e0d04', dark: '#ffffff' },
    ink: { light: '#a8381b', dark: '#ff9d80' },
    pattern: 'not-met',
    glyph: 'cross',
  },
  expired: {
    fill: { light: '#b3a4d6', dark: '#64558f' },
    onFill: { light: '#261a4a', dark: '#ffffff' },
    ink: { light: '#5d4a94', dark: '#bfb0ea' },
    pattern: 'expired',
    glyph: 'clock',
  },
  'no-data': { ...noData, pattern: 'no-data', glyph: 'dash' },
};

export type CulturalWardState = (typeof culturalWardStates)[number] | 'unknown';

/** The district's own title *Phường văn hóa* on a day. */
export const culturalSwatches: Record<CulturalWardState, Swatch> = {
  recognised: {
    fill: { light: '#e9b7c8', dark: '#74365a' },
    onFill: { light: '#4a1029', dark: '#ffffff' },
    ink: { light: '#9a2c5a', dark: '#f2a3c0' },
    pattern: '',
    glyph: 'check',
  },
  'not-recognised': {
    fill: { light: '#f1e1bf', dark: '#4a432f' },
    onFill: { light: '#4d4330', dark: '#f1e9da' },
    ink: { light: '#6d5f45', dark: '#cdbf9f' },
    pattern: '',
    glyph: 'ring',
  },
  unknown: { ...noData, pattern: 'no-data', glyph: 'dash' },
};

export type TitleStep = (typeof titleSteps)[number];
type TaskState = ProgrammeTask['state'];

const step = (light: string, dark: string, glyph: Swatch['glyph'], darkInk = false): Swatch => ({
  fill: { light, dark },
  onFill: { light: darkInk ? '#ffffff' : '#14312c', dark: '#ffffff' },
  ink: { light: '#1d6e5c', dark: '#6fcdb6' },
  pattern: '',
  glyph,
});

/** The steps towards *Phường đạt chuẩn đô thị văn minh*: one ramp for the way up, own hues for leaving it. */
export const titleSwatches: Record<TitleStep, Swatch> = {
  'not-registered': {
    ...step('#f1e1bf', '#4a432f', 'ring'),
    onFill: { light: '#4d4330', dark: '#f1e9da' },
    ink: { light: '#6d5f45', dark: '#cdbf9f' },
  },
  registered: step('#d3e6e4', '#22423f', 'dot'),
  'self-assessment': step('#aed4c9', '#28564f', 'dot'),
  consultation: step('#8cc0b0', '#2c695e', 'dot'),
  appraisal: step('#63a796', '#2b7d6d', 'dot'),
  recognised: step('#2f7f6d', '#3fae95', 'check', true),
  refused: { ...statusSwatches['not-met'] },
  'recognition-due': { ...statusSwatches.expired },
};
titleSwatches.recognised.onFill.dark = '#04211b';

/** How a task stands: the hues of the states it leads to. */
export const taskSwatches: Record<TaskState, Swatch> = {
  late: statusSwatches['not-met'],
  'in-progress': statusSwatches.near,
  unknown: { ...noData, pattern: 'no-data', glyph: 'dash' },
  done: statusSwatches.met,
};

/** Five classes of a number, low to high. Values nobody has take `noDataSwatch`. */
export const sequential: Themed<readonly [string, string, string, string, string]> = {
  light: ['#eef3dc', '#cbe0bd', '#97c6a6', '#5ba18d', '#2b7468'],
  dark: ['#23302d', '#264a45', '#2b675d', '#3f8b7b', '#7bbfa6'],
};
export const noDataSwatch: Swatch = { ...noData, pattern: 'no-data', glyph: 'dash' };

/** Cases of a public hotspot: five classes, few to many. */
export const hotspotRamp: Themed<readonly [string, string, string, string, string]> = {
  light: ['#fbe3c4', '#f6bf8b', '#ea8f5c', '#d15a3a', '#9c2b26'],
  dark: ['#4a3323', '#70401f', '#9c4d25', '#cc6236', '#f59070'],
};

/** Least cases of each class of `hotspotRamp`; counts below the public minimum of 5 are never drawn. */
export const hotspotBreaks = [5, 10, 20, 40, 80] as const;

/** The state of an outbreak: on the map by hue and by the stroke of its edge (whole, dashed, dotted), in lists by glyph. */
export const outbreakSwatches: Record<OutbreakState, Swatch> = {
  active: {
    fill: { light: '#d9694a', dark: '#c4553a' },
    onFill: { light: '#2a0c03', dark: '#140300' },
    ink: { light: '#a8381b', dark: '#ff9d80' },
    pattern: '',
    glyph: 'dot',
  },
  watching: {
    fill: { light: '#f3cf6b', dark: '#d0a73a' },
    onFill: { light: '#4a3800', dark: '#1f1700' },
    ink: { light: '#7a5b00', dark: '#ecc65c' },
    pattern: '',
    glyph: 'ring',
  },
  ended: {
    fill: { light: '#c3ccd1', dark: '#4a565e' },
    onFill: { light: '#2d373d', dark: '#ffffff' },
    ink: { light: '#505c63', dark: '#a9b4bb' },
    pattern: '',
    glyph: 'check',
  },
};

type CaseClass = (typeof caseClasses)[number];
/**
 * A case by its class: by hue and by how it is filled, whole, ringed or hollow. `ruled-out` stands in lists only.
 */
export const caseSwatches: Record<CaseClass, { fill: Themed; rim: Themed }> = {
  confirmed: { fill: { light: '#a3261f', dark: '#ff8f80' }, rim: { light: '#ffffff', dark: '#2a0f0c' } },
  clinical: { fill: { light: '#f2b36c', dark: '#8a5417' }, rim: { light: '#8a4b08', dark: '#ffc987' } },
  suspected: { fill: { light: '#ffffff', dark: '#161c20' }, rim: { light: '#35648c', dark: '#9cc6ea' } },
  'ruled-out': { fill: { light: '#e6e9eb', dark: '#2b343a' }, rim: { light: '#77828a', dark: '#808c94' } },
};

/** The dot of a class as SVG inside a 20 x 14 box: legend, list and card show what the map draws. */
export function caseDot(kind: string, theme: Theme): string {
  const { fill, rim } = caseSwatches[kind as CaseClass] ?? caseSwatches['ruled-out'];
  const edge = kind === 'confirmed' ? fill[theme] : rim[theme];
  const dash = kind === 'ruled-out' ? ' stroke-dasharray="2 1.6"' : '';
  return `<circle cx="10" cy="7" r="5" fill="${fill[theme]}" stroke="${edge}" stroke-width="2"${dash} />`;
}

export type RelicRank = (typeof relicRanks)[number] | 'unknown';

/** A relic's disc: filled for the ranks the state gave, paper with a coloured rim for the rest. */
export interface RankSwatch {
  disc: Themed;
  rim: Themed;
  glyph: Themed;
  rimStyle: 'plain' | 'double' | 'dashed';
  /** Readable on the page's surface. */
  ink: Themed;
}

const both = (color: string): Themed => ({ light: color, dark: color });
const paper: Themed = { light: baseLight.discPaper, dark: baseDark.discPaper };
const rims: Themed = { light: baseLight.discRing, dark: baseDark.discRing };

export const rankSwatches: Record<RelicRank, RankSwatch> = {
  'special-national': {
    disc: { light: '#6d1230', dark: '#a3366f' },
    rim: both('#d9a441'),
    glyph: { light: '#ffe9bd', dark: '#ffe9bd' },
    rimStyle: 'double',
    ink: { light: '#6d1230', dark: '#f0b95a' },
  },
  national: {
    disc: { light: '#b3362a', dark: '#c6472f' },
    rim: rims,
    glyph: both('#ffffff'),
    rimStyle: 'plain',
    ink: { light: '#a32d22', dark: '#ff9d86' },
  },
  city: {
    disc: { light: '#2d5f93', dark: '#3a76b3' },
    rim: rims,
    glyph: both('#ffffff'),
    rimStyle: 'plain',
    ink: { light: '#2d5f93', dark: '#8dbdf0' },
  },
  inventoried: {
    disc: paper,
    rim: { light: '#5b4a3a', dark: '#d0bda6' },
    glyph: { light: '#5b4a3a', dark: '#e4d5c3' },
    rimStyle: 'plain',
    ink: { light: '#5b4a3a', dark: '#d0bda6' },
  },
  unknown: {
    disc: paper,
    rim: { light: '#77828a', dark: '#808c94' },
    glyph: { light: '#4d585f', dark: '#c3ccd2' },
    rimStyle: 'plain',
    ink: { light: '#5d666c', dark: '#a3adb4' },
  },
};

/** Protection zones I and II of a relic, by law red and blue (NĐ 308/2025, Điều 9 k3). */
export const zoneColors: Record<'I' | 'II', Themed> = {
  I: { light: '#c62828', dark: '#ff7b72' },
  II: { light: '#1f5fbf', dark: '#79b0ff' },
};

/** Degree of wear, 1 good … 5 in need of urgent repair: the sequential idea in warm tones. */
export const gradeRamp: Themed<readonly [string, string, string, string, string]> = {
  light: ['#7fbfae', '#d9dc9b', '#f3c56f', '#e08a55', '#a8331f'],
  dark: ['#2b7d6d', '#a3b568', '#e2c05c', '#b9632f', '#7c2115'],
};
