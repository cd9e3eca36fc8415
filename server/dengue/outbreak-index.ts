/**
 * The outbreaks of cases that come, change and go: always what `findOutbreaks` would say of the same cases, at the cost
 * of the neighbourhood. A new case looks at the cubes around it and joins what it finds, the smaller group into the
 * larger. A case that leaves can split its group, so that one group is computed again, and no other.
 */
import type { CivilDate } from '../../geodata/schema.ts';
import { createCaseGrid } from './case-grid.ts';
import { findComponents } from './components.ts';
import * as rules from './outbreak.ts';
import type { Outbreak, OutbreakCase } from './outbreak.ts';
import { earlier, type Group, type Node } from './outbreak-group.ts';
import type { OutbreakRule } from './outbreak-rule.ts';

/** Ids of groups (their earliest cases): `changed` are new, other in cases or state, or have a case with other words. */
export interface OutbreakChange {
  gone: string[];
  changed: string[];
}

export interface OutbreakIndex {
  readonly rule: OutbreakRule;
  readonly at: CivilDate;
  /** Cases held, counting or not. */
  readonly size: number;
  /** Throws RangeError for an id that is there already, and for an onset that is no civil date; nothing is changed. */
  add(one: OutbreakCase): OutbreakChange;
  /** Replaces the case of the same id. Throws RangeError for an unknown id or a bad onset; nothing is changed. */
  update(one: OutbreakCase): OutbreakChange;
  /** Throws RangeError for an unknown id. */
  remove(id: string): OutbreakChange;
  /** Looks at another day, later or earlier. */
  moveTo(at: CivilDate): OutbreakChange;
  /** Every group, sorted by id. */
  outbreaks(): Outbreak[];
  /** The group of a case; `null` where the case is unknown or does not count on this day. */
  outbreakOf(caseId: string): Outbreak | null;
  /** The cases of that group, for `explainGroup`. */
  casesAround(caseId: string): OutbreakCase[];
}

