/** The page's address as parts: `/place/selected?key=value`. Pure; the browser's history is the shell's affair. */
export interface Address {
  place: string;
  selected: string | null;
  query: Record<string, string>;
}

export function parseAddress(href: string, places: readonly string[]): Address {
  const url = new URL(href, 'http://local');
  const [place = '', selected] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  return {
    place: places.includes(place) ? place : (places[0] ?? ''),
    selected: selected ?? null,
    query: Object.fromEntries(url.searchParams),
  };
}

/** `@`, `/` and `,` stay readable: a ward key or a camera in an address is read by people. */
const readable = (text: string): string =>
  encodeURIComponent(text).replaceAll('%40', '@').replaceAll('%2F', '/').replaceAll('%2C', ',');

export function formatAddress({ place, selected, query }: Address): string {
  const path = `/${place}${selected ? `/${readable(selected)}` : ''}`;
  const search = Object.entries(query)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${readable(value)}`)
    .join('&');
  return search ? `${path}?${search}` : path;
}
