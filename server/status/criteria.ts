import type { CivilDate, CriteriaPack, IndicatorPack } from '../../geodata/schema.ts';
import { statusStates, type IndicatorStatus, type StatusState, type WardStatus } from './contract.ts';

/** One approved figure of one ward, the newest on or before the day looked at. */
export interface IndicatorEntry {
  value: number | null;
  asOf: CivilDate;
  source: string;
  evidence: { title: string; expiresOn: CivilDate | null; file?: string | null } | null;
  demo: boolean;
}

type Measure = Pick<IndicatorPack, 'direction' | 'target' | 'nearMargin'>;
type Verdict = Pick<IndicatorStatus, 'state' | 'reason'>;

/** 90 - 89.9 is 0.0999… in binary: differences this small, relative to the target, are equal. */
const ROUNDING = 1e-9;

/**
 * The state of one indicator and why. A value without a target says nothing (`no-data`); a target nobody typed in is
 * never guessed. Evidence runs out at the end of its last day, and then only a claim that would stand is doubted: a
 * value that misses its target stays `not-met`, or waiting would turn red into amber.
 */
export function indicatorState(measure: Measure, entry: IndicatorEntry | null, at: CivilDate): Verdict {
  if (entry === null || entry.value === null) return { state: 'no-data', reason: 'no-value' };
  const { direction, target, nearMargin } = measure;
  if (direction === null || target === null) return { state: 'no-data', reason: 'no-target' };

  const shortBy = direction === 'at-least' ? target - entry.value : entry.value - target;
  const slack = ROUNDING * Math.max(1, Math.abs(target));
  if (shortBy <= slack) {
    const expiresOn = entry.evidence?.expiresOn ?? null;
    if (expiresOn !== null && expiresOn < at) return { state: 'expired', reason: 'evidence-expired' };
    return { state: 'met', reason: 'meets-target' };
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
export function packOn(packs: readonly CriteriaPack[], at: CivilDate): CriteriaPack {
  // A demo pack carries the real one's lines with invented targets, so it goes first where it exists.
  const ranked = packs
    .filter(({ illustration }) => !illustration)
    .sort(
      (a, b) => Number(b.demo) - Number(a.demo) || (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0),
    );
  const inForce = ranked.find((pack) => pack.validFrom <= at && (pack.validTo === null || at <= pack.validTo));
  const first = inForce ?? ranked.at(-1);
  if (!first) throw new Error('no criteria pack');
  return first;
}

export type StatusByPack = Pick<WardStatus, 'criteria' | 'criteriaMet' | 'criteriaTotal' | 'state'>;

/**
 * The status of one ward by one pack on one day. `entries` holds at most one figure an indicator; what the pack does
 * not name is left aside, so that figures of another pack never leak in.
 */
export function wardStatus(
  pack: CriteriaPack,
  entries: ReadonlyMap<string, IndicatorEntry>,
  at: CivilDate,
): StatusByPack {
  const criteria = pack.criteria.map((criterion) => {
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
        evidence: entry?.evidence ? { ...entry.evidence, file: entry.evidence.file ?? null } : null,
        demo: entry?.demo ?? false,
      };
    });
    return { id: criterion.id, state: worstState(indicators.map(({ state }) => state)), indicators };
  });
  return {
    criteria,
    criteriaMet: criteria.filter(({ state }) => state === 'met').length,
    criteriaTotal: criteria.length,
    state: worstState(criteria.map(({ state }) => state)),
  };
}
