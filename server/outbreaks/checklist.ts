/** What is to be done about an outbreak by the guide, by when, and how far it is. Pure. */
import { addDays, daysBetween } from '../../geodata/dates.ts';
import type { CivilDate, OutbreakRuleFile } from '../../geodata/schema.ts';
import { stepCodes, type ResponseAction, type Step, type StepCode } from './response-contract.ts';

type File = NonNullable<OutbreakRuleFile['response']>;
/** The numbers of a rule file's `response`, without their citations. */
export type ResponseRule = { [K in keyof File]: File[K]['value'] };

export const responseRule = (file: File): ResponseRule =>
  Object.fromEntries(Object.entries(file).map(([name, { value }]) => [name, value])) as ResponseRule;

export type Done = Pick<ResponseAction, 'id' | 'kind' | 'round' | 'doneOn' | 'coveragePercent' | 'team'>;

/** A vector survey of the outbreak; `high` = an index reached its alarm. */
export interface Survey {
  id: string;
  kind: 'before' | 'after';
  on: CivilDate;
  high: boolean;
  team: string | null;
}

export interface Situation {
  openedOn: CivilDate;
  /** `null` = a signal: it is verified and surveyed, and not yet treated. */
  declaredOn: CivilDate | null;
  /** The last day it is expected to last. */
  expectedEndOn: CivilDate;
  onsets: readonly CivilDate[];
  actions: readonly Done[];
  surveys: readonly Survey[];
  /** The day from which too many outbreaks share a residential group with it; `null` = they do not. */
  manyOn: CivilDate | null;
}

/** What is known of a step before the day is looked at. */
interface Plan extends Pick<Step, 'reasons' | 'warnings'> {
  from: CivilDate | null;
  dueOn: CivilDate | null;
  /** Waits for a step before it. */
  blocked?: boolean;
  needless?: boolean;
  done: { id: string; on: CivilDate; coveragePercent: number | null; team: string | null } | null;
}
const plan = (more: Partial<Plan>): Plan => ({
  from: null,
  dueOn: null,
  done: null,
  reasons: [],
  warnings: [],
  ...more,
});

const earliest = <T>(all: readonly T[], dayOf: (one: T) => CivilDate): T | undefined =>
  all.toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1))[0];

const doneBy = ({ id, doneOn, coveragePercent, team }: Done): Plan['done'] => ({
  id,
  on: doneOn,
  coveragePercent,
  team,
});
const surveyedBy = (survey: Survey | undefined): Plan['done'] =>
  survey ? { id: survey.id, on: survey.on, coveragePercent: null, team: survey.team } : null;

/** A round that reached its houses counts before one that did not; of several, the first. */
function bestOf(actions: readonly Done[], rule: ResponseRule): Plan['done'] {
  const whole = actions.filter(({ coveragePercent }) => (coveragePercent ?? 0) >= rule.coveragePercent);
  const best = earliest(whole.length > 0 ? whole : actions, ({ doneOn }) => doneOn);
  return best ? doneBy(best) : null;
}

function coverageWarning(done: Plan['done'], rule: ResponseRule): Step['warnings'] {
  if (!done) return [];
  if (done.coveragePercent === null) return ['coverage-unknown'];
  return done.coveragePercent < rule.coveragePercent ? ['coverage-low'] : [];
}

/** Why a third round is asked for, and the day it was known. */
function thirdRound({ onsets, surveys }: Situation, second: CivilDate, rule: ResponseRule) {
  const until = addDays(second, rule.newCaseDays);
  const newCase = earliest(
    onsets.filter((onset) => onset > second && onset <= until),
    (onset) => onset,
  );
  // Only the last survey tells how the indices stand.
  const last = surveys.filter(({ kind, on }) => kind === 'after' && on >= second).toSorted((a, b) => (a.on < b.on ? 1 : -1))[0]; // prettier-ignore
  const high = last?.high ? last.on : undefined;
  const reasons: Step['reasons'] = [
    ...(newCase ? (['new-cases'] as const) : []),
    ...(high ? (['index-high'] as const) : []),
  ];
  const on = [newCase, high].filter((day) => day !== undefined).sort()[0] ?? null;
  return { reasons, on };
}

