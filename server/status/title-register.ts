/** One line of the register of the title, from what is known of a ward on a day. Pure. */
import type { TitleProcedure } from '../../geodata/procedure-schema.ts';
import type { CivilDate, WardFacts } from '../../geodata/schema.ts';
import { culturalWardOn } from '../wards/facts.ts';
import type { WardStatus } from './contract.ts';
import type { RegisterLine, StepDocument, TitleRegister } from './title-contract.ts';
import { conditionsOf, deadlinesOf, type DatedStep } from './title-deadline.ts';
import { documentsOfStep } from './title-record.ts';
import { currentRound, isRenewal, standingOf, type ProcedureStep } from './title.ts';
import type { WorkCalendar } from './working-days.ts';

export interface RegisteredStep extends DatedStep {
  demo: boolean;
  documents: readonly StepDocument[];
}

/** The papers that the steps taken in this round need, and those of them that somebody has put here. */
function papersOf(round: readonly RegisteredStep[], procedure: TitleProcedure): RegisterLine['documents'] {
  const steps = [...new Set(round.map(({ step }) => step))];
  const needed = [...new Set(steps.flatMap((step) => documentsOfStep(procedure, step)))].filter((one) => one.needed);
  const here = new Set(round.flatMap(({ documents }) => documents.map(({ document }) => document)));
  const missing = needed.filter(({ id }) => !here.has(id)).map(({ id }) => id);
  return { needed: needed.length, present: needed.length - missing.length, missing };
}

/** @param history the ward's steps known by `at`, oldest first */
export function registerLine(
  history: readonly RegisteredStep[],
  status: WardStatus,
  { procedure, calendar, at }: { procedure: TitleProcedure; calendar: WorkCalendar; at: CivilDate },
): RegisterLine {
  const last = history.at(-1) ?? null;
  const round = currentRound(history);
  const conditions = conditionsOf(history, status, procedure, at);
  const { key, code, name, criteriaMet, criteriaTotal, culturalWard } = status;
  return {
    ...{ key, code, name, criteriaMet, criteriaTotal, culturalWard },
    step: last?.step ?? null,
    standing: last && standingOf(last.step),
    since: last?.since ?? null,
    paper: last?.paper ?? null,
    source: last?.source ?? null,
    demo: history.some(({ demo }) => demo),
    registeredOn: round.find(({ step }: { step: ProcedureStep }) => step === 'registered')?.since ?? null,
    renewal: isRenewal(history),
    deadlines: deadlinesOf(history, procedure, calendar, at),
    criteriaKnown: conditions.find(({ id }) => id === 'criteria')?.value !== null,
    satisfaction: conditions.find(({ id }) => id === 'satisfaction')?.value ?? null,
    conditions,
    documents: papersOf(round, procedure),
  };
}

/** How many of these wards held the title "Phường văn hóa" on each day, up to `at`, on which that number changed. */
export function culturalCounts(facts: readonly WardFacts['wards'][number][], at: CivilDate): TitleRegister['cultural'] {
  const days = [...new Set(facts.flatMap(({ culturalWard }) => culturalWard.map(({ since }) => since)))].sort();
  const counts: TitleRegister['cultural'] = [];
  for (const on of days.filter((day) => day <= at)) {
    const recognised = facts.filter((one) => culturalWardOn(one.culturalWard, on)?.state === 'recognised').length;
    if (recognised !== (counts.at(-1)?.recognised ?? 0)) counts.push({ on, recognised, total: facts.length });
  }
  return counts;
}
