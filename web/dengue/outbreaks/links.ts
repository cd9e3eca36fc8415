/** The links of an outbreak as lines of the map, each with its metres and days written on it. Pure. */
import type { Position } from '../../../geodata/schema.ts';
import type { OutbreakWords } from '../../../server/outbreaks/contract.ts';

export type Link = NonNullable<OutbreakWords['links']>[number];
export interface LinkLineProperties {
  id: string;
  clause: Link['clause'];
  label: string;
}
export type LinkLines = GeoJSON.FeatureCollection<GeoJSON.LineString, LinkLineProperties>;

/** Links one end of which has no known position are left out: nothing can be drawn, and nothing may be guessed. */
export function linkLines(
  links: readonly Link[],
  positionOf: (caseId: string) => Position | null | undefined,
  label: (link: Link) => string,
): LinkLines {
  const features = links.flatMap((link): LinkLines['features'] => {
    const [from, to] = [positionOf(link.from), positionOf(link.to)];
    if (!from || !to) return [];
    return [
      {
        type: 'Feature',
        properties: { id: `${link.from}-${link.to}`, clause: link.clause, label: label(link) },
        geometry: { type: 'LineString', coordinates: [from, to] },
      },
    ];
  });
  return { type: 'FeatureCollection', features };
}

/** Cases get a running number by onset for the reader: an id says nothing to people. */
export function caseNumbers(cases: readonly { id: string; onsetOn: string }[]): Map<string, number> {
  const sorted = cases.toSorted((a, b) => (a.onsetOn + a.id < b.onsetOn + b.id ? -1 : 1));
  return new Map(sorted.map(({ id }, index) => [id, index + 1]));
}