/** An index of these cases by `rule` on the day `at`. Throws RangeError as `add` does. */
export function createOutbreakIndex(
  rule: OutbreakRule,
  at: CivilDate,
  cases: readonly OutbreakCase[] = [],
): OutbreakIndex {
  const { dayOf } = rules;
  const held = new Map<string, OutbreakCase>();
  /** The cases that count on this day. */
  const nodes = new Map<string, Node>();
  const groups = new Set<Group>();
  const grid = createCaseGrid<Node>(rule.linkRadiusMeters);
  let today = at;
  /** Ids of groups touched by the verb under way, as they were before it. */
  let touched = new Set<string>();
  let made = new Set<Group>();
  dayOf(at);

  const isCounting = (one: OutbreakCase) => one.onsetOn <= today && rules.counts(one, rule);
  const links = (node: Node) => rules.isPlaced(node.given, rule);

  function found(members: Node[], signal: boolean): Group {
    const group: Group = { nodes: members, first: members.reduce(earlier), signal, described: null };
    for (const node of members) node.group = group;
    groups.add(group);
    made.add(group);
    return group;
  }

  function touch(group: Group): void {
    // A group made by this verb was nobody's before it.
    if (!made.has(group)) touched.add(group.first.given.id);
    made.add(group);
    group.described = null;
  }

  function dissolve(group: Group): void {
    touch(group);
    groups.delete(group);
    made.delete(group);
  }

  function join(a: Node, b: Node): void {
    if (a.group === b.group) return;
    const [into, from] = a.group.nodes.length >= b.group.nodes.length ? [a.group, b.group] : [b.group, a.group];
    touch(into);
    dissolve(from);
    for (const node of from.nodes) {
      node.group = into;
      into.nodes.push(node);
    }
    into.first = earlier(into.first, from.first);
    into.signal ||= from.signal;
  }

  /** The node now stands in an outbreak: so do, by later links, those who fell ill near it after it. */
  function reach(start: Node): void {
    const open = [start];
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.reached) continue;
      node.reached = true;
      if (rule.laterLinkDays === rule.linkDays) continue;
      for (const other of grid.near(node)) {
        const days = other.day - node.day;
        if (days <= rule.linkDays || days > rule.laterLinkDays) continue;
        join(node, other);
        open.push(other);
      }
    }
  }

  function newNode(one: OutbreakCase): Node {
    const [lng, lat] = [one.lng ?? 0, one.lat ?? 0];
    const node: Node = { given: one, day: dayOf(one.onsetOn), lng, lat, reached: false, group: null! };
    nodes.set(one.id, node);
    if (links(node)) grid.add(node);
    return node;
  }

  function enter(one: OutbreakCase): void {
    if (!isCounting(one)) return;
    const node = newNode(one);
    found([node], rules.isAloneSignal(one, rule));
    if (!links(node)) return;
    for (const other of grid.near(node)) {
      const days = Math.abs(other.day - node.day);
      if (days <= rule.linkDays) {
        join(node, other);
        if (days <= (rule.signalDays ?? -1)) node.group.signal = true;
        reach(other);
        reach(node);
      } else if (days <= rule.laterLinkDays && other.day < node.day && other.reached) {
        join(node, other);
        reach(node);
      }
    }
  }

  /** Groups of nodes that are in the grid already, computed as a whole. */
  function regroup(members: readonly Node[]): void {
    const columns = rules.caseColumns(
      members.map(({ given }) => given),
      rule,
    );
    const { count, rows, starts, signal, reached } = findComponents(columns, rule);
    members.forEach((node, row) => (node.reached = reached[row] === 1));
    for (let c = 0; c < count; c++) {
      const part = rows.subarray(starts[c], starts[c + 1]);
      found(
        Array.from(part, (row) => members[row]!),
        signal[c] === 1,
      );
    }
  }

  function leave(id: string): void {
    const node = nodes.get(id);
    if (!node) return;
    nodes.delete(id);
    if (links(node)) grid.remove(node);
    dissolve(node.group);
    regroup(node.group.nodes.filter((other) => other !== node));
  }

  /** Runs one verb and tells what it changed. */
  function verb(work: () => void): OutbreakChange {
    touched = new Set();
    made = new Set();
    work();
    const now = new Set([...made].map(({ first }) => first.given.id));
    return {
      gone: [...touched].filter((id) => !now.has(id)).sort(rules.before),
      changed: [...now].sort(rules.before),
    };
  }

  const describe = (group: Group): Outbreak =>
    (group.described ??= rules.describeGroup(
      group.nodes.map(({ given }) => given),
      group.signal,
      rule,
      today,
    ));
  const known = (id: string): void => {
    if (!held.has(id)) throw new RangeError(`no case of this id: ${id}`);
  };

  for (const one of cases) {
    if (held.has(one.id)) throw new RangeError(`two cases of one id: ${one.id}`);
    dayOf(one.onsetOn);
    held.set(one.id, one);
  }
  const counting = cases.filter(isCounting).map(newNode);
  regroup(counting.filter(links));
  for (const node of counting) if (!links(node)) found([node], rules.isAloneSignal(node.given, rule));

  return {
    rule,
    get at() {
      return today;
    },
    get size() {
      return held.size;
    },
    add(one) {
      if (held.has(one.id)) throw new RangeError(`two cases of one id: ${one.id}`);
      dayOf(one.onsetOn);
      held.set(one.id, one);
      return verb(() => enter(one));
    },
    update(one) {
      known(one.id);
      dayOf(one.onsetOn);
      held.set(one.id, one);
      return verb(() => {
        leave(one.id);
        enter(one);
      });
    },
    remove(id) {
      known(id);
      held.delete(id);
      return verb(() => leave(id));
    },
    moveTo(day) {
      dayOf(day);
      return verb(() => {
        const states = new Map([...groups].map((group) => [group, describe(group).state]));
        today = day;
        for (const [id, one] of held) {
          const isIn = nodes.has(id);
          if (isIn && !isCounting(one)) leave(id);
          else if (!isIn && isCounting(one)) enter(one);
        }
        for (const group of groups) {
          group.described = null;
          if (states.get(group) !== describe(group).state) touch(group);
        }
      });
    },
    outbreaks: () => [...groups].map(describe).sort((a, b) => rules.before(a.id, b.id)),
    outbreakOf(caseId) {
      const node = nodes.get(caseId);
      return node ? describe(node.group) : null;
    },
    casesAround: (caseId) => nodes.get(caseId)?.group.nodes.map(({ given }) => given) ?? [],
  };
}
