/** The lines of the plan, or of what would be planned now: pure. */
import { isShown } from '../../../server/heritage/restoration/budget-contract.ts';
import type { Restoration, RestorationItem } from '../../../server/heritage/restoration/contract.ts';

export interface Line {
  number: number;
  item: RestorationItem;
  /** Works of other lists that it stands for. */
  origins: RestorationItem[];
}
export interface ListFilter {
  ward: string;
  stage: string;
  year: string;
  source: string;
}
export const noFilter: ListFilter = { ward: '', stage: '', year: '', source: '' };

/** As the server orders a plan: the most pressing first, of equal ones by ward and name. */
const byPriority = (a: RestorationItem, b: RestorationItem): number =>
  b.priority.score - a.priority.score ||
  a.wardKey.localeCompare(b.wardKey, 'en') ||
  a.name.localeCompare(b.name, 'vi') ||
  (a.id < b.id ? -1 : 1);

/** The plan in its own order; before the first one what the submitted lists name and is not done. */
export function linesOf({ plan, items, lists }: Restoration): Line[] {
  const submitted = new Set(lists.flatMap(({ wardKey, submittedOn }) => (submittedOn ? [wardKey] : [])));
  const candidates = () =>
    items.filter((item) => !item.mergedInto && item.stage !== 'done' && submitted.has(item.wardKey)).sort(byPriority);
  const numbered = plan
    ? plan.items.flatMap((id, i) => {
        const item = items.find((one) => one.id === id);
        return item ? [{ number: i + 1, item }] : [];
      })
    : candidates().map((item, i) => ({ number: i + 1, item }));
  return numbered.map((line) => ({ ...line, origins: items.filter(({ mergedInto }) => mergedInto === line.item.id) }));
}

/** Those of a list that a filter leaves. */
export const shownItems = (items: RestorationItem[], filter: ListFilter): RestorationItem[] =>
  items.filter((item) => isShown(item, asked(filter)));
export const shownLines = (lines: Line[], filter: ListFilter): Line[] =>
  lines.filter(({ item }) => isShown(item, asked(filter)));

const asked = ({ ward, stage, year, source }: ListFilter) => ({
  ...(ward && { ward }),
  ...(stage && { stage }),
  ...(year && { year: year === 'none' ? ('none' as const) : Number(year) }),
  ...(source && { source }),
});

/** What the papers are asked for, behind the file's name. */
export const queryOf = (filter: ListFilter): string => {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();
  return query && `?${query}`;
};

/** Numbers on the map; works at one place share a disc. */
export function numbersOf(lines: Line[]): GeoJSON.FeatureCollection<GeoJSON.Point, { id: string; numbers: string }> {
  const spots = new Map<string, { id: string; numbers: number[]; at: [number, number] }>();
  for (const { number, item } of lines) {
    if (!item.place) continue;
    const key = `${item.place.lng.toFixed(5)} ${item.place.lat.toFixed(5)}`;
    const spot = spots.get(key) ?? { id: item.id, numbers: [], at: [item.place.lng, item.place.lat] };
    spot.numbers.push(number);
    spots.set(key, spot);
  }
  return {
    type: 'FeatureCollection',
    features: [...spots.values()].map(({ id, numbers, at }) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: at },
      properties: { id, numbers: numbers.join(', ') },
    })),
  };
}
