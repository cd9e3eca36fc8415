import type { Health } from '../server/platform/contract.ts';
import type { Permission } from '../server/accounts/permission.ts';
import type { Units } from '../geodata/schema.ts';
import { unitSets } from '../geodata/vocabulary.ts';
import { api, ask } from './api/client.ts';
import { Resource } from './api/resource.svelte.ts';
import { AddressState } from './shell/address.svelte.ts';

/** The four places of the rail, by the word that stands in the address. */
export const places = ['phuong', 'dich-benh', 'di-tich', 'chuong-trinh'] as const;
export type Place = (typeof places)[number];

/** What every place shares: where the reader is, the day of the data, the ward set, what they may do. */
class Atlas {
  readonly address = new AddressState(places);
  readonly health = new Resource<Health>();

  get place(): Place {
    return this.address.place as Place;
  }

  /** The day of the data: the address's, else the server's today. Empty until the server has said which day it is. */
  get at(): string {
    return this.address.query('at') ?? this.health.value?.today ?? '';
  }

  get units(): Units {
    const asked = this.address.query('units');
    return unitSets.find((set) => set === asked) ?? this.health.value?.units ?? unitSets[0];
  }

  get demo(): boolean {
    return this.health.value?.demo ?? false;
  }

  may(permission: Permission): boolean {
    return this.health.value?.may.includes(permission) ?? false;
  }

  /** `null` = back to today. */
  showDay(at: string | null): void {
    this.address.put({ at: at === this.health.value?.today ? null : at });
  }

  showUnits(units: Units): void {
    this.address.go({ selected: null, query: { units: units === this.health.value?.units ? null : units } });
  }

  loadHealth(): Promise<void> {
    return this.health.load(() => ask(api.api.health.$get()));
  }
}

export const atlas = new Atlas();
