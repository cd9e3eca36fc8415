import { asRefused, type Refused } from './refusal.ts';

/**
 * Something fetched: what it holds, whether it is on its way, why it did not come. The last good value stays on screen
 * while the next one loads, and when the next one fails.
 */
export class Resource<T> {
  value = $state.raw<T | null>(null);
  refused = $state.raw<Refused | null>(null);
  loading = $state(false);
  #ask: (() => Promise<T>) | null = null;
  #turn = 0;

  /** Asks anew; an answer that comes after a younger question is dropped. */
  async load(ask: () => Promise<T>): Promise<void> {
    this.#ask = ask;
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const value = await ask();
      if (turn !== this.#turn) return;
      this.value = value;
      this.refused = null;
    } catch (fault) {
      if (turn !== this.#turn) return;
      this.refused = asRefused(fault);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** The same question once more: after a reconnect, or by the reader's hand. */
  async reload(): Promise<void> {
    if (this.#ask) await this.load(this.#ask);
  }
}
