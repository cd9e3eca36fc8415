/** Groups as the incremental index holds them. */
import type { Outbreak, OutbreakCase } from './outbreak.ts';

/** A counting case in the index. */
export interface Node {
  given: OutbreakCase;
  day: number;
  lng: number;
  lat: number;
  /** Stands in an outbreak, so that later links start from it. */
  reached: boolean;
  group: Group;
}
export interface Group {
  nodes: Node[];
  first: Node;
  signal: boolean;
  /** As last asked for; `null` after a change. */
  described: Outbreak | null;
}

/** By onset, then id. */
export const earlier = (a: Node, b: Node): Node =>
  a.day !== b.day ? (a.day < b.day ? a : b) : a.given.id < b.given.id ? a : b;
