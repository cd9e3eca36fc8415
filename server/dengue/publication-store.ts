import type { CivilDate } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { Region } from './hotspots.ts';

export interface PublishedWeek {
  week: string;
  from: CivilDate;
  to: CivilDate;
  /** `null` = 1 to 4 cases, withheld. */
  total: number | null;
  regions: Region[];
  demo: boolean;
}
interface Row {
  week: string;
  from_on: CivilDate;
  to_on: CivilDate;
  total: number | null;
  regions: string;
  demo: 0 | 1;
}

export const WEEKS_UNTIL = `SELECT week, from_on, to_on, total, regions, demo FROM published_week WHERE week <= ? ORDER BY week`;

/** The weeks the public was told of, oldest first, up to and with one. */
export async function publishedWeeks(db: Reader, until: string): Promise<PublishedWeek[]> {
  const rows = await db.all<Row>(WEEKS_UNTIL, [until]);
  return rows.map(({ week, from_on, to_on, total, regions, demo }) => ({
    week,
    from: from_on,
    to: to_on,
    total,
    regions: JSON.parse(regions) as Region[],
    demo: demo === 1,
  }));
}

export async function putWeeks(tx: Writer, weeks: readonly PublishedWeek[], at: string): Promise<void> {
  await tx.run(
    `INSERT OR REPLACE INTO published_week (week, from_on, to_on, published_at, total, regions, demo)
     SELECT value->>'week', value->>'from', value->>'to', ?, value->>'total', value->>'text', value->>'demo'
     FROM json_each(?)`,
    [at, JSON.stringify(weeks.map((week) => ({ ...week, text: JSON.stringify(week.regions) })))],
  );
}