const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

function plansOf(situation: Situation, rule: ResponseRule): Record<StepCode, Plan> {
  const { openedOn, declaredOn, actions, surveys, manyOn } = situation;
  const actDays = rule.actWithinHours / 24;
  const of = (kind: Done['kind'], round?: number) =>
    actions.filter((one) => one.kind === kind && (round === undefined || one.round === round));
  const [larvae, first, second, third] = [
    bestOf(of('larvae'), rule),
    ...[1, 2, 3].map((round) => bestOf(of('spray', round), rule)),
  ] as [Plan['done'], Plan['done'], Plan['done'], Plan['done']];
  const asked = second ? thirdRound(situation, second.on, rule) : { reasons: [], on: null };
  const treatBy = declaredOn && addDays(declaredOn, actDays);
  const between = (days: number) => (first ? addDays(first.on, days) : null);
  const afterSecond = (days: number | null) => (second && days !== null ? addDays(second.on, days) : null);
  const before = surveys.filter(({ kind, on }) => kind === 'before' && (!first || on <= first.on));
  const after = surveys.filter(({ kind, on }) => kind === 'after' && second && on >= second.on);

  return {
    verify: plan({ dueOn: addDays(openedOn, actDays), done: bestOf(of('verify'), rule) }),
    'survey-before': plan({
      dueOn: addDays(openedOn, actDays),
      done: surveyedBy(earliest(before, ({ on }) => on)),
    }),
    larvae: plan({
      dueOn: treatBy,
      blocked: !declaredOn,
      done: larvae,
      warnings: coverageWarning(larvae, rule),
    }),
    'spray-1': plan({
      from: larvae?.on ?? null,
      dueOn: treatBy,
      // Larvae are cleared before adults are sprayed, and nothing is sprayed about a signal.
      blocked: !declaredOn || !larvae,
      done: first,
      warnings: [
        ...(first && (!larvae || larvae.on > first.on) ? (['too-early'] as const) : []),
        ...coverageWarning(first, rule),
      ],
    }),
    'spray-2': plan({
      from: between(rule.roundGapFromDays),
      dueOn: between(rule.roundGapUntilDays),
      blocked: !first,
      done: second,
      warnings: [
        ...(second && first && daysBetween(first.on, second.on) < rule.roundGapFromDays
          ? (['too-early'] as const)
          : []),
        ...(second && first && daysBetween(first.on, second.on) > rule.roundGapUntilDays
          ? (['too-late'] as const)
          : []),
        ...coverageWarning(second, rule),
      ],
    }),
    'survey-after': plan({
      from: second?.on ?? null,
      dueOn: afterSecond(rule.surveyAfterDays),
      blocked: !second,
      done: surveyedBy(earliest(after, ({ on }) => on)),
    }),
    'spray-3': plan({
      from: asked.on && afterSecond(rule.roundGapFromDays),
      dueOn: asked.on && second && later(addDays(second.on, rule.roundGapUntilDays), addDays(asked.on, actDays)),
      needless: asked.on === null,
      reasons: asked.reasons,
      done: third,
      warnings: coverageWarning(third, rule),
    }),
    wide: plan({
      dueOn: manyOn && addDays(manyOn, actDays),
      needless: manyOn === null,
      reasons: manyOn ? ['many-outbreaks'] : [],
      done: bestOf(of('wide'), rule),
      warnings: coverageWarning(bestOf(of('wide'), rule), rule),
    }),
  };
}

function stateOf({ done, blocked, needless, from, dueOn }: Plan, at: CivilDate, ended: boolean): Step['state'] {
  if (done) return 'done';
  if (needless) return 'needless';
  if (!blocked && dueOn && at > dueOn) return 'late';
  // Nobody treats an outbreak that is over: what was not due by then is not asked for any more.
  if (ended) return 'needless';
  return blocked || (from && at < from) ? 'waiting' : 'due';
}

