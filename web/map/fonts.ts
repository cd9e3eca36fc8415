/**
 * The families the style's labels are set in. MapLibre draws a label's glyphs itself from a CSS family *name* (the style
 * has no `glyphs` URL) and reads weight and slant out of that name; web/fonts/fonts.css declares these names.
 */
export const mapFonts = {
  regular: ['Be Vietnam Pro'],
  medium: ['Be Vietnam Pro Medium'],
  semibold: ['Be Vietnam Pro SemiBold'],
  bold: ['Be Vietnam Pro Bold'],
  water: ['Be Vietnam Pro Medium Italic'],
};

const sample = 'Đường Hồ Tây ằẵỡữỵ 0123';

/**
 * Resolves when every family of the map is there. A glyph drawn before its font has arrived would be kept in the
 * fallback's shape for the life of the map. Never rejects: without a font the map still draws, in the fallback.
 */
export async function loadMapFonts(): Promise<void> {
  const shorthand = (family: string) =>
    `${/Italic/.test(family) ? 'italic ' : ''}${/Medium/.test(family) ? 500 : /SemiBold/.test(family) ? 600 : /Bold/.test(family) ? 700 : 400} 24px "${family}"`;
  const families = Object.values(mapFonts).flat();
  await Promise.allSettled(families.map((family) => document.fonts.load(shorthand(family), sample)));
}
