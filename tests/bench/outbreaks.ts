/**
 * The outbreak engine over a city-year of 30,000 cases: against turf's and scikit-learn's DBSCAN on the same points
 * (which look at no dates and make no signals), one case more, and growth to a million. The groups are held against
 * every pair of cases first: a quick wrong answer is none.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { clustersDbscan, featureCollection, point } from '@turf/turf';
import { daysBetween } from '../../geodata/dates.ts';
import { findRoot, loadOutbreakRules } from '../../geodata/load.ts';
import { EARTH_RADIUS_METERS, metersBetween } from '../../geodata/measure.ts';
import { findOutbreaks, type OutbreakCase } from '../../server/dengue/outbreak.ts';
import { createOutbreakIndex } from '../../server/dengue/outbreak-index.ts';
import { outbreakRule, type OutbreakRule } from '../../server/dengue/outbreak-rule.ts';
import { cityYear, LAST_DAY } from './city-year.ts';
import { compared, median, percentile, reported, type BenchRow } from './row.ts';

const CASES = 30_000;
const ROUNDS = 3;
const MORE_CASES = 2_000;
const [FROM, TO] = [1_000, 1_000_000];
/** A thousand cases lie in the processor's cache and a million do not: a factor of two. Growth by squares would be 500. */
const CACHE_TOLERANCE = 4;
const WARM_UP = 15;

export function benchOutbreaks(): BenchRow[] {
  const rule = outbreakRule(loadOutbreakRules()[0]!);
  const cases = cityYear(CASES);
  expectSamePartition(partitionOf(findOutbreaks(cases, rule, LAST_DAY)), everyPair(cases, rule), 'every pair of cases');
  const ours = () => milliseconds(() => findOutbreaks(cases, rule, LAST_DAY));
  for (let i = 0; i < WARM_UP; i++) ours();
  const rounds = againstSklearn(cases, rule, ours);
  const turf = againstTurf(cases, rule, ours);
  const value = median([...rounds, ...turf].map((round) => round.ours));
  return [
    ...row('outbreaks of 30,000 cases / turf DBSCAN, times faster', turf, 50),
    ...row('outbreaks of 30,000 cases / scikit-learn DBSCAN, times faster', rounds, 6),
    reported({ name: 'outbreaks of 30,000 cases', value, unit: 'ms', budget: { atMost: 50 } }),
    oneMore(cases, rule),
    growth(rule),
  ];
}

interface Round {
  ours: number;
  theirs: number;
}

/** Value and reference are how often a second holds one recomputation: the ratio is how many times faster. */
function row(name: string, rounds: readonly Round[], atLeast: number): BenchRow[] {
  if (rounds.length === 0) return [];
  return [
    compared({
      name,
      value: 1000 / median(rounds.map(({ ours }) => ours)),
      unit: 'runs/s',
      reference: 1000 / median(rounds.map(({ theirs }) => theirs)),
      ratio: median(rounds.map(({ ours, theirs }) => theirs / ours)),
      budget: { atLeast },
    }),
  ];
}

/** One turn of turf over all points takes seconds, so there is one; ours before and after it. */
function againstTurf(cases: readonly OutbreakCase[], { linkRadiusMeters }: OutbreakRule, ours: () => number): Round[] {
  const points = featureCollection(cases.map(({ lng, lat }) => point([lng!, lat!])));
  const early = Array.from({ length: 5 }, ours);
  const theirs = milliseconds(() => clustersDbscan(points, linkRadiusMeters / 1000, { minPoints: 1 }));
  return [{ ours: median([...early, ...Array.from({ length: 5 }, ours)]), theirs }];
}

