import { relicRanks } from '../geodata/vocabulary.ts';
import type { Relic } from '../server/heritage/contract.ts';
import type { Place } from './atlas.svelte.ts';
import type { PartId } from './dengue/parts.ts';
import type { Words } from './i18n/i18n.svelte.ts';
import { caseDot, hotspotBreaks, hotspotRamp, outbreakSwatches, rankSwatches, type Theme } from './map/palette.ts';
import type { LegendItem } from './shell/items.ts';
import type { Choropleth } from './wards/choropleth.ts';
import { swatchMarkup } from './wards/swatch.ts';

export interface LegendContent {
  title: string;
  items: LegendItem[];
  notes: string[];
}

interface LegendInput {
  place: Place;
  /** The open part of the place of dengue. */
  part: PartId;
  drawn: Choropleth | null;
  hasHotspots: boolean;
  /** The reader sees outbreaks beside the hotspots. */
  withOutbreaks: boolean;
  relics: readonly Relic[];
  theme: Theme;
  words: Words;
}

/** The legend of what the map shows in a place: made from the palette the map itself is painted with. */
export function legendOf(input: LegendInput): LegendContent {
  if (input.place === 'dich-benh' && input.part === 'o-dich') return outbreakLegend(input);
  if (input.place === 'dich-benh' && input.part === 'ca-benh') return caseLegend(input);
  if (input.place === 'dich-benh') return hotspotLegend(input);
  if (input.place === 'di-tich') return relicLegend(input);
  return wardLegend(input);
}

function wardLegend({ drawn }: LegendInput): LegendContent {
  if (!drawn) return { title: '', items: [], notes: [] };
  const items = drawn.classes.map((one) => ({
    id: one.id,
    label: one.label,
    swatch: swatchMarkup(one),
    count: drawn.counts.get(one.id) ?? 0,
  }));
  return { title: drawn.title, items, notes: drawn.note ? [drawn.note] : [] };
}

/** Strokes as on the map: whole, dashed, dotted. */
const strokes = { active: '', watching: '3 2', ended: '.5 2.2' } as const;

function outbreakLegend({ theme, words }: Pick<LegendInput, 'theme' | 'words'>): LegendContent {
  const items = (['active', 'watching', 'ended'] as const).map((state) => {
    const { fill, ink } = outbreakSwatches[state];
    return {
      id: state,
      label: words.dengue.outbreakStates[state],
      swatch: `<rect x="1.5" y="1.5" width="17" height="11" rx="3" fill="${fill[theme]}" fill-opacity=".5" stroke="${ink[theme]}" stroke-width="1.6" stroke-linecap="round" stroke-dasharray="${strokes[state]}" />`,
    };
  });
  return { title: words.dengue.outbreaks, items, notes: [words.dengue.outbreakShapes] };
}

function caseLegend({ theme, words }: LegendInput): LegendContent {
  const items = (['confirmed', 'clinical', 'suspected'] as const).map((id) => ({
    id,
    label: words.dengue.caseClasses[id],
    swatch: caseDot(id, theme),
  }));
  return { title: words.dengue.caseLegend, items, notes: [words.dengue.caseShapes] };
}

function hotspotLegend({ hasHotspots, withOutbreaks, ...input }: LegendInput): LegendContent {
  const { theme, words } = input;
  const outbreaks = withOutbreaks ? outbreakLegend(input) : { title: '', items: [], notes: [] };
  if (!hasHotspots) return withOutbreaks ? outbreaks : { ...outbreaks, title: words.dengue.legend };
  const items = hotspotBreaks.map((from, index) => {
    const next = hotspotBreaks[index + 1];
    return {
      id: `hotspot-${from}`,
      label: next ? `${from} – ${next - 1}` : `≥ ${from}`,
      swatch: swatchMarkup({ fill: hotspotRamp[theme][index]!, pattern: '' }),
    };
  });
  const named = outbreaks.items.map((one) => ({
    ...one,
    label: words.dengue.outbreakOf(one.label.toLocaleLowerCase('vi')),
  }));
  return { title: words.dengue.legend, items: [...items, ...named], notes: outbreaks.notes };
}

function relicLegend({ relics, theme, words }: LegendInput): LegendContent {
  const present = new Set(relics.map((relic) => (relic.inInventory ? (relic.rank ?? 'unknown') : 'unconfirmed')));
  const ranks = [...relicRanks, 'unknown' as const].filter((rank) => present.has(rank));
  const items: LegendItem[] = ranks.map((rank) => ({
    id: rank,
    label: words.heritage.ranks[rank],
    swatch: disc(rankSwatches[rank].disc[theme], rankSwatches[rank].rim[theme]),
  }));
  if (present.has('unconfirmed')) {
    const { disc: fill, rim } = rankSwatches.unknown;
    const swatch = disc(fill[theme], rim[theme], '2.2 1.8');
    items.push({ id: 'unconfirmed', label: words.heritage.unconfirmed, swatch });
  }
  return { title: words.heritage.rank, items, notes: [] };
}

const disc = (fill: string, rim: string, dash = ''): string =>
  `<circle cx="10" cy="7" r="5.8" fill="${fill}" stroke="${rim}" stroke-width="1.4" stroke-dasharray="${dash}" />`;
