/** How two times lie to each other (OGC 21-065r2, 7.5; Allen's relations), in days of Hà Nội. */
import type { Interval } from '../datetime.ts';
import type { TemporalOperator } from './expression.ts';

/** Civil dates compare as text; before the first and after the last of them stands the open end. */
const begin = ({ from }: Interval): string => from ?? '';
const finish = ({ to }: Interval): string => to ?? '\uffff';

type Relation = (a: Interval, b: Interval) => boolean;
const turned =
  (relation: Relation): Relation =>
  (a, b) =>
    relation(b, a);

const before: Relation = (a, b) => finish(a) < begin(b);
const during: Relation = (a, b) => begin(a) > begin(b) && finish(a) < finish(b);
const finishes: Relation = (a, b) => begin(a) > begin(b) && finish(a) === finish(b);
const starts: Relation = (a, b) => begin(a) === begin(b) && finish(a) < finish(b);
const meets: Relation = (a, b) => finish(a) === begin(b);
const overlaps: Relation = (a, b) => begin(a) < begin(b) && finish(a) > begin(b) && finish(a) < finish(b);
const disjoint: Relation = (a, b) => before(a, b) || before(b, a);

export const temporalRelations: Record<TemporalOperator, Relation> = {
  t_before: before,
  t_after: turned(before),
  t_disjoint: disjoint,
  t_intersects: (a, b) => !disjoint(a, b),
  t_equals: (a, b) => begin(a) === begin(b) && finish(a) === finish(b),
  t_during: during,
  t_contains: turned(during),
  t_finishes: finishes,
  t_finishedby: turned(finishes),
  t_starts: starts,
  t_startedby: turned(starts),
  t_meets: meets,
  t_metby: turned(meets),
  t_overlaps: overlaps,
  t_overlappedby: turned(overlaps),
};
