/**
 * The connected components of linked cases, over columns of numbers: cubes of space, a sliding window of days, and a
 * union of sets. A pair that could teach nothing more (same component, already a signal) is not even measured, so one
 * dense outbreak costs little more than many small ones.
 */
import { cubeEdge, nearness, sphereX, sphereY, sphereZ } from './nearness.ts';
import { MOST_AROUND, sortIntoCubes } from './cubes.ts';
import type { OutbreakRule } from './outbreak-rule.ts';

/** Counting cases with a usable position, one a row; `day` counts from 1970-01-01. */
export interface CaseColumns {
  day: Int32Array;
  lng: Float64Array;
  lat: Float64Array;
  /** 1 = this case alone makes a signal. */
  alone: Uint8Array;
}

export interface Components {
  count: number;
  /** Rows by component, and in ascending order within one. */
  rows: Int32Array;
  /** Where in `rows` a component begins; one more than there are components. */
  starts: Int32Array;
  /** By component: 1 = it is a signal. */
  signal: Uint8Array;
  /** By row: 1 = linked to another case, so that later links may start here. */
  reached: Uint8Array;
}

type LinkWindow = Pick<OutbreakRule, 'linkRadiusMeters' | 'linkDays' | 'laterLinkDays' | 'signalDays'>;

/** Components and signals of the rows, numbered by their first rows. */
export function findComponents(columns: CaseColumns, rule: LinkWindow): Components {
  const n = columns.day.length;
  const { linkDays, laterLinkDays } = rule;
  const signalDays = rule.signalDays ?? -1;
  const byDay = rowsByDay(columns.day);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const z = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const [lng, lat] = [columns.lng[row]!, columns.lat[row]!];
    x[row] = sphereX(lng, lat);
    y[row] = sphereY(lng, lat);
    z[row] = sphereZ(lat);
  }
  const cubes = sortIntoCubes(byDay, { x, y, z }, cubeEdge(rule.linkRadiusMeters));
  const { order, starts, cubeAt } = cubes;

  // From here on a case is its place in `order`: neighbours in space are neighbours in memory.
  const take = <A extends Float64Array | Int32Array | Uint8Array>(column: A): A => {
    const taken = column.slice() as A;
    for (let k = 0; k < n; k++) taken[k] = column[order[k]!]!;
    return taken;
  };
  const day = take(columns.day);
  const isNear = nearness(
    { lng: take(columns.lng), lat: take(columns.lat), x: take(x), y: take(y), z: take(z) },
    rule.linkRadiusMeters,
  );
  const signal = take(columns.alone);
  const reached = new Uint8Array(n);
  const parent = new Int32Array(n);
  for (let k = 0; k < n; k++) parent[k] = k;
  const rank = new Uint8Array(n);

  const find = (k: number): number => {
    let root = k;
    while (parent[root] !== root) {
      // Path halving keeps the trees flat on the way.
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  const join = (a: number, b: number): number => {
    if (a === b) return a;
    const [top, under] = rank[a]! >= rank[b]! ? [a, b] : [b, a];
    if (rank[a] === rank[b]) rank[top]!++;
    parent[under] = top;
    signal[top]! |= signal[under]!;
    return top;
  };
  const meet = (j: number, k: number): void => {
    const [a, b] = [find(j), find(k)];
    const makesSignal = Math.abs(day[j]! - day[k]!) <= signalDays;
    if (a === b && (!makesSignal || signal[a] === 1)) return;
    if (!isNear(j, k)) return;
    reached[j] = reached[k] = 1;
    const root = join(a, b);
    if (makesSignal) signal[root] = 1;
  };

  const around = new Int32Array(MOST_AROUND);
  for (let cube = 0; cube < cubes.count; cube++) {
    const [from, to] = [starts[cube]!, starts[cube + 1]!];
    for (let j = from; j < to; j++) for (let k = j + 1; k < to && day[k]! - day[j]! <= linkDays; k++) meet(j, k);
    const found = cubes.around(cube, true, around);
    for (let f = 0; f < found; f++) {
      const end = starts[around[f]! + 1]!;
      let first = starts[around[f]!]!;
      for (let j = from; j < to; j++) {
        while (first < end && day[first]! < day[j]! - linkDays) first++;
        for (let k = first; k < end && day[k]! <= day[j]! + linkDays; k++) meet(j, k);
      }
    }
  }

  if (laterLinkDays > linkDays) reachLater();
  return numbered();

  /** Back from places to rows: components numbered, their rows sorted by counting. */
  function numbered(): Components {
    const places = new Int32Array(n);
    for (let k = 0; k < n; k++) places[order[k]!] = k;
    const numberOf = new Int32Array(n).fill(-1);
    const signalOf = new Uint8Array(n);
    const reachedOf = new Uint8Array(n);
    const ofRow = new Int32Array(n);
    const sizes = new Int32Array(n + 1);
    let count = 0;
    for (let row = 0; row < n; row++) {
      const top = find(places[row]!);
      if (numberOf[top]! < 0) {
        signalOf[count] = signal[top]!;
        numberOf[top] = count++;
      }
      ofRow[row] = numberOf[top]!;
      sizes[ofRow[row]! + 1]!++;
      reachedOf[row] = reached[places[row]!]!;
    }
    for (let c = 0; c < count; c++) sizes[c + 1]! += sizes[c]!;
    const next = sizes.slice(0, count);
    const rows = new Int32Array(n);
    for (let row = 0; row < n; row++) rows[next[ofRow[row]!]!++] = row;
    return { count, rows, starts: sizes.subarray(0, count + 1), signal: signalOf, reached: reachedOf };
  }

  /**
   * Later links: from a case that is in an outbreak to one that falls ill more than `linkDays` and at most
   * `laterLinkDays` after it. Going through the days once is enough, since such a link always leads to a later day.
   */
  function reachLater(): void {
    const places = new Int32Array(n);
    for (let k = 0; k < n; k++) places[order[k]!] = k;
    for (const row of byDay) {
      const j = places[row]!;
      if (reached[j] === 0) continue;
      const found = cubes.around(cubeAt[j]!, false, around);
      for (let f = -1; f < found; f++) {
        const cube = f < 0 ? cubeAt[j]! : around[f]!;
        const end = starts[cube + 1]!;
        let k = firstAfter(starts[cube]!, end, day[j]! + linkDays);
        for (; k < end && day[k]! <= day[j]! + laterLinkDays; k++) {
          const [a, b] = [find(j), find(k)];
          if (a === b || !isNear(j, k)) continue;
          reached[k] = 1;
          join(a, b);
        }
      }
    }
  }

  /** The first place between two whose day is after `limit`; days within a cube never fall. */
  function firstAfter(from: number, to: number, limit: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (day[middle]! > limit) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Row numbers by day, then by row: counted, since the days of civil dates are few. */
function rowsByDay(day: Int32Array): Int32Array {
  const n = day.length;
  if (n === 0) return new Int32Array(0);
  let [least, most] = [day[0]!, day[0]!];
  for (let row = 1; row < n; row++) {
    if (day[row]! < least) least = day[row]!;
    if (day[row]! > most) most = day[row]!;
  }
  const next = new Int32Array(most - least + 2);
  for (let row = 0; row < n; row++) next[day[row]! - least + 1]!++;
  for (let k = 1; k < next.length; k++) next[k]! += next[k - 1]!;
  const rows = new Int32Array(n);
  for (let row = 0; row < n; row++) rows[next[day[row]! - least]!++] = row;
  return rows;
}
