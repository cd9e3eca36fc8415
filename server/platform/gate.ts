/**
 * How many requests may be under way in the application: beyond that 503 `overloaded` at once, which costs less than
 * anything that could be queued. Pages, snapshots of the fast lane and open event streams do not count: they hold
 * neither a body nor a query.
 */
import { isLoopback } from './origin.ts';

export interface GateLimits {
  /** All that are under way at once. Each holds at most one answer being made. */
  most: number;
  /** Of these, such as carry a body: up to 1 MiB each, so they are what memory is counted by. */
  mostWrites: number;
  /** From one network, so that one place cannot take every seat. This machine itself is not counted: a proxy is here. */
  mostOfOne: number;
}
export const gateLimits: GateLimits = { most: 256, mostWrites: 64, mostOfOne: 96 };

export interface Gate {
  /** Lets a request in and gives the way out, or `null`: too many are under way. */
  enter(request: { network: string; writes: boolean }): (() => void) | null;
  readonly underWay: number;
}

export function createGate(limits: GateLimits = gateLimits): Gate {
  const ofNetwork = new Map<string, number>();
  let underWay = 0;
  let writing = 0;
  return {
    enter({ network, writes }) {
      const own = ofNetwork.get(network) ?? 0;
      if (underWay >= limits.most || (writes && writing >= limits.mostWrites)) return null;
      if (own >= limits.mostOfOne && !isLoopback(network)) return null;
      underWay += 1;
      if (writes) writing += 1;
      ofNetwork.set(network, own + 1);
      return () => {
        underWay -= 1;
        if (writes) writing -= 1;
        const left = (ofNetwork.get(network) ?? 1) - 1;
        if (left > 0) ofNetwork.set(network, left);
        else ofNetwork.delete(network);
      };
    },
    get underWay() {
      return underWay;
    },
  };
}
