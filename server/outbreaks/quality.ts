/** What is amiss with the cases on record. Pure. */
import { daysBetween } from '../../geodata/dates.ts';
import type { CivilDate, Position, Units, WardKey } from '../../geodata/schema.ts';
import type { KeptCase } from './kept.ts';
import type { Quality } from './watch-contract.ts';

type WardAt = (position: Position, units: Units) => WardKey | null;

const shareOf = (count: number, of: number) => ({
  count,
  of,
  percent: of === 0 ? null : Math.round((count / of) * 1000) / 10,
});

/** The middle of the values, the mean of the two middle ones of an even count; `null` of none. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Of every case with onset in the span, suspected ones too. */
export function qualityOf(
  cases: Iterable<KeptCase>,
  wardAt: WardAt,
  span: { from: CivilDate; to: CivilDate; lateDays: number; accuracyLimitMeters: number },
): Quality {
  const { from, to, lateDays, accuracyLimitMeters } = span;
  let [all, placed, vague, reversed, late, stated, outside] = [0, 0, 0, 0, 0, 0, 0];
  const delays: number[] = [];
  let reported = 0;
  for (const { onsetOn, reportedOn, lng, lat, accuracyMeters, wardKey } of cases) {
    if (onsetOn < from || onsetOn > to) continue;
    all += 1;
    if (reportedOn !== null) {
      reported += 1;
      const delay = daysBetween(onsetOn, reportedOn);
      if (delay < 0) reversed += 1;
      else delays.push(delay);
      if (delay > lateDays) late += 1;
    }
    if (lng === null || lat === null) continue;
    placed += 1;
    if (accuracyMeters === null || accuracyMeters >= accuracyLimitMeters) vague += 1;
    else if (wardKey !== null) {
      stated += 1;
      if (wardAt([lng, lat], wardKey.split('@')[1] as Units) !== wardKey) outside += 1;
    }
  }
  return {
    from,
    to,
    onsetAfterReport: shareOf(reversed, reported),
    outsideWard: shareOf(outside, stated),
    lateReports: { ...shareOf(late, reported), lateDays, medianDays: medianOf(delays) },
    noReportDate: shareOf(all - reported, all),
    located: shareOf(placed, all),
    vague: shareOf(vague, placed),
  };
}
