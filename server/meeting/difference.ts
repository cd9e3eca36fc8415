/** What changed from one frozen day to another, so that the change applied to the earlier gives the later. Pure. */
import type { WardStatus } from '../status/contract.ts';
import type { Difference, Frozen, TaskChange, WardChange } from './contract.ts';

/** Both come out of canonical JSON, so equal values have equal text only with sorted keys. */
const sorted = (_: string, value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a, sorted) === JSON.stringify(b, sorted);

const linesOf = ({ criteria }: WardStatus): string =>
  criteria.map(({ id, indicators }) => `${id}:${indicators.map((one) => one.id).join()}`).join(';');
const overallOf = ({ state, criteriaMet, criteriaTotal }: WardStatus) => ({ state, criteriaMet, criteriaTotal });

/** The changes of one ward, the weightiest first: as a whole, its titles, then criterion by criterion. */
function wardChanges(before: WardStatus, after: WardStatus): WardChange[] {
  const changes: WardChange[] = [];
  if (!same(overallOf(before), overallOf(after)))
    changes.push({ kind: 'overall', before: overallOf(before), after: overallOf(after) });
  if (!same(before.title, after.title)) changes.push({ kind: 'title', before: before.title, after: after.title });
  if (!same(before.culturalWard, after.culturalWard))
    changes.push({ kind: 'cultural-ward', before: before.culturalWard, after: after.culturalWard });
  if (linesOf(before) !== linesOf(after))
    return [...changes, { kind: 'criteria', before: before.criteria, after: after.criteria }];
  after.criteria.forEach((criterion, c) => {
    const earlier = before.criteria[c]!;
    if (earlier.state !== criterion.state)
      changes.push({ kind: 'criterion', criterion: criterion.id, before: earlier.state, after: criterion.state });
    criterion.indicators.forEach((indicator, i) => {
      const then = earlier.indicators[i]!;
      if (!same(then, indicator))
        changes.push({ kind: 'indicator', criterion: criterion.id, before: then, after: indicator });
    });
  });
  return changes;
}

function withChange(ward: WardStatus, change: WardChange): WardStatus {
  switch (change.kind) {
    case 'overall':
      return { ...ward, ...change.after };
    case 'title':
      return { ...ward, title: change.after };
    case 'cultural-ward':
      return { ...ward, culturalWard: change.after };
    case 'criteria':
      return { ...ward, criteria: change.after };
    case 'criterion':
      return {
        ...ward,
        criteria: ward.criteria.map((one) => (one.id === change.criterion ? { ...one, state: change.after } : one)),
      };
    case 'indicator':
      return {
        ...ward,
        criteria: ward.criteria.map((one) =>
          one.id !== change.criterion
            ? one
            : { ...one, indicators: one.indicators.map((i) => (i.id === change.after.id ? change.after : i)) },
        ),
      };
  }
}

function taskChanges(before: Frozen['tasks'], after: Frozen['tasks']): TaskChange[] {
  const then = new Map(before.map((task) => [task.id, task]));
  const now = new Map(after.map((task) => [task.id, task]));
  return [
    ...after.flatMap((task) => {
      const earlier = then.get(task.id) ?? null;
      return same(earlier, task) ? [] : [{ id: task.id, before: earlier, after: task }];
    }),
    ...before.flatMap((task) => (now.has(task.id) ? [] : [{ id: task.id, before: task, after: null }])),
  ];
}

/** From one frozen day to another; what did not change is not in it. */
export function differenceBetween(before: Frozen, after: Frozen): Difference {
  const { at, units, pack, demo } = after.status;
  const then = new Map(before.status.wards.map((ward) => [ward.key, ward]));
  return {
    head: { at, units, pack, demo },
    pack: same(before.pack, after.pack) ? null : after.pack,
    wards: after.status.wards.map((ward) => {
      const earlier = then.get(ward.key);
      // A ward under another name or code is another ward.
      const known = earlier && earlier.name === ward.name && earlier.code === ward.code;
      return {
        key: ward.key,
        added: known ? null : ward,
        changes: known ? wardChanges(earlier, ward) : [],
      };
    }),
    taskOrder: after.tasks.map(({ id }) => id),
    tasks: taskChanges(before.tasks, after.tasks),
  };
}

/** The later day, from the earlier one and what changed. */
export function applyDifference(before: Frozen, difference: Difference): Frozen {
  const wards = new Map(before.status.wards.map((ward) => [ward.key, ward]));
  const tasks = new Map(before.tasks.map((task) => [task.id, task]));
  for (const { id, after } of difference.tasks) if (after) tasks.set(id, after);
  return {
    status: {
      ...difference.head,
      wards: difference.wards.map(({ key, added, changes }) =>
        added ? added : changes.reduce(withChange, wards.get(key)!),
      ),
    },
    pack: difference.pack ?? before.pack,
    tasks: difference.taskOrder.map((id) => tasks.get(id)!),
  };
}
