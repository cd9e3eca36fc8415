import type { CriteriaPack, Units } from '../../../geodata/schema.ts';
import type { DistrictStatus } from '../../../server/status/contract.ts';
import { api, ask } from '../../api/client.ts';
import { Resource } from '../../api/resource.svelte.ts';

/** The status on other days than the one shown: fetched once a day and set of wards, until a figure changes. */
class BoardState {
  readonly series = new Resource<DistrictStatus[]>();
  readonly pair = new Resource<DistrictStatus[]>();
  #known = new Map<string, Promise<DistrictStatus>>();

  loadSeries(days: readonly string[], units: Units, pack: string | null): void {
    void this.series.load(() => this.#all(days, units, pack));
  }

  loadPair(days: readonly [string, string], units: Units, pack: string | null): void {
    void this.pair.load(() => this.#all(days, units, pack));
  }

  /** Somebody approved a figure, or a day has turned: nothing kept here is certain any more. */
  renew(): void {
    this.#known.clear();
    void this.series.reload();
    void this.pair.reload();
  }

  #all(days: readonly string[], units: Units, pack: string | null): Promise<DistrictStatus[]> {
    return Promise.all(days.map((at) => this.#day(at, units, pack)));
  }

  #day(at: string, units: Units, pack: string | null): Promise<DistrictStatus> {
    const id = `${units} ${at} ${pack ?? ''}`;
    const asked = this.#known.get(id) ?? ask(api.api.status.$get({ query: { at, units, ...(pack && { pack }) } }));
    this.#known.set(id, asked);
    // A day that did not come is asked for again the next time.
    asked.catch(() => this.#known.delete(id));
    return asked;
  }
}

export const board = new BoardState();

/** The direction of an indicator of the pack, for what "best" means. */
export const directionOf = (pack: CriteriaPack | null, id: string): 'at-least' | 'at-most' | null =>
  pack?.criteria.flatMap(({ indicators }) => indicators).find((one) => one.id === id)?.direction ?? null;
