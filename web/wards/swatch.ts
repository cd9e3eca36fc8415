import type { PatternId } from '../map/palette.ts';

const hatches: Record<Exclude<PatternId, ''>, string> = {
  'no-data': '<path d="M-2 9 9-2M2 16 18 0M10 16 22 4" />',
  'not-met': '<path d="M-1 5 5-1M-1 12 12-1M4 14 18 0M11 14 22 3M-1 2 11 14M3-1 18 14M10-1 22 11" />',
  near: '<path d="M0 3.500h20M0 7h20M0 10.500h20" />',
  expired: '<path d="M4 4h.01M10 4h.01M16 4h.01M7 10h.01M13 10h.01" stroke-width="2.2" />',
};

/** A class of the choropleth as SVG inside a 20 x 14 box: fill and hatch as on the map. */
export function swatchMarkup({ fill, pattern }: { fill: string; pattern: PatternId }): string {
  const hatch = pattern ? hatches[pattern] : '';
  const lines = `<g fill="none" stroke="currentColor" stroke-opacity=".38" stroke-width="1.1" stroke-linecap="round">${hatch}</g>`;
  return `<svg width="20" height="14" viewBox="0 0 20 14"><rect width="20" height="14" rx="3" fill="${fill}" />${lines}<rect x=".5" y=".5" width="19" height="13" rx="2.5" fill="none" stroke="currentColor" stroke-opacity=".25" /></svg>`;
}
