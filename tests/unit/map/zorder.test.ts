import { describe, expect, test } from 'vitest';
import { beforeId, inOrder, pile, placeOf, slots } from '../../../web/map/zorder.ts';

describe('the pile of layers', () => {
  test('names every layer once', () => {
    expect(new Set(pile.map((layer) => layer.id)).size).toBe(pile.length);
  });

  test('throws on a layer it does not know', () => {
    expect(() => placeOf('ward-fil')).toThrow('Layer "ward-fil" has no place');
  });

  test('throws on an unknown layer among known ones', () => {
    expect(() => inOrder([{ id: 'lake' }, { id: 'sea' }])).toThrow('"sea"');
  });

  test('sorts by place', () => {
    expect(inOrder([{ id: 'relic' }, { id: 'lake' }, { id: 'ground' }]).map(({ id }) => id)).toEqual([
      'ground',
      'lake',
      'relic',
    ]);
  });

  test('has a slot for every layer a component adds, and for no other', () => {
    const added = pile.filter((layer) => !layer.base).map((layer) => beforeId(layer.id as never));
    expect(slots().map(({ id }) => id)).toEqual(added);
  });

  test('colours the land of a ward under the lake', () => {
    expect(placeOf('ward-fill')).toBeLessThan(placeOf('lake'));
  });

  test('draws signs above names, so names give way', () => {
    expect(placeOf('relic')).toBeGreaterThan(placeOf('ward-name'));
    expect(placeOf('ward-name')).toBeGreaterThan(placeOf('street-name'));
  });
});
