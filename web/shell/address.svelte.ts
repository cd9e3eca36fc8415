import { formatAddress, parseAddress, type Address } from '../lib/address.ts';

/** Where the reader is. The address bar is the only copy of this that outlives a reload, so it holds all of it. */
export class AddressState {
  readonly #places: readonly string[];
  #now = $state.raw<Address>({ place: '', selected: null, query: {} });

  constructor(places: readonly string[]) {
    this.#places = places;
    this.#now = parseAddress(location.href, places);
  }

  get place(): string {
    return this.#now.place;
  }

  get selected(): string | null {
    return this.#now.selected;
  }

  query(key: string): string | null {
    return this.#now.query[key] ?? null;
  }

  /** A step the back button undoes: another place, another selection. */
  go(step: { place?: string; selected?: string | null; query?: Record<string, string | null> }): void {
    const next = this.#with(step);
    if (formatAddress(next) === formatAddress(this.#now)) return;
    this.#now = next;
    history.pushState(null, '', formatAddress(next));
  }

  /** A detail that is worth a link but no step back: the camera, a filter, the day. */
  put(query: Record<string, string | null>): void {
    this.#now = this.#with({ query });
    history.replaceState(null, '', formatAddress(this.#now));
  }

  /** Follows the back and forward buttons for as long as the page lives; returns its own undo. */
  listen(): () => void {
    const follow = () => (this.#now = parseAddress(location.href, this.#places));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }

  #with(step: { place?: string; selected?: string | null; query?: Record<string, string | null> }): Address {
    const query = { ...this.#now.query };
    for (const [key, value] of Object.entries(step.query ?? {})) {
      if (value === null) delete query[key];
      else query[key] = value;
    }
    const place = step.place ?? this.#now.place;
    const keeps = step.place === undefined || step.place === this.#now.place;
    const selected = step.selected !== undefined ? step.selected : keeps ? this.#now.selected : null;
    return { place, selected, query };
  }
}
