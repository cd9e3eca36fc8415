import { describe, expect, it } from 'vitest';
import { loadPlaces } from '../../../geodata/load.ts';
import type { Position, WardKey } from '../../../geodata/schema.ts';
import { cellId, cellOf } from '../../../server/dengue/grid.ts';
import { standIns } from '../../../server/outbreaks/stand-in.ts';

const { index } = loadPlaces();
const wardsAt = (position: Position): WardKey[] =>
  (['1995-10-28', '2025-07-01'] as const).map((set) => index[set].wardAt(position)).filter((key) => key !== null);
const standIn = standIns({ '1995-10-28': index['1995-10-28'].wardAt, '2025-07-01': index['2025-07-01'].wardAt });

/** Every place of the district, 25 m apart, with its wards of both sets. */
const STEP = 25;
const places: { at: Position; wards: WardKey[] }[] = [];
for (let lng = 105.77; lng < 105.86; lng += STEP / 103_900)
  for (let lat = 21.03; lat < 21.11; lat += STEP / 111_195) {
    const wards = wardsAt([lng, lat]);
    if (wards.length === 2) places.push({ at: [lng, lat], wards });
  }

/** Hectares of the smallest area that a reader who is told `by` of every place can narrow a place down to. */
function smallest(by: (place: (typeof places)[number]) => string): number {
  const counts = new Map<string, number>();
  for (const place of places) counts.set(by(place), (counts.get(by(place)) ?? 0) + 1);
  return (Math.min(...counts.values()) * STEP * STEP) / 10_000;
}

describe('the cell that stands for a hidden home', () => {
  it('is its own where the cell belongs to its wards', () => {
    const at: Position = [105.8225, 21.0625];
    const wards = wardsAt([105.8225, 21.0625]);
    expect(cellId(standIn(at, wards))).toBe(cellId(cellOf(at)));
  });

  it('with the ward leaves no corner of a cell to guess, as the home’s own cell would', () => {
    expect(places.length).toBeGreaterThan(30_000);
    const ward = ({ wards }: (typeof places)[number]) => wards[0]!;
    const own = smallest((place) => `${cellId(cellOf(place.at))} ${ward(place)}`);
    const stood = smallest((place) => `${cellId(standIn(place.at, place.wards))} ${ward(place)}`);
    expect(own).toBeLessThan(0.5);
    expect(stood).toBeGreaterThan(2);
  });

  it('depends on the cell and the wards alone', () => {
    const found = new Map<string, string>();
    for (const { at, wards } of places) {
      const key = `${cellId(cellOf(at))} ${wards.join(' ')}`;
      const cell = cellId(standIn(at, wards));
      expect(found.get(key) ?? cell).toBe(cell);
      found.set(key, cell);
    }
  });
});
