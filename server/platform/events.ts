/**
 * The event stream (server-sent events) behind GET /api/changes: each change is put into bytes once and handed to every
 * listener. A listener that does not read is cut off, never waited for; it comes back with Last-Event-ID and is told
 * what it missed, or `reset` when that is unknown or too much.
 */
import type { ChangeLog } from './changes.ts';
import type { ChangeEvent, ReadOnly } from './contract.ts';
import { isLoopback } from './origin.ts';
import { Refusal } from './refusal.ts';

/** Who listens. What one may see is settled when the stream opens: when that changes, its session ends. */
export interface Reader {
  /** `null` = a visitor. */
  sessionId: string | null;
  /** Where it listens from (`networkOf`); without it it is counted with nobody. */
  network?: string;
  sees(event: ChangeEvent): boolean;
}

export interface EventHub {
  /**
   * A stream that begins with `hello {seq}`, replays what came after `lastSeen`, then follows. `lastSeen: null` = from
   * now on. `cutOff` is called when the reader is too slow; without it the stream ends in an error.
   * @throws {Refusal} 503 `overloaded`
   */
  open(lastSeen: number | null, reader: Reader, cutOff?: () => void): ReadableStream<Uint8Array>;
  /** Tells every stream that nothing can be written, or (`null`) that it can again; a new one hears it in its greeting. */
  tellReadOnly(state: ReadOnly | null): void;
  readonly listeners: number;
  /** The sessions that listen. */
  sessions(): string[];
  /** Ends the streams of these sessions with a last event `signed-out`. */
  endSessions(ids: readonly string[]): void;
  /** Ends every stream; the server is stopping. */
  close(): void;
}

export interface EventHubOptions {
  heartbeatMs?: number;
  /** Bytes that may wait for one reader, beside what its socket holds. */
  queueBytes?: number;
  mostListeners?: number;
  /** Of these, visitors: whoever has an account always finds a place. */
  mostVisitors?: number;
  /** From one network: an office behind one address has many pages open, but not all there are. */
  mostOfOne?: number;
}

/** More missed changes than this and reloading is cheaper than replaying. */
export const REPLAY_LIMIT = 1000;
const REPLAY_PAGE = 200;

const encoder = new TextEncoder();
const frameOf = (event: string, id: number | null, data: unknown): Uint8Array =>
  encoder.encode(`${id === null ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
const HEARTBEAT = encoder.encode(':\n\n');

const SIGNED_OUT = encoder.encode('event: signed-out\ndata: {}\n\n');

interface Listener {
  reader: Reader;
  /** `seq: null` = a heartbeat. */
  send(frame: Uint8Array, seq: number | null): void;
  /** What concerns the server and no change: also while the past is replayed. */
  tell(frame: Uint8Array): void;
  end(lastFrame?: Uint8Array): void;
}

export function createEventHub(changes: ChangeLog, options: EventHubOptions = {}): EventHub {
  const { heartbeatMs = 20_000, queueBytes = 262_144, mostListeners = 5000, mostOfOne = 256 } = options;
  const { mostVisitors = Math.ceil(mostListeners * 0.8) } = options;
  const listeners = new Set<Listener>();
  let newest = 0;
  let readOnly: ReadOnly | null = null;
  let closed = false;

  const unsubscribe = changes.subscribe((event) => {
    newest = event.seq;
    if (listeners.size === 0) return;
    const frame = frameOf('change', event.seq, event);
    for (const listener of listeners) if (listener.reader.sees(event)) listener.send(frame, event.seq);
  });
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.send(HEARTBEAT, null);
  }, heartbeatMs);
  heartbeat.unref();

  /** Counted when asked for: opening a stream is rare, and a count kept beside the set could go astray. */
  function isFull({ sessionId, network }: Reader): boolean {
    if (closed || listeners.size >= mostListeners) return true;
    let visitors = 0;
    let own = 0;
    for (const { reader } of listeners) {
      if (reader.sessionId === null) visitors += 1;
      if (reader.network === network) own += 1;
    }
    if (sessionId === null && visitors >= mostVisitors) return true;
    return network !== undefined && !isLoopback(network) && own >= mostOfOne;
  }

  function open(lastSeen: number | null, reader: Reader, cutOff?: () => void): ReadableStream<Uint8Array> {
    if (isFull(reader)) throw new Refusal(503, 'overloaded', { retryAfterSeconds: 5 });
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const queue: Uint8Array[] = [];
    let queued = 0;
    /** The newest change this reader was given; `null` until it has been greeted. */
    let cursor: number | null = null;
    /** False while the past is read from the database: what happens meanwhile is found there, not queued. */
    let live = false;
    let wake: (() => void) | null = null;

    const push = (frame: Uint8Array) => {
      queue.push(frame);
      queued += frame.byteLength;
      wake?.();
    };
    const listener: Listener = {
      reader,
      send(frame, seq) {
        if (!live) return;
        // One frame is always taken, however large: it is a pile of them that tells a slow reader.
        if (queued > 0 && queued + frame.byteLength > queueBytes) {
          listeners.delete(listener);
          if (cutOff) cutOff();
          else controller.error(new Error('the reader is too slow'));
          return;
        }
        if (seq !== null) cursor = seq;
        push(frame);
      },
      tell(frame) {
        if (cursor !== null) push(frame);
      },
      end(lastFrame) {
        if (!listeners.delete(listener)) return;
        if (lastFrame) controller.enqueue(lastFrame);
        controller.close();
        wake?.();
      },
    };

    const greet = async () => {
      const head = await changes.head();
      const known = lastSeen !== null && lastSeen <= head && head - lastSeen <= REPLAY_LIMIT;
      // With an id, so that a reader cut off before its first change still says from where to go on.
      push(frameOf('hello', known ? lastSeen : head, { seq: head, ...(readOnly && { readOnly }) }));
      if (lastSeen !== null && !known) push(frameOf('reset', head, { seq: head }));
      cursor = known ? lastSeen : head;
    };
    const catchUp = async (from: number) => {
      const missed = await changes.since(from, REPLAY_PAGE);
      for (const event of missed) if (reader.sees(event)) push(frameOf('change', event.seq, event));
      cursor = missed.at(-1)?.seq ?? from;
      live = missed.length === 0 && newest <= cursor;
    };

    return new ReadableStream<Uint8Array>(
      {
        start(started) {
          controller = started;
          listeners.add(listener);
        },
        async pull() {
          while (queue.length === 0 && listeners.has(listener)) {
            if (cursor === null) await greet();
            else if (!live) await catchUp(cursor);
            else await new Promise<void>((resolve) => (wake = resolve));
            wake = null;
          }
          const frame = queue.shift();
          if (!frame || !listeners.has(listener)) return;
          queued -= frame.byteLength;
          controller.enqueue(frame);
        },
        cancel() {
          listeners.delete(listener);
          wake?.();
        },
      },
      { highWaterMark: 0 },
    );
  }

  return {
    open,
    tellReadOnly(state) {
      readOnly = state;
      const frame = frameOf('read-only', null, { readOnly: state });
      for (const listener of listeners) listener.tell(frame);
    },
    get listeners() {
      return listeners.size;
    },
    sessions: () => [...new Set([...listeners].flatMap(({ reader }) => reader.sessionId ?? []))],
    endSessions(ids) {
      for (const listener of [...listeners]) {
        if (listener.reader.sessionId !== null && ids.includes(listener.reader.sessionId)) listener.end(SIGNED_OUT);
      }
    },
    close() {
      closed = true;
      clearInterval(heartbeat);
      unsubscribe();
      for (const listener of [...listeners]) listener.end();
    },
  };
}