/** No rounds where there is no scikit-learn, which is said. */
function againstSklearn(cases: readonly OutbreakCase[], rule: OutbreakRule, ours: () => number): Round[] {
  // A Python of one's own in front of the system's does not see what the system installed.
  const python = ['python3', '/usr/bin/python3'].find(hasSklearn);
  if (!python) {
    process.stderr.write('  scikit-learn is not installed (apt-get install python3-sklearn): that row is left out\n');
    return [];
  }
  const script = join(findRoot(), 'tests/bench/sklearn_dbscan.py');
  const input = JSON.stringify(cases.map(({ lng, lat }) => [lng, lat]));
  const args = [script, String(rule.linkRadiusMeters), String(EARTH_RADIUS_METERS), '1'];
  const rounds: Round[] = [];
  globalThis.gc?.();
  for (let round = 0; round < ROUNDS; round++) {
    const answer = execFileSync(python, args, { input, encoding: 'utf8', maxBuffer: 1e8 });
    const { seconds, labels } = JSON.parse(answer) as { seconds: [number]; labels: number[] };
    rounds.push({ ours: median(Array.from({ length: 5 }, ours)), theirs: seconds[0] * 1000 });
    if (round > 0) continue;
    const timeless = { ...rule, linkDays: 366, laterLinkDays: 366 };
    const groups = partitionOf(findOutbreaks(cases, timeless, LAST_DAY));
    expectSamePartition(groups, new Map(cases.map(({ id }, i) => [id, labels[i]!])), 'scikit-learn, dates ignored');
  }
  return rounds;
}

function hasSklearn(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import sklearn'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A case comes and its group is read; then it goes again, untimed, so that there are always 30,000. */
function oneMore(cases: readonly OutbreakCase[], rule: OutbreakRule): BenchRow {
  const index = createOutbreakIndex(rule, LAST_DAY, cases);
  const times: number[] = [];
  for (const one of cityYear(CASES, 7).slice(0, MORE_CASES)) {
    const id = `more-${one.id}`;
    times.push(
      milliseconds(() => {
        index.add({ ...one, id });
        index.outbreakOf(id);
      }),
    );
    index.remove(id);
  }
  expectSamePartition(partitionOf(index.outbreaks()), partitionOf(findOutbreaks(cases, rule, LAST_DAY)), 'the index');
  return reported({
    name: 'one more case into 30,000, p99',
    value: percentile(times, 0.99),
    unit: 'ms',
    budget: { atMost: 1 },
  });
}

/** The least of some runs, the one least disturbed by others: what is compared is the work. */
function growth(rule: OutbreakRule): BenchRow {
  const least = (count: number, runs: number) => {
    const cases = cityYear(count);
    return Math.min(...Array.from({ length: runs }, () => milliseconds(() => findOutbreaks(cases, rule, LAST_DAY))));
  };
  const small = least(FROM, 200);
  return compared({
    name: 'outbreaks of 1,000,000 cases / n log n from 1,000',
    value: least(TO, 3),
    unit: 'ms',
    reference: (small * TO * Math.log(TO)) / (FROM * Math.log(FROM)),
    budget: { atMost: CACHE_TOLERANCE },
  });
}

function milliseconds(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

// --- the same groups, found the slow way ------------------------------------------------------------------------------

/** The group of each case, by any name. */
type Partition = ReadonlyMap<string, string | number>;

const partitionOf = (groups: readonly { id: string; caseIds: string[] }[]): Partition =>
  new Map(groups.flatMap(({ id, caseIds }) => caseIds.map((caseId) => [caseId, id] as const)));

/** Links every two cases by haversine and days, without an index; sorted by onset only to leave out what is too late. */
function everyPair(cases: readonly OutbreakCase[], rule: OutbreakRule): Partition {
  const sorted = cases.map((one) => ({ one, day: daysBetween('2022-01-01', one.onsetOn) }));
  sorted.sort((a, b) => a.day - b.day);
  const parent = sorted.map((_, i) => i);
  const top = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  sorted.forEach(({ one, day }, i) => {
    for (let j = i + 1; j < sorted.length && sorted[j]!.day - day <= rule.linkDays; j++) {
      const other = sorted[j]!.one;
      if (metersBetween([one.lng!, one.lat!], [other.lng!, other.lat!]) <= rule.linkRadiusMeters)
        parent[top(j)] = top(i);
    }
  });
  return new Map(sorted.map(({ one }, i) => [one.id, top(i)]));
}

function expectSamePartition(ours: Partition, theirs: Partition, whose: string): void {
  const names = new Map<string | number, string | number>();
  const back = new Map<string | number, string | number>();
  for (const [id, group] of theirs) {
    const mine = ours.get(id);
    if (mine === undefined || (names.get(group) ?? mine) !== mine || (back.get(mine) ?? group) !== group)
      throw new Error(`the outbreak engine and ${whose} disagree about ${id}`);
    names.set(group, mine);
    back.set(mine, group);
  }
}