function stepOf(code: StepCode, known: Plan, at: CivilDate, ended: boolean): Step {
  const { done, from, dueOn, reasons, blocked } = known;
  const state = stateOf(known, at, ended);
  const daysLate = dueOn === null || blocked ? 0 : Math.max(0, daysBetween(dueOn, done?.on ?? at));
  // Of the second round `too-late` says it already.
  const doneLate = done && daysLate > 0 && !known.warnings.includes('too-late');
  return {
    code,
    state,
    from,
    dueOn,
    daysLate: state === 'late' || state === 'done' ? daysLate : 0,
    doneOn: done?.on ?? null,
    coveragePercent: done?.coveragePercent ?? null,
    warnings: [...(doneLate ? (['done-late'] as const) : []), ...known.warnings],
    reasons,
    actionId: done?.id ?? null,
    team: done?.team ?? null,
  };
}

const RANK: Record<Step['state'], number> = { late: 0, due: 1, waiting: 2, done: 3, needless: 4 };

/** Late steps first, the latest of them on top; then what is due, by its day; within a state in the guide's order. */
export const inUrgency = <S extends Pick<Step, 'state' | 'daysLate' | 'dueOn' | 'code'>>(steps: readonly S[]): S[] =>
  steps.toSorted(
    (a, b) =>
      RANK[a.state] - RANK[b.state] ||
      (a.state === 'late' ? b.daysLate - a.daysLate : 0) ||
      (a.state === 'due' ? ((a.dueOn ?? '9999') < (b.dueOn ?? '9999') ? -1 : a.dueOn === b.dueOn ? 0 : 1) : 0) ||
      stepCodes.indexOf(a.code) - stepCodes.indexOf(b.code),
  );

/**
 * The steps of an outbreak on a day, late ones first. What was done after that day is not known then. Of an outbreak
 * that has ended, a step stays as late as it was on the day of the end.
 */
export function checklistOf(situation: Situation, rule: ResponseRule, at: CivilDate): Step[] {
  const ended = at > situation.expectedEndOn;
  const day = ended ? addDays(situation.expectedEndOn, 1) : at;
  const plans = plansOf(
    {
      ...situation,
      actions: situation.actions.filter(({ doneOn }) => doneOn <= at),
      surveys: situation.surveys.filter(({ on }) => on <= at),
      onsets: situation.onsets.filter((onset) => onset <= at),
    },
    rule,
  );
  return inUrgency(stepCodes.map((code) => stepOf(code, plans[code], day, ended)));
}

/** % of the houses, one decimal; `null` = one of the two was not counted, or there is no house. */
export const coverageOf = (houses: number | null, housesDone: number | null): number | null =>
  houses === null || housesDone === null || houses === 0 ? null : Math.round((housesDone / houses) * 1000) / 10;

/** An outbreak as neighbours are counted: the day it opened and its residential groups, each with its ward. */
export interface Neighbour {
  number: string;
  openedOn: CivilDate;
  groups: ReadonlySet<string>;
}

/** One residential group of a ward, however it was written: "Tổ 5" and "tổ  05" are one. */
export const groupKey = (ward: string, group: string): string =>
  `${ward} ${group
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\b0+(?=\d)/g, '')}`;

/**
 * The day from which so many outbreaks of one residential group, this one among them, had opened within so many days
 * that all of it is to be treated; `null` = they are fewer.
 */
export function manyFrom(one: Neighbour, all: readonly Neighbour[], rule: ResponseRule): CivilDate | null {
  let first: CivilDate | null = null;
  for (const group of one.groups) {
    const days = all.filter(({ groups }) => groups.has(group)).map(({ openedOn }) => openedOn).sort(); // prettier-ignore
    for (let i = 0; i + rule.wideOutbreaks <= days.length; i++) {
      const [from, on] = [days[i]!, days[i + rule.wideOutbreaks - 1]!];
      const isAmong = one.openedOn >= from && one.openedOn <= addDays(from, rule.wideDays);
      if (daysBetween(from, on) <= rule.wideDays && isAmong && (first === null || on < first)) first = on;
    }
  }
  return first;
}
