import type { SearchHit } from '../server/search/contract.ts';
import { api, ask } from './api/client.ts';
import type { Words } from './i18n/i18n.svelte.ts';
import type { SearchOption } from './shell/items.ts';

export interface PlaceOption extends SearchOption {
  hit: SearchHit;
}

/** The server's answer as lines of the search box. */
export async function findPlaces(q: string, words: Words): Promise<PlaceOption[]> {
  const { items } = await ask(api.api.search.$get({ query: { q } }));
  return items.map((hit) => ({
    id: hit.id,
    name: hit.name,
    group: words.search.types[hit.type],
    context: context(hit, words),
    hit,
  }));
}

const context = (hit: SearchHit, words: Words): string =>
  [hit.matchedName, hit.context, hit.position || hit.bbox ? null : words.search.notLocated].filter(Boolean).join(' · ');
