/**
 * Our own signs, as path data on a 24 x 24 grid, filled by the even-odd rule. The map stamps them on discs, the lists and
 * legends draw the same paths as inline SVG: `<svg viewBox="0 0 24 24"><path fill-rule="evenodd" d={glyphs.dinh} /></svg>`.
 *
 * Each says what the building looks like from the street: the đình's roof is wider than the house below it, the chùa
 * rises in three tiers, the đền in two over a closed hall, the phủ is entered through a gate of three bays, the miếu is a
 * small shrine on a pedestal, the am a hut.
 */
import type { landmarkKinds, relicKinds } from '../../geodata/vocabulary.ts';
import type { Swatch } from './palette.ts';

export type RelicKind = (typeof relicKinds)[number];
export type LandmarkKind = (typeof landmarkKinds)[number];
export type VectorKind = 'inspection' | 'breeding-site';
export type GlyphName = RelicKind | LandmarkKind | VectorKind;

/** Side of the grid the paths are drawn on. */
export const GLYPH_GRID = 24;

const relicGlyphs: Record<RelicKind, string> = {
  dinh: 'M6.8 5.4H17.2C17.7 9.36 21.6 10.7 23.2 10.4C22.9 12 22.1 12.6 21 12.6H3C1.9 12.6 1.1 12 0.8 10.4C2.4 10.7 6.3 9.36 6.8 5.4ZM6.2 4.1h11.6v1.3h-11.6ZM4.6 13.4h1.9v5h-1.9ZM9.1 13.4h1.7v5h-1.7ZM13.2 13.4h1.7v5h-1.7ZM17.5 13.4h1.9v5h-1.9ZM3 18.6h18v1.9h-18Z',
  chua: 'M11.4 1h1.2v2.4h-1.2ZM11 3H13C13.5 5.09 15.6 5.9 17.2 5.6C16.9 6.56 16.1 6.8 15 6.8H9C7.9 6.8 7.1 6.56 6.8 5.6C8.4 5.9 10.5 5.09 11 3ZM9.4 6.8h5.2v1.9h-5.2ZM9 8.4H15C15.5 10.38 17.4 11 19 10.7C18.7 11.74 17.9 12 16.8 12H7.2C6.1 12 5.3 11.74 5 10.7C6.6 11 8.5 10.38 9 8.4ZM8.3 12h7.4v2h-7.4ZM7.6 13.7H16.4C16.9 15.68 19.2 16.2 20.8 15.9C20.5 17.02 19.7 17.3 18.6 17.3H5.4C4.3 17.3 3.5 17.02 3.2 15.9C4.8 16.2 7.1 15.68 7.6 13.7ZM7 17.3h3.4v3.4h-3.4ZM13.6 17.3h3.4v3.4h-3.4ZM5 20.4h14v1.6h-14Z',
  den: 'M9.4 3H14.6C15.1 5.42 16.6 6.3 18.2 6C17.9 7.12 17.1 7.4 16 7.4H8C6.9 7.4 6.1 7.12 5.8 6C7.4 6.3 8.9 5.42 9.4 3ZM8.6 7.4h6.8v1.8h-6.8ZM7.4 8.9H16.6C17.1 11.27 19.6 11.9 21.2 11.6C20.9 12.8 20.1 13.2 19 13.2H5C3.9 13.2 3.1 12.8 2.8 11.6C4.4 11.9 6.9 11.27 7.4 8.9ZM5.4 13.2H18.6V18.4H14.2V16.6A2.2 2.2 0 0 0 9.8 16.6V18.4H5.4ZM3.6 18.6h16.8v1.9h-16.8Z',
  phu: 'M9.4 2.6H14.6C15.1 4.8 16 5.6 17.6 5.3C17.3 6.34 16.5 6.6 15.4 6.6H8.6C7.5 6.6 6.7 6.34 6.4 5.3C8 5.6 8.9 4.8 9.4 2.6ZM8 6.6H16V20.5H14.5V12.4A2.5 2.5 0 0 0 9.5 12.4V20.5H8ZM7.2 9.2V11.4H7.2V20.5H5.9V15.6A1.35 1.35 0 0 0 3.2 15.6V20.5H1.8V11.6C1.2 11.4 .8 10.7 .7 9.6C2.4 9.6 3.4 9.4 4.4 8.6H7.2ZM16.8 9.2V20.5H18.1V15.6A1.35 1.35 0 0 1 20.8 15.6V20.5H22.2V11.6C22.8 11.4 23.2 10.7 23.3 9.6C21.6 9.6 20.6 9.4 19.6 8.6H16.8Z',
  mieu: 'M10.4 4.2H13.6C14.1 7.61 17.8 9 19.4 8.7C19.1 9.98 18.3 10.4 17.2 10.4H6.8C5.7 10.4 4.9 9.98 4.6 8.7C6.2 9 9.9 7.61 10.4 4.2ZM7.4 10.4H16.6V16.6H14V14.2A2 2 0 0 0 10 14.2V16.6H7.4ZM5.6 17h12.8v1.6h-12.8ZM7.6 18.9h8.8v2h-8.8Z',
  am: 'M12 4.4L20.4 11.6L19.2 13L17.6 11.7V20H14.4V16.4A2.4 2.4 0 0 0 9.6 16.4V20H6.4V11.7L4.8 13L3.6 11.6Z',
  'memorial-house':
    'M12 3L21.6 10.4L20.5 11.9L19.2 10.9V20.4H4.8V10.9L3.5 11.9L2.4 10.4ZM12 9.8L13.04 12.57L15.99 12.7L13.68 14.55L14.47 17.4L12 15.76L9.53 17.4L10.32 14.55L8.01 12.7L10.96 12.57Z',
  tomb: 'M7 17.6V9A5 5 0 0 1 17 9V17.6ZM9.4 9.2h5.2v1.3h-5.2ZM9.4 12.2h5.2v1.3h-5.2ZM4.4 18.2h15.2v2.4h-15.2Z',
  school:
    'M11.2 6.8C9 5.2 5.8 4.8 2.4 5.2V18.2C5.8 17.8 9 18.2 11.2 19.8ZM12.8 6.8C15 5.2 18.2 4.8 21.6 5.2V18.2C18.2 17.8 15 18.2 12.8 19.8Z',
  other: 'M12 3.6L20.4 12L12 20.4L3.6 12ZM12 8.8L8.8 12L12 15.2L15.2 12Z',
};

