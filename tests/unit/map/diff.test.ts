import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffFeatures } from '../../../web/map/diff.ts';

const relic = (id: string, lng: number, name = id): GeoJSON.Feature => ({
  type: 'Feature',
  properties: { id, name },
  geometry: { type: 'Point', coordinates: [lng, 21] },
});
const all = (...features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features });

describe('the way from one set of features to the next', () => {
  test('is nothing for the same features in new objects', () => {
    expect(diffFeatures(all(relic('a', 1)), all(relic('a', 1)), 'id')).toBeNull();
  });

  test('adds what is new', () => {
    expect(diffFeatures(all(relic('a', 1)), all(relic('a', 1), relic('b', 2)), 'id')).toEqual({
      remove: [],
      add: [relic('b', 2)],
    });
  });

  test('removes what is gone', () => {
    expect(diffFeatures(all(relic('a', 1), relic('b', 2)), all(relic('b', 2)), 'id')).toEqual({
      remove: ['a'],
      add: [],
    });
  });

  test('adds what moved again, under its id', () => {
    expect(diffFeatures(all(relic('a', 1)), all(relic('a', 9)), 'id')).toEqual({ remove: [], add: [relic('a', 9)] });
  });

  test('adds what was renamed again', () => {
    expect(diffFeatures(all(relic('a', 1)), all(relic('a', 1, 'Đình')), 'id')).toMatchObject({ remove: [] });
  });

  test('is everything where an id is missing', () => {
    const bare: GeoJSON.Feature = { ...relic('a', 1), properties: {} };
    expect(diffFeatures(all(), all(bare), 'id')).toBe('all');
  });

  test('is everything where an id stands twice', () => {
    expect(diffFeatures(all(), all(relic('a', 1), relic('a', 2)), 'id')).toBe('all');
  });

  test('leads from any set to any other', () => {
    const set = fc
      .uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefgh'), lng: fc.integer({ min: 0, max: 3 }) }), {
        selector: ({ id }) => id,
      })
      .map((items) => all(...items.map(({ id, lng }) => relic(id, lng))));
    fc.assert(
      fc.property(set, set, (before, after) => {
        const diff = diffFeatures(before, after, 'id');
        const shown = new Map(before.features.map((feature) => [feature.properties!['id'], feature]));
        if (diff !== null && diff !== 'all') {
          for (const id of diff.remove ?? []) shown.delete(id);
          for (const feature of diff.add ?? []) shown.set(feature.properties!['id'], feature);
        }
        const want = new Map(after.features.map((feature) => [feature.properties!['id'], feature]));
        expect(new Map([...shown].sort())).toEqual(new Map([...want].sort()));
      }),
    );
  });
});
