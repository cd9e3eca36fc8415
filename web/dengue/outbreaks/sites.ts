/** The breeding sites in or near an outbreak's zone. Pure. */
import type { OutbreakWords } from '../../../server/outbreaks/contract.ts';
import type { BreedingSiteWords } from '../../../server/outbreaks/inspection-contract.ts';

type Geometry = OutbreakWords['geometry'];
export type Box = [number, number, number, number];

/** The bbox of a zone, `[west, south, east, north]`; `null` for one that is not located. */
export function boxOf(geometry: Geometry): Box | null {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    const [x, y] = part as unknown[];
    if (typeof x === 'number' && typeof y === 'number') {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    } else part.forEach(visit);
  };
  visit(geometry?.coordinates);
  return Number.isFinite(box[0]) ? box : null;
}

/** Those inside the zone's box; without a zone none. What is to be rechecked first stands first, cleared ones last. */
export function sitesOf(sites: readonly BreedingSiteWords[], geometry: Geometry): BreedingSiteWords[] {
  const box = boxOf(geometry);
  if (!box) return [];
  const [west, south, east, north] = box;
  return sites
    .filter(({ lng, lat }) => lng >= west && lng <= east && lat >= south && lat <= north)
    .sort((a, b) => key(a).localeCompare(key(b)));
}

const key = (site: BreedingSiteWords): string => (site.clearedOn ? `z${site.clearedOn}` : (site.recheckOn ?? 'y'));
