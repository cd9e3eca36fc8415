/** How the wards are coloured: one question at a time, each ward in exactly one class. Pure. */
import type { CriteriaPack, IndicatorPack } from '../../geodata/schema.ts';
import { titleSteps } from '../../geodata/vocabulary.ts';
import type { ProgrammeTask } from '../../server/programme/contract.ts';
import type { DistrictStatus, StatusState, WardStatus } from '../../server/status/contract.ts';
import type { ColouringWords } from '../i18n/colouring-vi.ts';
import type { Words } from '../i18n/i18n.svelte.ts';
import type { Lang } from '../lib/format.ts';
import { formatDate } from '../lib/format.ts';
import {
  culturalSwatches,
  noDataSwatch,
  sequential,
  statusSwatches,
  taskSwatches,
  titleSwatches,
  type PatternId,
  type Swatch,
  type Theme,
} from '../map/palette.ts';
import { classLabel, ruleOf } from './class-words.ts';
import { classBounds, classIndex, MOST_CLASSES, wholeBounds, type ClassMethod, type Classing } from './classes.ts';

/**
 * The word that stands in the address: `cultural`, `step`, `state`, `criteria`, `late-tasks`, or of one thing
 * `criterion:3`, `indicator:3.3`, `task:T2`.
 */
export type Colouring = string;

/** The class of the wards a task does not name. */
export const OTHERS = 'others';

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
  /** The number asked for, where the question is one of numbers: what ranks and charts. */
  numberOf: (key: string) => number | null;
  /** What is to be said of a ward beside its class: `62,3%, ngưỡng 70%`. */
  detailOf: (key: string) => string;
  /** How a number is divided; `null` = the question is not one of numbers. */
  method: ClassMethod | null;
  /** The boundary rule of numeric classes, or why everything is without data. */
  note: string | null;
}

export interface ChoroplethInput {
  by: Colouring;
  status: DistrictStatus;
  pack: CriteriaPack | null;
  /** Those this reader may see; only for questions about tasks. */
  tasks: readonly ProgrammeTask[];
  /** Every day that is drawn beside this one: the classes of numbers are made of all, so a colour means the same on each. */
  pool?: readonly DistrictStatus[];
  /** `null` = the method that suits the question. */
  classing: Classing | null;
  theme: Theme;
  lang: Lang;
  words: Words;
  says: ColouringWords;
  quantity: (value: number | null, unit: string | null) => string;
}

/** Approved ward figures decide the first view; until there are any, the title the wards hold. */
export const defaultColouring = (status: DistrictStatus | null): Colouring =>
  status?.wards.some((ward) => ward.state !== 'no-data') ? 'state' : 'cultural';

export function choropleth(input: ChoroplethInput): Choropleth {
  const [kind, id = ''] = splitColouring(input.by);
  if (kind === 'step') return byStep(input);
  if (kind === 'state') return byState(input);
  if (kind === 'criteria') return byCriteriaMet(input);
  if (kind === 'late-tasks') return byLateTasks(input);
  if (kind === 'criterion') return byCriterion(input, id);
  if (kind === 'indicator') return byIndicator(input, id);
  if (kind === 'task') return byTask(input, id);
  return byCultural(input);
}

/** `indicator:3.3` -> `['indicator', '3.3']`; an id may itself hold a colon. */
export function splitColouring(by: Colouring): [kind: string, id?: string] {
  const colon = by.indexOf(':');
  return colon < 0 ? [by] : [by.slice(0, colon), by.slice(colon + 1)];
}

function byCultural({ status, theme, words }: ChoroplethInput): Choropleth {
  const states = ['recognised', 'not-recognised', 'unknown'] as const;
  const classes = states.map((id) => drawn(id, words.wards.culturalStates[id], culturalSwatches[id], theme));
  return finish({
    title: words.wards.by.cultural,
    classes,
    status,
    classify: (ward) => ward.culturalWard?.state ?? 'unknown',
    detail: ({ culturalWard }) =>
      culturalWard?.state === 'recognised' ? words.wards.culturalSince(culturalWard.year) : '',
  });
}

