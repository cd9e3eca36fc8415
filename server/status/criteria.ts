import { addMonths } from '../../geodata/dates.ts';
import type { CivilDate, CriteriaPack, IndicatorPack } from '../../geodata/schema.ts';
import { statusStates, type IndicatorStatus, type StatusState, type WardStatus } from './contract.ts';
import { judgeOf } from './pack-time.ts';

/** One approved figure of one ward, the newest on or before the day looked at. */
export interface IndicatorEntry {
  value: number | null;
  asOf: CivilDate;
  source: string;
  evidence: {
    title: string;
    expiresOn: CivilDate | null;
    file?: string | null;
    /** From this day on it no longer stands. */
    withdrawnOn?: CivilDate | null;
  } | null;
  demo: boolean;
}

type Measure = Pick<IndicatorPack, 'direction' | 'target' | 'nearMargin' | 'evidenceNeeded' | 'evidenceMonths'>;
type Verdict = Pick<IndicatorStatus, 'state' | 'reason'>;

/** 90 - 89.9 is 0.0999… in binary: differences this small, relative to the target, are equal. */
const ROUNDING = 1e-9;

/** The last day evidence holds: its own, else what its shelf life gives; `null` = it does not run out. */
export function evidenceUntil(
  { evidenceMonths }: Pick<IndicatorPack, 'evidenceMonths'>,
  { evidence, asOf }: Pick<IndicatorEntry, 'evidence' | 'asOf'>,
): CivilDate | null {
  if (!evidence) return null;
  return evidence.expiresOn ?? (evidenceMonths ? addMonths(asOf, evidenceMonths) : null);
}

/** Why evidence does not carry a value that reaches its target; `null` = it does, or none is asked for. */
function evidenceFault(measure: Measure, entry: IndicatorEntry, at: CivilDate): IndicatorStatus['reason'] | null {
  if (!entry.evidence) return measure.evidenceNeeded ? 'evidence-missing' : null;
  const { withdrawnOn } = entry.evidence;
  if (withdrawnOn && withdrawnOn <= at) return 'evidence-withdrawn';
  const until = evidenceUntil(measure, entry);
  return until !== null && until < at ? 'evidence-expired' : null;
}

/**
 * The state of one indicator and why. A value without a target says nothing (`no-data`); a target nobody typed in is
 * never guessed. Evidence runs out at the end of its last day, and then only a claim that would stand is doubted: a
 * value that misses its target stays `not-met`, or waiting would turn red into amber. Evidence that was withdrawn, or
 * that the pack needs and nobody gave, is doubted alike, as `expired`: any other state would let a ward better itself
 * by taking its evidence away.
 */
export function indicatorState(measure: Measure, entry: IndicatorEntry | null, at: CivilDate): Verdict {
  if (entry === null || entry.value === null) return { state: 'no-data', reason: 'no-value' };
  const { direction, target, nearMargin } = measure;
  if (direction === null || target === null) return { state: 'no-data', reason: 'no-target' };

  const shortBy = direction === 'at-least' ? target - entry.value : entry.value - target;
  const slack = ROUNDING * Math.max(1, Math.abs(target));
  if (shortBy <= slack) {
    const fault = evidenceFault(measure, entry, at);
    return fault ? { state: 'expired', reason: fault } : { state: 'met', reason: 'meets-target' };
  }
  if (nearMargin !== null && nearMargin > 0 && shortBy <= nearMargin + slack) {
    return { state: 'near', reason: 'within-margin' };
  }
  return { state: 'not-met', reason: 'misses-target' };
}

/** Worst present wins, in the order of `statusStates`; nothing present is `no-data`. */
export function worstState(states: Iterable<StatusState>): StatusState {
  let worst: number = statusStates.length;
  for (const state of states) worst = Math.min(worst, statusStates.indexOf(state));
  return statusStates[worst] ?? 'no-data';
}

/** The pack in force on a day: the newest that has begun and not ended; before the first pack, the first one (nothing has a value then). One that is an illustration is never in force. */
export const packOn = (packs: readonly CriteriaPack[], at: CivilDate): CriteriaPack =>
  judgeOf(
    packs.map((pack) => ({ pack, version: pack.version ?? 1, from: pack.validFrom, to: pack.validTo })),
    at,
  ).pack;

export type StatusByPack = Pick<WardStatus, 'criteria' | 'criteriaMet' | 'criteriaTotal' | 'state'>;

/**
 * The states of criteria that may need one another: none is better than the worst of those it requires. A circle is
 * refused when a pack is published (`geodata/pack-check.ts`); here it ends at the criterion it began with.
 */
function withRequired(pack: CriteriaPack, own: ReadonlyMap<string, StatusState>): Map<string, StatusState> {
  const requires = new Map(pack.criteria.map((criterion) => [criterion.id, criterion.requires ?? []]));
  const reached = (id: string, seen: Set<string>): Set<string> => {
    if (seen.has(id)) return seen;
    seen.add(id);
    for (const other of requires.get(id) ?? []) reached(other, seen);
    return seen;
  };
  return new Map(
    [...own].map(([id, state]) => [
      id,
      requires.get(id)?.length ? worstState([...reached(id, new Set())].flatMap((one) => own.get(one) ?? [])) : state,
    ]),
  );
}

const evidenceShown = (indicator: IndicatorPack, entry: IndicatorEntry, at: CivilDate): IndicatorStatus['evidence'] => {
  if (!entry.evidence) return null;
  const { title, file, withdrawnOn } = entry.evidence;
  return {
    title,
    expiresOn: evidenceUntil(indicator, entry),
    file: file ?? null,
    ...(withdrawnOn && withdrawnOn <= at && { withdrawnOn }),
  };
};

/**
 * The status of one ward by one pack on one day. `entries` holds at most one figure an indicator; what the pack does
 * not name is left aside, so that figures of another pack never leak in.
 */
export function wardStatus(
  pack: CriteriaPack,
  entries: ReadonlyMap<string, IndicatorEntry>,
  at: CivilDate,
): StatusByPack {
  const judged = pack.criteria.map((criterion) => {
    const indicators = criterion.indicators.map((indicator): IndicatorStatus => {
      const entry = entries.get(indicator.id) ?? null;
      return {
        id: indicator.id,
        value: entry?.value ?? null,
        unit: indicator.unit,
        target: indicator.target,
        ...indicatorState(indicator, entry, at),
        asOf: entry?.asOf ?? null,
        source: entry?.source ?? null,
        evidence: entry ? evidenceShown(indicator, entry, at) : null,
        demo: entry?.demo ?? false,
      };
    });
    return { id: criterion.id, state: worstState(indicators.map(({ state }) => state)), indicators };
  });
  const states = withRequired(pack, new Map(judged.map(({ id, state }) => [id, state])));
  const criteria = judged.map((criterion) => ({ ...criterion, state: states.get(criterion.id)! }));
  return {
    criteria,
    criteriaMet: criteria.filter(({ state }) => state === 'met').length,
    criteriaTotal: criteria.length,
    state: worstState(criteria.map(({ state }) => state)),
  };
}
