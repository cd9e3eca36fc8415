import { describe, expect, test } from 'vitest';
import { landmarkKinds, relicKinds } from '../../../geodata/vocabulary.ts';
import { GLYPH_GRID, glyphs, stateGlyphs } from '../../../web/map/glyphs.ts';
import { HATCH_TILE, hatches } from '../../../web/map/patterns.ts';

test('every kind of relic and landmark has a sign', () => {
  expect([...relicKinds, ...landmarkKinds].filter((kind) => !glyphs[kind])).toEqual([]);
});

test('no two kinds share a sign', () => {
  const paths = Object.values(glyphs);
  expect(new Set(paths).size).toBe(paths.length);
});

describe.each(Object.entries({ ...glyphs, ...stateGlyphs }))('the sign %s', (_name, path) => {
  test('is one closed, absolute path', () => {
    expect(path).toMatch(/^M[\d\s.MLHVCAZhv-]+Z$/);
  });
  test('stays on its grid', () => {
    const absolute = path.replace(/[hv]-?[\d.]+/g, '');
    const numbers = (absolute.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    expect(numbers.filter((number) => number < -0.5 || number > GLYPH_GRID + 0.5)).toEqual([]);
  });
});

test('the hatches repeat without a seam: what leaves the tile on one side enters on the other', () => {
  // Each diagonal of a tile of 8 is there three times, shifted by the tile: corner, middle, corner.
  expect(HATCH_TILE).toBe(8);
  expect(hatches['no-data'].path.match(/M/g)).toHaveLength(3);
});