function byStep({ status, theme, words }: ChoroplethInput): Choropleth {
  const classes = titleSteps.map((id) => drawn(id, words.wards.steps[id], titleSwatches[id], theme));
  classes.push(drawn('unknown', words.wards.steps.unknown, noDataSwatch, theme));
  const unknown = status.wards.every((ward) => ward.title.step === null);
  return finish({
    title: words.wards.by.step,
    classes,
    status,
    classify: (ward) => ward.title.step ?? 'unknown',
    note: unknown ? words.wards.stepUnknownWhy : null,
  });
}

const stateClasses = ({ theme, words }: ChoroplethInput): ColourClass[] =>
  (['met', 'near', 'not-met', 'expired', 'no-data'] satisfies StatusState[]).map((id) =>
    drawn(id, words.wards.states[id], statusSwatches[id], theme),
  );

const metOf = ({ words }: ChoroplethInput, ward: WardStatus): string =>
  words.wards.criteriaMet(ward.criteriaMet, ward.criteriaTotal);

function byState(input: ChoroplethInput): Choropleth {
  return finish({
    title: input.words.wards.by.state,
    classes: stateClasses(input),
    status: input.status,
    classify: (ward) => ward.state,
    detail: (ward) => metOf(input, ward),
  });
}

function byCriterion(input: ChoroplethInput, id: string): Choropleth {
  const about = input.pack?.criteria.find((criterion) => criterion.id === id);
  const of = (ward: WardStatus) => ward.criteria.find((criterion) => criterion.id === id);
  return finish({
    title: about ? input.says.criterion(about.number, about.title[input.lang]) : id,
    classes: stateClasses(input),
    status: input.status,
    classify: (ward) => of(ward)?.state ?? 'no-data',
  });
}

function byTask(input: ChoroplethInput, id: string): Choropleth {
  const { tasks, status, words, says, lang, theme } = input;
  const task = tasks.find((one) => one.id === id);
  const others: ColourClass = { id: OTHERS, label: says.notOfTask, fill: 'transparent', pattern: '' };
  if (!task) return finish({ title: says.tasks, classes: [others], status, classify: () => OTHERS });
  return finish({
    title: says.task(task.title[lang]),
    classes: [drawn(task.state, words.programme.taskStates[task.state], taskSwatches[task.state], theme), others],
    status,
    classify: (ward) => (task.wardKeys.includes(ward.key) ? task.state : OTHERS),
    note: says.taskNote(task.unit?.[lang] ?? words.programme.unitUnknown, formatDate(task.dueOn)),
  });
}

function byCriteriaMet(input: ChoroplethInput): Choropleth {
  return byNumber(input, {
    title: input.words.wards.by.criteria,
    valueOf: (ward) => (ward.criteria.every((criterion) => criterion.state === 'no-data') ? null : ward.criteriaMet),
    detail: (ward) => metOf(input, ward),
    counted: true,
  });
}

function byLateTasks(input: ChoroplethInput): Choropleth {
  const late = input.tasks.filter(({ state }) => state === 'late');
  const valueOf = (ward: WardStatus) => late.filter(({ wardKeys }) => wardKeys.includes(ward.key)).length;
  return byNumber(input, {
    title: input.says.lateTasks,
    valueOf,
    detail: (ward) => input.says.late(valueOf(ward)),
    counted: true,
  });
}

/** An indicator of a pack; `null` = no pack yet, or one without it. */
export const indicatorOf = (pack: CriteriaPack | null, id: string): IndicatorPack | null =>
  pack?.criteria.flatMap((criterion) => criterion.indicators).find((one) => one.id === id) ?? null;

