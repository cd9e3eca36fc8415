/** What must hold of the outbreak rules that ship. As in fact-checks: faults in plain words, none when sound. */
import type { OutbreakRuleFile, WatchRuleFile } from './schema.ts';

/** The numbers each source states or this project reads from it, told here a second time so that a slip is seen. */
const STATED: Record<string, Record<string, unknown>> = {
  'moh-3711': {
    linkRadiusMeters: 200,
    linkDays: 14,
    laterLinkDays: 14,
    signalDays: 7,
    confirmedAloneSignals: true,
    accuracyLimitMeters: 100,
    countingClasses: 'clinical,confirmed',
    endAfterDays: 14,
    vectorRadiusMeters: 200,
    vectorDays: 14,
    actWithinHours: 48,
    roundGapFromDays: 7,
    roundGapUntilDays: 10,
    coveragePercent: 95,
    newCaseDays: 14,
    wideOutbreaks: 3,
    wideDays: 14,
    surveyAfterDays: null,
  },
  'hcmc-2021': {
    linkRadiusMeters: 200,
    linkDays: 14,
    laterLinkDays: 30,
    signalDays: 14,
    confirmedAloneSignals: false,
    accuracyLimitMeters: 100,
    countingClasses: 'clinical,confirmed',
    endAfterDays: 28,
    vectorRadiusMeters: null,
    vectorDays: null,
  },
};

/** The rules that ship, each once, with the numbers stated; a number nobody published is never of high confidence. */
export function checkOutbreakRules(rules: readonly OutbreakRuleFile[]): string[] {
  const faults: string[] = [];
  const ids = rules.map(({ id }) => id);
  if (ids.join() !== Object.keys(STATED).join())
    faults.push(`outbreak rules: ${ids.join()} found, ${Object.keys(STATED).join()} expected`);
  for (const { id, parameters, response, issuedOn, asOf } of rules) {
    if (issuedOn !== null && issuedOn > asOf) faults.push(`${id}: told as of a day before it was issued`);
    for (const [name, { value, source, confidence }] of Object.entries({ ...parameters, ...response })) {
      const wanted = STATED[id]?.[name];
      const found = Array.isArray(value) ? value.join() : value;
      if (found !== wanted) faults.push(`${id}: ${name} is ${String(found)}, ${String(wanted)} expected`);
      if (source.startsWith('Tây Hồ Atlas') && confidence === 'high')
        faults.push(`${id}: ${name} is our own reading, which is not of high confidence`);
    }
  }
  return faults;
}

/** Years, warning and limit (in deviations) of the channel rules, a second time. */
const CHANNELS = 'qd-02-2016 from ever: 3, null, 0; tt-15-2026 from 2026-07-01: 5, 1, 2';

/** What the season is watched by: the numbers of the decrees, in the order in which they hold. */
export function checkWatchRule({ channels }: WatchRuleFile): string[] {
  const told = channels.map(({ id, from, parameters: { years, warningDeviations, limitDeviations } }) => {
    const numbers = [years, warningDeviations, limitDeviations].map(({ value }) => String(value));
    return `${id} from ${from ?? 'ever'}: ${numbers.join(', ')}`;
  });
  return told.join('; ') === CHANNELS ? [] : [`channels: ${told.join('; ')} found, ${CHANNELS} expected`];
}
