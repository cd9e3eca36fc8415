import { describe, expect, test } from 'vitest';
import { culturalWardStates, relicRanks, titleSteps } from '../../../geodata/vocabulary.ts';
import { statusStates } from '../../../server/status/contract.ts';
import {
  base,
  culturalSwatches,
  gradeRamp,
  hotspotBreaks,
  hotspotRamp,
  outbreakSwatches,
  rankSwatches,
  sequential,
  statusSwatches,
  themes,
  titleSwatches,
  type Swatch,
} from '../../../web/map/palette.ts';
import { hatches } from '../../../web/map/patterns.ts';
import { closest, contrast, visions } from './color-vision.ts';

const sets: Record<string, Record<string, Swatch>> = {
  statusSwatches,
  culturalSwatches,
  titleSwatches,
  outbreakSwatches,
};
/** Panels and cards, the darkest shade a word can stand on. */
const surfaces = { light: ['#ffffff', '#efede8'], dark: ['#161c20', '#232b31'] };
const ramps = { sequential, hotspotRamp, gradeRamp };

/** Below this two flat areas are taken for the same colour on a legend and its map. */
const APART = 10;
/** Neighbours on a ramp need only be told from each other side by side. */
const STEP_APART = 6;

describe.each(themes)('in the %s theme', (theme) => {
  describe.each(visions)('with %s vision', (vision) => {
    test.each(['statusSwatches', 'culturalSwatches', 'outbreakSwatches'])('%s stay apart', (name) => {
      const colors = Object.entries(sets[name]!).map(([id, swatch]): [string, string] => [id, swatch.fill[theme]]);
      expect(closest(colors, vision)).toEqual({ pair: expect.any(String), distance: expect.toSatisfy(atLeast(APART)) });
    });

    test('the title steps stay apart', () => {
      const colors = Object.entries(titleSwatches).map(([id, swatch]): [string, string] => [id, swatch.fill[theme]]);
      expect(closest(colors, vision)).toEqual({
        pair: expect.any(String),
        distance: expect.toSatisfy(atLeast(STEP_APART)),
      });
    });

    test('the discs of the ranks stay apart', () => {
      const ranks = (['special-national', 'national', 'city', 'unknown'] as const).map((rank): [string, string] => [
        rank,
        rankSwatches[rank].disc[theme],
      ]);
      expect(closest(ranks, vision)).toEqual({ pair: expect.any(String), distance: expect.toSatisfy(atLeast(20)) });
    });

    test.each(Object.keys(ramps))('the steps of %s stay apart', (name) => {
      const colors = ramps[name as keyof typeof ramps][theme].map((color, i): [string, string] => [String(i), color]);
      expect(closest(colors, vision)).toEqual({
        pair: expect.any(String),
        distance: expect.toSatisfy(atLeast(STEP_APART)),
      });
    });
  });

  const swatches = Object.entries(sets).flatMap(([set, all]) =>
    Object.entries(all).map(([id, swatch]) => ({ id: `${set} ${id}`, swatch })),
  );
  test.each(swatches)('a word on the fill of $id can be read', ({ swatch }) => {
    expect(contrast(swatch.onFill[theme], swatch.fill[theme])).toBeGreaterThanOrEqual(4.5);
  });
  test.each(swatches)('the word of $id can be read on a panel', ({ swatch }) => {
    for (const surface of surfaces[theme]) expect(contrast(swatch.ink[theme], surface)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(Object.entries(rankSwatches))('the sign of rank %s can be read on its disc', (_rank, swatch) => {
    expect(contrast(swatch.glyph[theme], swatch.disc[theme])).toBeGreaterThanOrEqual(4.5);
  });
  test('labels can be read on their halos', () => {
    const colors = base[theme];
    expect(contrast(colors.text, colors.halo)).toBeGreaterThanOrEqual(7);
    expect(contrast(colors.streetText, colors.street)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colors.waterText, colors.waterHalo)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colors.clusterText, colors.cluster)).toBeGreaterThanOrEqual(7);
  });
  test('the selection stands out from lake and land (non-text contrast 3:1)', () => {
    expect(contrast(base[theme].accent, base[theme].lake)).toBeGreaterThanOrEqual(3);
    expect(contrast(base[theme].accent, base[theme].district)).toBeGreaterThanOrEqual(3);
  });
});

test('every status has its own pattern and glyph, so hue is never alone', () => {
  const signs = statusStates.map((state) => `${statusSwatches[state].pattern} ${statusSwatches[state].glyph}`);
  expect(new Set(signs).size).toBe(statusStates.length);
});

test('every state of the contracts has a swatch', () => {
  expect(Object.keys(statusSwatches).sort()).toEqual([...statusStates].sort());
  expect(Object.keys(culturalSwatches).sort()).toEqual([...culturalWardStates, 'unknown'].sort());
  expect(Object.keys(titleSwatches).sort()).toEqual([...titleSteps].sort());
  expect(Object.keys(rankSwatches).sort()).toEqual([...relicRanks, 'unknown'].sort());
});

test('every pattern a swatch names can be drawn', () => {
  const named = Object.values(sets).flatMap((set) => Object.values(set).map((swatch) => swatch.pattern));
  expect(named.filter((pattern) => pattern !== '' && !(pattern in hatches))).toEqual([]);
});

test('no class of hotspots speaks of fewer than five cases', () => {
  expect(Math.min(...hotspotBreaks)).toBe(5);
});

function atLeast(least: number) {
  return (value: number) => value >= least;
}
