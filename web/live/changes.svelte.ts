import type { ChangeEvent, ReadOnly } from '../../server/platform/contract.ts';

export type LiveState = 'connecting' | 'live' | 'lost';
type Listener = (event: ChangeEvent) => void;

/**
 * The server's change stream. The browser's EventSource reconnects by itself and says how far it had read, so what
 * happened in between is replayed; when that is no longer possible the server says `reset` and everything is refetched.
 */
class Changes {
  state = $state<LiveState>('connecting');
  /** The server's disk takes no writes; `null` = it does. */
  readOnly = $state<ReadOnly | null>(null);
  #listeners = new Set<Listener>();
  #own = new Set<string>();
  #resets = new Set<() => void>();
  #ended = new Set<() => void>();
  #source: EventSource | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #seq: number | null = null;

  /**
   * Opens the stream; resolves with the seq the server greets with. What was fetched meanwhile is whole when it was
   * fetched at that seq or later, and asked anew otherwise: so the page need not wait for the greeting.
   */
  open(): Promise<number> {
    return new Promise((greeted) => this.#connect(greeted));
  }

  /** The same stream for another reader. */
  restart(): void {
    this.close();
    this.#connect(() => {});
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
  }

  /** Remembers a change id of this page, so that its own work is not told to it as news. */
  own(changeId: string): void {
    this.#own.add(changeId);
  }

  isOwn(changeId: string): boolean {
    return this.#own.has(changeId);
  }

  onchange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onreset(listener: () => void): () => void {
    this.#resets.add(listener);
    return () => this.#resets.delete(listener);
  }

  onsignedout(listener: () => void): () => void {
    this.#ended.add(listener);
    return () => this.#ended.delete(listener);
  }

  #connect(greeted: (seq: number) => void): void {
    const source = new EventSource(this.#seq === null ? '/api/changes' : `/api/changes?after=${this.#seq}`);
    this.#source = source;
    source.addEventListener('hello', (message) => {
      const { seq, readOnly = null } = JSON.parse(message.data) as { seq: number; readOnly?: ReadOnly };
      this.readOnly = readOnly;
      this.#seq ??= seq;
      this.state = 'live';
      greeted(seq);
    });
    source.addEventListener('change', (message) => this.#take(JSON.parse(message.data) as ChangeEvent));
    source.addEventListener('read-only', (message) => {
      this.readOnly = (JSON.parse(message.data) as { readOnly: ReadOnly | null }).readOnly;
    });
    source.addEventListener('reset', (message) => {
      this.#seq = (JSON.parse(message.data) as { seq: number }).seq;
      for (const reset of this.#resets) reset();
    });
    // The session this stream was opened in has ended: who reads on is a visitor, and must be told.
    source.addEventListener('signed-out', () => {
      for (const ended of this.#ended) ended();
    });
    source.onerror = () => {
      this.state = 'lost';
      // CLOSED = the browser gave up (an answer that was no stream): we do not.
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#connect(greeted), 2000);
    };
  }

  #take(event: ChangeEvent): void {
    if (this.#seq !== null && event.seq <= this.#seq) return;
    this.#seq = event.seq;
    for (const listener of this.#listeners) listener(event);
  }
}

export const changes = new Changes();
