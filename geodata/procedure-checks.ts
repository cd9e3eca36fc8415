/** What must hold of the procedure of the title and of the public holidays: faults in plain words, none when sound. */
import type { Holidays, TitleProcedure } from './procedure-schema.ts';

/** 0 = Sunday. */
const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWeekend = (day: string): boolean => weekday(day) === 0 || weekday(day) === 6;

/** The numbers of QĐ 04/2022/QĐ-TTg as the project read them: eight steps, 3, 5 and 13 working days, 30 days twice. */
const NUMBERS: readonly string[] = [
  'consultation at-least 30 day',
  'dossier within 3 working-day',
  'dossier within 13 working-day',
  'council within 5 working-day',
  'recognised within 30 day',
];

/** Eight numbered steps, each deadline counted from its own step to one that is there, the numbers of the decree. */
export function checkProcedure(procedure: TitleProcedure): string[] {
  const faults: string[] = [];
  const ids = new Set<string>(procedure.steps.map(({ id }) => id));
  if (procedure.steps.length !== 8) faults.push(`${procedure.steps.length} steps, not 8`);
  procedure.steps.forEach(({ number, id, deadlines }, i) => {
    if (number !== i + 1) faults.push(`${id}: number ${number} stands at place ${i + 1}`);
    for (const { since, next } of deadlines) {
      if (since !== id) faults.push(`${id}: a deadline counts from ${since}`);
      if (next !== 'decision' && !ids.has(next)) faults.push(`${id}: a deadline for ${next}, which is no step`);
    }
  });
  const said = procedure.steps.flatMap(({ deadlines }) =>
    deadlines.map(({ since, kind, count, unit }) => `${since} ${kind} ${count} ${unit}`),
  );
  for (const number of NUMBERS) if (!said.includes(number)) faults.push(`no deadline "${number}"`);
  const documents = procedure.steps.flatMap((step) => [...step.documents, ...(step.otherwise?.documents ?? [])]);
  if (new Set(documents.map(({ id }) => id)).size !== documents.length) faults.push('two documents of one id');
  if (procedure.conditions.length !== 4) faults.push(`${procedure.conditions.length} conditions, not 4`);
  return faults;
}

/** Years in order; each day in its year, once, in order; eleven holidays a year; what is worked was a day off. */
export function checkHolidays({ years }: Holidays): string[] {
  const faults: string[] = [];
  years.forEach(({ year, days, workedDays }, i) => {
    const before = years[i - 1]?.year;
    if (before !== undefined && year !== before + 1) faults.push(`${year} after ${before}`);
    const on = days.map((day) => day.on);
    if ([...on].sort().join() !== on.join() || new Set(on).size !== on.length)
      faults.push(`${year}: days out of order`);
    for (const day of on) if (!day.startsWith(`${year}-`)) faults.push(`${day} stands in ${year}`);
    const holidays = days.filter(({ kind }) => kind === 'holiday');
    if (holidays.length !== 11) faults.push(`${year}: ${holidays.length} holidays, the Labour Code has 11`);
    const offTwice = holidays.filter(({ on: day }) => isWeekend(day)).length;
    const inLieu = days.filter(({ kind }) => kind === 'in-lieu').length;
    if (offTwice !== inLieu) faults.push(`${year}: ${offTwice} holidays on days off, ${inLieu} days in lieu`);
    for (const { on: day, kind } of days)
      if (kind !== 'holiday' && isWeekend(day)) faults.push(`${day}: a day off in place of a day off`);
    const swapped = days.filter(({ kind }) => kind === 'swapped').map((day) => day.on);
    if (swapped.join() !== workedDays.map(({ insteadOf }) => insteadOf).join())
      faults.push(`${year}: swapped days and worked days do not pair`);
    for (const { on: day } of workedDays) if (!isWeekend(day)) faults.push(`${day} is worked anyway`);
  });
  return faults;
}