function byIndicator(input: ChoroplethInput, id: string): Choropleth {
  const indicator = indicatorOf(input.pack, id);
  const unit = indicator?.unit ? ` (${indicator.unit})` : '';
  const title = indicator ? `${id} ${indicator.title[input.lang]}${unit}` : id;
  const of = (ward: WardStatus) => ward.criteria.flatMap(({ indicators }) => indicators).find((one) => one.id === id);
  const detail = (ward: WardStatus) => {
    const one = of(ward);
    if (one?.value == null) return '';
    const value = input.quantity(one.value, one.unit);
    return one.target === null ? value : input.words.wards.ofTarget(value, input.quantity(one.target, one.unit));
  };
  const valueOf = (ward: WardStatus) => of(ward)?.value ?? null;
  if (input.classing?.method !== 'trang-thai') return byNumber(input, { title, valueOf, detail });
  return finish({
    title,
    classes: stateClasses(input),
    status: input.status,
    classify: (ward) => of(ward)?.state ?? 'no-data',
    detail,
    number: valueOf,
    method: 'trang-thai',
    note: input.says.rules['trang-thai'],
  });
}

interface NumberQuestion {
  title: string;
  valueOf: (ward: WardStatus) => number | null;
  detail: (ward: WardStatus) => string;
  /** Whole numbers that are counted: boundaries are whole too. */
  counted?: boolean;
}

function byNumber(input: ChoroplethInput, { title, valueOf, detail, counted = false }: NumberQuestion): Choropleth {
  const { status, theme, words, says } = input;
  const asked = input.classing ?? { method: 'deu', breaks: [] };
  const classing: Classing = asked.method === 'trang-thai' ? { method: 'deu', breaks: [] } : asked;
  const values = (input.pool ?? [status])
    .flatMap((day) => day.wards)
    .map(valueOf)
    .filter((value) => value !== null);
  const exact = classBounds(values, classing);
  const bounds = counted && classing.method !== 'tay' ? wholeBounds(exact) : exact;
  const classes = bounds.slice(0, -1).map((_, index): ColourClass => ({
    id: `class-${index}`,
    label: classLabel(input, bounds, index, { open: classing.method === 'tay', counted }),
    fill: sequential[theme][shade(index, bounds.length - 1)]!,
    pattern: '',
  }));
  classes.push(drawn('unknown', words.state.noData, noDataSwatch, theme));
  return finish({
    title,
    classes,
    status,
    classify: (ward) => {
      const value = valueOf(ward);
      return value === null ? 'unknown' : `class-${classIndex(value, bounds)}`;
    },
    detail,
    number: valueOf,
    method: classing.method,
    note: values.length === 0 ? words.wards.noneWithValue : bounds.length > 2 ? ruleOf(says, classing, bounds) : null,
  });
}

/** Few classes take colours from the whole ramp, one class its middle. */
const shade = (index: number, classes: number): number =>
  classes === 1 ? 2 : Math.round((index * (MOST_CLASSES - 1)) / (classes - 1));

const drawn = (id: string, label: string, swatch: Swatch, theme: Theme): ColourClass => ({
  id,
  label,
  fill: swatch.fill[theme],
  pattern: swatch.pattern,
});

interface Answer {
  title: string;
  classes: ColourClass[];
  status: DistrictStatus;
  classify: (ward: WardStatus) => string;
  detail?: (ward: WardStatus) => string;
  number?: (ward: WardStatus) => number | null;
  method?: ClassMethod | null;
  note?: string | null;
}

function finish({ title, classes, status, classify, detail, number, method = null, note = null }: Answer): Choropleth {
  const byId = new Map(classes.map((one) => [one.id, one]));
  const byKey = new Map<string, WardStatus>(status.wards.map((ward) => [ward.key, ward]));
  const ofWard = new Map<string, string>(status.wards.map((ward) => [ward.key, classify(ward)]));
  const counts = new Map<string, number>();
  for (const id of ofWard.values()) counts.set(id, (counts.get(id) ?? 0) + 1);
  const said = <T>(say: ((ward: WardStatus) => T) | undefined, key: string, otherwise: T): T => {
    const ward = byKey.get(key);
    return say && ward ? say(ward) : otherwise;
  };
  return {
    title,
    // A legend of steps nobody stands on would be longer than the map it explains.
    classes: classes.filter((one) => counts.has(one.id) || classes.length <= MOST_CLASSES + 1),
    counts,
    classOf: (key) => byId.get(ofWard.get(key) ?? '') ?? null,
    numberOf: (key) => said(number, key, null),
    detailOf: (key) => said(detail, key, ''),
    method,
    note,
  };
}
