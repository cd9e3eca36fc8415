/**
 * Epidemic curve and channel over five city-years, 150,000 cases: against the straight way, which asks of every case in
 * which week and month it fell ill. Both must say the same. And what the outbreak keeper holds for 30,000 cases.
 */
import { epiWeek } from '../../geodata/dates.ts';
import { loadOutbreakRules, loadWatchRule } from '../../geodata/load.ts';
import { outbreakRule } from '../../server/dengue/outbreak-rule.ts';
import type { OutbreakCase } from '../../server/dengue/outbreak.ts';
import { channelOf } from '../../server/outbreaks/channel.ts';
import { createKeeper } from '../../server/outbreaks/keeper.ts';
import { countDays, curveOf } from '../../server/outbreaks/watch-days.ts';
import { cityYear, LAST_DAY } from './city-year.ts';
import { compared, median, reported, type BenchRow } from './row.ts';

const YEARS = [2018, 2019, 2020, 2021, 2022];
const CASES_A_YEAR = 30_000;
const ROUNDS = 9;
const counting = ['clinical', 'confirmed'] as const;
const WATCH = loadWatchRule();

export function benchWatching(): BenchRow[] {
  return [curveAndChannel(), keeperHeap()];
}

/** The same season, every year with other cases. */
const fiveYears = (): OutbreakCase[] =>
  YEARS.flatMap((year) =>
    cityYear(CASES_A_YEAR, year).map((one) => ({ ...one, onsetOn: `${year}${one.onsetOn.slice(4)}` })),
  );

function curveAndChannel(): BenchRow {
  const cases = fiveYears();
  const from = `${YEARS[0]}-01-01`;
  const ours = () => {
    const days = countDays(cases);
    const curve = curveOf(days, { at: LAST_DAY, by: 'week', from, counting });
    return { curve, channel: channelOf(days, WATCH, LAST_DAY, counting) };
  };
  const [mine, theirs] = [ours(), straight(cases)];
  const differs = mine.curve.some(({ week, cases: count }) => count !== (theirs.weeks.get(week) ?? 0));
  const month = (one: number) => theirs.months.get(`${LAST_DAY.slice(0, 4)}-${String(one).padStart(2, '0')}`) ?? 0;
  if (differs || mine.channel.items.some((item) => item.cases !== month(item.month) || item.limit === null))
    throw new Error('curve or channel and the straight way disagree');
  const rounds = Array.from({ length: ROUNDS }, () => ({ ours: time(ours), theirs: time(() => straight(cases)) }));
  return compared({
    name: 'curve and channel over five city-years / week and month of every case, times faster',
    value: 1000 / median(rounds.map((round) => round.ours)),
    unit: 'runs/s',
    reference: 1000 / median(rounds.map((round) => round.theirs)),
    ratio: median(rounds.map((round) => round.theirs / round.ours)),
    budget: { atLeast: 10 },
  });
}

function straight(cases: readonly OutbreakCase[]) {
  const weeks = new Map<string, number>();
  const months = new Map<string, number>();
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const { onsetOn } of cases) {
    add(weeks, epiWeek(onsetOn).week);
    add(months, onsetOn.slice(0, 7));
  }
  return { weeks, months };
}

function time(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** A part of the 250 MB the whole server may hold (`memory.ts`). */
function keeperHeap(): BenchRow {
  const rule = outbreakRule(loadOutbreakRules()[0]!);
  const cases = cityYear(CASES_A_YEAR).map((one) => ({
    ...one,
    reportedOn: null,
    wardKey: '00100@1995-10-28' as const,
    otherWardKey: null,
    demo: true,
  }));
  const heap = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  };
  const before = heap();
  const keeper = createKeeper(rule, LAST_DAY, cases, { living: [], merged: new Map() });
  keeper.put(keeper.mapAll().rewritten.map(({ after }) => after));
  const megabytes = (heap() - before) / 1e6;
  const { size } = keeper.outbreaks;
  return reported({
    name: `heap of the outbreak keeper, 30,000 cases, ${size} outbreaks`,
    value: megabytes,
    unit: 'MB',
    budget: { atMost: 100 },
  });
}
