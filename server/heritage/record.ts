/** What the file of a relic may say, and how complete it is: pure. */
import { recordParts, type RecordFields, type RecordPart } from './record-contract.ts';
import type { StoredRelic } from './relic.ts';

/** A lunar month has 29 or 30 days, a lunar year twelve months; a leap month bears the number of the one before. */
const LUNAR_MONTH_DAYS = 30;
/** February 29th is there in some years. */
const SOLAR_MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLunarDay = ({ day, month }: { day: number; month: number }): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= LUNAR_MONTH_DAYS;
const isSolarDay = ({ day, month }: { day: number; month: number }): boolean =>
  day >= 1 && day <= (SOLAR_MONTH_DAYS[month - 1] ?? 0);

/**
 * Why a record cannot stand, or `null`.
 * @param year this year
 * @returns `no_such_lunar_date`, `no_such_solar_date`, `decision_without_rank`, `restored_in_future`
 */
export function refuseRecord(record: RecordFields, year: number): { path: string; code: string } | null {
  for (const [i, { lunar, solar }] of record.festivals.entries()) {
    if (lunar && !isLunarDay(lunar)) return { path: `festivals.${i}.lunar`, code: 'no_such_lunar_date' };
    if (solar && !isSolarDay(solar)) return { path: `festivals.${i}.solar`, code: 'no_such_solar_date' };
  }
  const ranked = record.rank !== null && record.rank !== 'inventoried';
  if (!ranked && (record.rankDecision !== null || record.rankYear !== null))
    return { path: 'rankDecision', code: 'decision_without_rank' };
  if (record.restoredYear !== null && record.restoredYear > year)
    return { path: 'restoredYear', code: 'restored_in_future' };
  return null;
}

/** What a file should hold and does not. A relic that is inventoried only has no decision to name. */
export function missingOf(record: RecordFields, { position, condition }: Pick<StoredRelic, 'position' | 'condition'>) {
  const there: Record<RecordPart, boolean> = {
    otherNames: record.otherNames.length > 0,
    heritageType: record.heritageType !== null,
    rank: record.rank !== null,
    rankDecision: record.rankDecision !== null || record.rank === 'inventoried',
    address: record.address !== null,
    position: position !== null,
    custodian: record.custodian !== null,
    festivals: record.festivals.length > 0,
    restoredYear: record.restoredYear !== null,
    condition: condition !== null,
  };
  const missing = recordParts.filter((part) => !there[part]);
  return { missing, complete: { there: recordParts.length - missing.length, of: recordParts.length } };
}