const landmarkGlyphs: Record<LandmarkKind, string> = {
  museum:
    'M12 3.2L21.6 8.6V10.4H2.4V8.6ZM4.2 11.6h2.6v6h-2.6ZM8.6 11.6h2.6v6h-2.6ZM12.8 11.6h2.6v6h-2.6ZM17.2 11.6h2.6v6h-2.6ZM2.6 18.6h18.8v2.2h-18.8Z',
  sight:
    'M12 4.2C14.6 6.8 15.6 9.8 15 13.4C14.4 16 13.4 17.6 12 18.6C10.6 17.6 9.6 16 9 13.4C8.4 9.8 9.4 6.8 12 4.2ZM7.2 7.4C7.2 12.6 8.4 16.2 10.8 19C7 18 4.6 15.4 4.2 10.6C5 9 6 8 7.2 7.4ZM16.8 7.4C16.8 12.6 15.6 16.2 13.2 19C17 18 19.4 15.4 19.8 10.6C19 9 18 8 16.8 7.4ZM1.6 13.6C2.8 17.4 5.6 19.8 9.4 20.4H14.6C18.4 19.8 21.2 17.4 22.4 13.6C21.8 13 21.4 12.8 20.8 12.8C20 16.4 17.6 18.8 14.2 19.6H9.8C6.4 18.8 4 16.4 3.2 12.8C2.6 12.8 2.2 13 1.6 13.6Z',
  memorial:
    'M12 1.8L14.2 4.6L15 15.4H9L9.8 4.6ZM12 7.1L12.47 8.35L13.81 8.41L12.76 9.25L13.12 10.54L12 9.8L10.88 10.54L11.24 9.25L10.19 8.41L11.53 8.35ZM6.8 16.2h10.4v2h-10.4ZM4.4 19h15.2v2.2h-15.2Z',
};

/** Vector work: the inspector's lens; the water jar larvae live in. */
const vectorGlyphs: Record<VectorKind, string> = {
  inspection:
    'M10 3A7 7 0 1 0 10 17A7 7 0 1 0 10 3ZM10 5.6A4.4 4.4 0 1 1 10 14.4A4.4 4.4 0 1 1 10 5.6ZM15.6 13.8L21.4 19.6L19.6 21.4L13.8 15.6Z',
  'breeding-site':
    'M7.4 3.4H16.6V5.6H15.4C18.4 7.4 19.6 10 19.6 13C19.6 16.6 17.6 19.4 15 20.6H9C6.4 19.4 4.4 16.6 4.4 13C4.4 10 5.6 7.4 8.6 5.6H7.4ZM6.9 12.4C6.9 14.9 7.9 17 9.6 18.2H14.4C16.1 17 17.1 14.9 17.1 12.4C15.6 11.2 13.9 13.4 12 12.4C10.1 11.4 8.4 11.2 6.9 12.4Z',
};

export const glyphs: Record<GlyphName, string> = { ...relicGlyphs, ...landmarkGlyphs, ...vectorGlyphs };

/** The signs of the states: never the hue alone. */
export const stateGlyphs: Record<Swatch['glyph'], string> = {
  check: 'M9.6 18.4L3.6 12.4L5.6 10.4L9.6 14.4L18.4 5.6L20.4 7.6Z',
  tilde:
    'M3 13.6C4.6 9.6 7.8 8.2 11.6 10.4C14.6 12.2 16.6 12 18.2 9.2L20.8 10.6C18.8 15 15 15.8 11 13.4C8.4 11.8 6.8 12.2 5.6 15Z',
  cross: 'M6.4 4.4L12 10L17.6 4.4L19.6 6.4L14 12L19.6 17.6L17.6 19.6L12 14L6.4 19.6L4.4 17.6L10 12L4.4 6.4Z',
  clock:
    'M12 3A9 9 0 1 0 12 21A9 9 0 1 0 12 3ZM12 5.4A6.6 6.6 0 1 1 12 18.6A6.6 6.6 0 1 1 12 5.4ZM10.9 7.4H13.1V11.6L16.2 13.4L15.1 15.2L10.9 12.8Z',
  dash: 'M4.5 10.6H19.5V13.4H4.5Z',
  dot: 'M12 7A5 5 0 1 0 12 17A5 5 0 1 0 12 7Z',
  ring: 'M12 5A7 7 0 1 0 12 19A7 7 0 1 0 12 5ZM12 7.6A4.4 4.4 0 1 1 12 16.4A4.4 4.4 0 1 1 12 7.6Z',
};
