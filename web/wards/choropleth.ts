/** How the wards are coloured: one question at a time, each ward in exactly one class. Pure. */
import type { CriteriaPack } from '../../geodata/schema.ts';
import { titleSteps } from '../../geodata/vocabulary.ts';
import type { DistrictStatus, StatusState, WardStatus } from '../../server/status/contract.ts';
import type { Words } from '../i18n/i18n.svelte.ts';
import type { Lang } from '../lib/format.ts';
import { formatNumber } from '../lib/format.ts';
import {
  culturalSwatches,
  noDataSwatch,
  sequential,
  statusSwatches,
  titleSwatches,
  type PatternId,
  type Swatch,
  type Theme,
} from '../map/palette.ts';

/** `cultural`, `step`, `state`, `criteria`, or `indicator:1.1`: the word that stands in the address. */
export type Colouring = string;

export const fixedColourings = ['cultural', 'step', 'state', 'criteria'] as const;

export interface ColourClass {
  id: string;
  label: string;
  fill: string;
  pattern: PatternId;
}

export interface Choropleth {
  title: string;
  /** In legend order; only classes that can occur, the no-data class last. */
  classes: ColourClass[];
  /** How many wards stand in each class. */
  counts: Map<string, number>;
  classOf: (key: string) => ColourClass | null;
  /** The boundary rule of numeric classes, or why everything is without data. */
  note: string | null;
}

export interface ChoroplethInput {
  by: Colouring;
  status: DistrictStatus;
  pack: CriteriaPack | null;
  theme: Theme;
  lang: Lang;
  words: Words;
}

/** Approved ward figures decide the first view; until there are any, the title the wards hold. */
export const defaultColouring = (status: DistrictStatus | null): Colouring =>
  status?.wards.some((ward) => ward.state !== 'no-data') ? 'state' : 'cultural';

export function choropleth(input: ChoroplethInput): Choropleth {
  if (input.by === 'step') return byStep(input);
  if (input.by === 'state') return byState(input);
  if (input.by === 'criteria') return byNumber(input, input.words.wards.by.criteria, criteriaMet);
  if (input.by.startsWith('indicator:')) return byIndicator(input, input.by.slice('indicator:'.length));
  return byCultural(input);
}

function byCultural({ status, theme, words }: ChoroplethInput): Choropleth {
  const states = ['recognised', 'not-recognised', 'unknown'] as const;
  const classes = states.map((id) => drawn(id, words.wards.culturalStates[id], culturalSwatches[id], theme));
  return finish(words.wards.by.cultural, classes, status, (ward) => ward.culturalWard?.state ?? 'unknown');
}

function byStep({ status, theme, words }: ChoroplethInput): Choropleth {
  const classes = titleSteps.map((id) => drawn(id, words.wards.steps[id], titleSwatches[id], theme));
  classes.push(drawn('unknown', words.wards.steps.unknown, noDataSwatch, theme));
  const unknown = status.wards.every((ward) => ward.title.step === null);
  const note = unknown ? words.wards.stepUnknownWhy : null;
  return finish(words.wards.by.step, classes, status, (ward) => ward.title.step ?? 'unknown', note);
}

function byState({ status, theme, words }: ChoroplethInput): Choropleth {
  const order: StatusState[] = ['met', 'near', 'not-met', 'expired', 'no-data'];
  const classes = order.map((id) => drawn(id, words.wards.states[id], statusSwatches[id], theme));
  return finish(words.wards.by.state, classes, status, (ward) => ward.state);
}

const criteriaMet = (ward: WardStatus): number | null =>
  ward.criteria.every((criterion) => criterion.state === 'no-data') ? null : ward.criteriaMet;

function byIndicator(input: ChoroplethInput, id: string): Choropleth {
  const indicator = input.pack?.criteria.flatMap((criterion) => criterion.indicators).find((one) => one.id === id);
  const unit = indicator?.unit ? ` (${indicator.unit})` : '';
  const title = indicator ? `${id} ${indicator.title[input.lang]}${unit}` : id;
  return byNumber(input, title, (ward) => {
    const all = ward.criteria.flatMap((criterion) => criterion.indicators);
    return all.find((one) => one.id === id)?.value ?? null;
  });
}

function byNumber(
  { status, theme, words, lang }: ChoroplethInput,
  title: string,
  valueOf: (ward: WardStatus) => number | null,
): Choropleth {
  const values = status.wards.map(valueOf).filter((value) => value !== null);
  const breaks = equalBreaks(values, sequential[theme].length);
  const classes: ColourClass[] = breaks.map(([low, high], index) => ({
    id: `class-${index}`,
    label: low === high ? formatNumber(low, lang, 1) : `${formatNumber(low, lang, 1)} – ${formatNumber(high, lang, 1)}`,
    fill: sequential[theme][breaks.length === 1 ? 2 : index]!,
    pattern: '',
  }));
  classes.push(drawn('unknown', words.state.noData, noDataSwatch, theme));
  const classify = (ward: WardStatus): string => {
    const value = valueOf(ward);
    return value === null ? 'unknown' : `class-${classIndex(value, breaks)}`;
  };
  const note = values.length === 0 ? words.wards.noneWithValue : breaks.length > 1 ? words.wards.classesRule : null;
  return finish(title, classes, status, classify, note);
}

/** Equal intervals over the values, `[low, high)` each, the last closed; one class when all are equal. */
export function equalBreaks(values: readonly number[], classes: number): [number, number][] {
  if (values.length === 0) return [];
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low === high) return [[low, high]];
  const width = (high - low) / classes;
  return Array.from({ length: classes }, (_, index) => [low + index * width, low + (index + 1) * width]);
}

/** A value on an inner boundary belongs to the upper class. */
export function classIndex(value: number, breaks: readonly (readonly [number, number])[]): number {
  for (let index = breaks.length - 1; index > 0; index--) if (value >= breaks[index]![0]) return index;
  return 0;
}

const drawn = (id: string, label: string, swatch: Swatch, theme: Theme): ColourClass => ({
  id,
  label,
  fill: swatch.fill[theme],
  pattern: swatch.pattern,
});

function finish(
  title: string,
  classes: ColourClass[],
  status: DistrictStatus,
  classify: (ward: WardStatus) => string,
  note: string | null = null,
): Choropleth {
  const byId = new Map(classes.map((one) => [one.id, one]));
  const ofWard = new Map(status.wards.map((ward) => [ward.key, classify(ward)]));
  const counts = new Map<string, number>();
  for (const id of ofWard.values()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return {
    title,
    // A legend of steps nobody stands on would be longer than the map it explains.
    classes: classes.filter((one) => counts.has(one.id) || classes.length <= 5),
    counts,
    classOf: (key) => byId.get(ofWard.get(key) ?? '') ?? null,
    note,
  };
}
