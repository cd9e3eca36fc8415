/** One line of a legend: a swatch drawn as SVG markup (so a pattern shows as it does on the map) and its words. */
export interface LegendItem {
  id: string;
  label: string;
  /** Trusted SVG inside a 20 x 14 box, from the palette; never a text of a user. */
  swatch: string;
  count?: number;
}

/** One line of the search box. */
export interface SearchOption {
  id: string;
  name: string;
  context: string;
  group: string;
}
