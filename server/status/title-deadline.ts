/** By when what comes next is due, and which conditions of the title are met. Pure: the day is passed in. */
import { addDays, addMonths } from '../../geodata/dates.ts';
import type { TitleProcedure } from '../../geodata/procedure-schema.ts';
import type { CivilDate } from '../../geodata/schema.ts';
import type { WardStatus } from './contract.ts';
import type { Condition, Deadline } from './title-contract.ts';
import { currentRound, isRenewal, type ProcedureStep, type Taken } from './title.ts';
import { addWorkingDays, rollForward, workingDaysBetween, type CountedDay, type WorkCalendar } from './working-days.ts';

export interface DatedStep extends Taken {
  source: string;
  paper: string | null;
  dueOn: CivilDate | null;
  satisfaction: number | null;
}
type Rule = TitleProcedure['steps'][number]['deadlines'][number];
type Dated = DatedStep & { since: CivilDate };

function endOf({ count, unit, kind }: Rule, since: CivilDate, procedure: TitleProcedure, calendar: WorkCalendar) {
  if (unit === 'working-day') return addWorkingDays(since, count, calendar);
  const on = addDays(since, count);
  return kind === 'within' && procedure.rollsForward.value ? rollForward(on, calendar) : { on, unknownYears: [] };
}

const decisions: readonly ProcedureStep[] = ['recognised', 'refused'];
const answers = (step: ProcedureStep, next: Rule['next']): boolean =>
  next === 'decision' ? decisions.includes(step) : step === next;

/**
 * Every day that is still ahead, or was missed, of a ward's history (oldest first, as known on `at`): those the procedure
 * sets from the steps of this round, one that the last paper sets itself, and the day the title is to be given again.
 * What was done is no deadline any more, nor what a later step took back. The sooner first.
 */
export function deadlinesOf(
  history: readonly DatedStep[],
  procedure: TitleProcedure,
  calendar: WorkCalendar,
  at: CivilDate,
): Deadline[] {
  const last = history.at(-1);
  if (!last) return [];
  const round = currentRound(history);
  const numberOf = (id: ProcedureStep) => procedure.steps.find((step) => step.id === id)?.number ?? 0;
  const reached = numberOf(last.step);
  const found: Deadline[] = [];
  const add = (end: CountedDay, about: Pick<Deadline, 'kind' | 'next' | 'title' | 'since' | 'source' | 'confidence'>) =>
    found.push({ ...about, ...timeTo(end, about.kind, procedure, calendar, at) });

  for (const rule of procedure.steps.flatMap(({ deadlines }) => deadlines)) {
    const place = round.findLastIndex((taken): taken is Dated => taken.step === rule.since && taken.since !== null);
    const since = round[place]?.since;
    if (!since || numberOf(rule.since) > reached) continue;
    if (round.slice(place + 1).some(({ step }) => answers(step, rule.next))) continue;
    // Past the step that it was to come before, nothing is waited for.
    if (rule.next !== 'decision' && numberOf(rule.next) <= reached) continue;
    const kind = rule.kind === 'within' ? 'statutory' : 'at-least';
    const { next, title, source, confidence } = rule;
    add(endOf(rule, since, procedure, calendar), { kind, next, title, since, source, confidence });
  }
  if (last.dueOn && last.since) {
    const title = { vi: 'Hạn nêu trong văn bản', en: 'Day set by the paper' };
    const source = last.paper ?? last.source;
    const about = { kind: 'paper', next: nextOf(last.step, procedure), title, since: last.since } as const;
    add({ on: last.dueOn, unknownYears: [] }, { ...about, source, confidence: null });
  }
  const decided = round.findLast((taken): taken is Dated => taken.step === 'recognised' && taken.since !== null);
  if (decided && ['recognised', 'published', 'recognition-due'].includes(last.step)) {
    const { years, source, confidence } = procedure.renewal;
    const title = { vi: 'Đến hạn công nhận lại', en: 'Due for recognition again' };
    const on = addMonths(decided.since, 12 * years);
    const about = { kind: 'renewal', next: 'registered', title, since: decided.since } as const;
    add({ on, unknownYears: [] }, { ...about, source, confidence });
  }
  return found.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

/** The step of the next number; the step itself where there is none. */
function nextOf(step: ProcedureStep, { steps }: TitleProcedure): string {
  const number = steps.find(({ id }) => id === step)?.number ?? 0;
  return steps.find((one) => one.number === number + 1)?.id ?? step;
}

function timeTo(
  { on, unknownYears }: CountedDay,
  kind: Deadline['kind'],
  procedure: TitleProcedure,
  calendar: WorkCalendar,
  at: CivilDate,
): Pick<Deadline, 'dueOn' | 'daysLeft' | 'state' | 'unknownYears'> {
  const daysLeft = workingDaysBetween(at, on, calendar);
  const soon =
    kind === 'renewal'
      ? at >= addMonths(on, -procedure.renewal.soonMonths.value)
      : daysLeft <= procedure.soonWorkingDays.value;
  const state =
    kind === 'at-least' ? (at < on ? 'waiting' : 'open') : at > on ? 'late' : soon ? 'soon' : ('on-time' as const);
  // Late over a weekend is late: no working day has passed, and the day has.
  return { dueOn: on, daysLeft, state, unknownYears };
}

/** Until when the report of this round's consultation is to be public; `null` = nobody says when it began. */
export function publicUntil(history: readonly Taken[], { steps }: TitleProcedure): CivilDate | null {
  const rule = steps.flatMap(({ deadlines }) => deadlines).find(({ kind }) => kind === 'at-least');
  const began = currentRound(history).findLast(({ step }) => step === rule?.since)?.since;
  return rule && began ? addDays(began, rule.count) : null;
}

/** The four conditions of QĐ 04/2022/QĐ-TTg, Điều 5, as far as they can be computed on a day. */
export function conditionsOf(
  history: readonly DatedStep[],
  { criteriaMet, criteriaTotal, criteria }: Pick<WardStatus, 'criteriaMet' | 'criteriaTotal' | 'criteria'>,
  { conditions }: TitleProcedure,
  at: CivilDate,
): Condition[] {
  const round = currentRound(history);
  const registered = round.find(({ step }) => step === 'registered');
  return conditions.map(({ id, target, renewalTarget }) => {
    const about = { id, target, value: null, metOn: null };
    if (id === 'registered') {
      const known = history.length === 0 || (!registered && round.at(-1)?.step !== 'not-registered');
      return { ...about, state: registered ? 'met' : known ? 'no-data' : 'not-met' };
    }
    if (id === 'criteria') {
      const wanting = criteria.filter(({ state }) => state !== 'met');
      const known = criteria.some(({ state }) => state !== 'no-data');
      const state =
        wanting.length === 0 && criteriaTotal > 0
          ? 'met'
          : wanting.every((one) => one.state === 'no-data')
            ? 'no-data'
            : 'not-met';
      return { ...about, state, value: known ? criteriaMet : null };
    }
    if (id === 'time') {
      const years = (isRenewal(history) ? renewalTarget : undefined) ?? target;
      const metOn = registered?.since && years !== null ? addMonths(registered.since, 12 * years) : null;
      return { ...about, target: years, metOn, state: metOn === null ? 'no-data' : metOn <= at ? 'met' : 'not-met' };
    }
    const value = round.findLast(({ satisfaction }) => satisfaction !== null)?.satisfaction ?? null;
    return { ...about, value, state: value === null || target === null ? 'no-data' : value >= target ? 'met' : 'not-met' }; // prettier-ignore
  });
}
