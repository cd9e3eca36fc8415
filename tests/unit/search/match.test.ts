import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../server/search/fold.ts';
import { createSearchIndex, type SearchEntry } from '../../../server/search/match.ts';

const entry = (name: string, more: Partial<SearchEntry> = {}): SearchEntry => ({
  type: 'street',
  id: name,
  name,
  otherNames: [],
  context: null,
  kind: null,
  position: null,
  bbox: null,
  ...more,
});

const names = (query: string, entries: SearchEntry[], limit = 20) =>
  createSearchIndex(entries)
    .find(query, limit)
    .map((hit) => hit.name);

describe('search ranking', () => {
  const streets = ['An Dương Vương', 'Đường Thanh Niên', 'Âu Cơ', 'Dương Quảng Hàm'].map((name) => entry(name));

  it('finds đường by "duong"', () => {
    expect(names('duong', streets)).toContain('Đường Thanh Niên');
  });

  it('puts what is spelled so first for "đường", and what only folds so after it', () => {
    expect(names('đường', streets)).toEqual(['Đường Thanh Niên', 'Dương Quảng Hàm', 'An Dương Vương']);
  });

  it('reads a decomposed query like a precomposed one', () => {
    expect(names('đường'.normalize('NFD'), streets)).toEqual(names('đường', streets));
  });

  it('ranks the whole name, then its beginning, then its inner words, then words in any order', () => {
    const list = ['Chùa Tây Hồ Phủ', 'Đình Tây Hồ', 'Tây Hồ Tower', 'Tây Hồ', 'Hồ Tây'].map((name) => entry(name));
    expect(names('tay ho', list)).toEqual(['Tây Hồ', 'Tây Hồ Tower', 'Đình Tây Hồ', 'Chùa Tây Hồ Phủ', 'Hồ Tây']);
  });

  it('takes a word that is still being typed for its beginning, tone or no tone yet', () => {
    const list = [entry('Thu Hà'), entry('Thụy Khuê')];
    expect(names('thụ', list)[0]).toBe('Thụy Khuê');
    expect(names('khuê', list)).toEqual(['Thụy Khuê']);
  });

  it('orders wards before relics before streets before landmarks at equal rank', () => {
    const list = (['landmark', 'street', 'relic', 'ward'] as const).map((type) => entry('Yên Phụ', { type, id: type }));
    const found = createSearchIndex(list).find('yen phu', 20);
    expect(found.map((hit) => hit.type)).toEqual(['ward', 'relic', 'street', 'landmark']);
  });

  it('names the other name that matched', () => {
    const list = [entry('Chùa Phú Gia', { otherNames: ['Chùa Bà Già'] })];
    expect(createSearchIndex(list).find('bà già', 20)[0]).toMatchObject({
      name: 'Chùa Phú Gia',
      matchedName: 'Chùa Bà Già',
    });
  });

  it('says no other name when the main one matched as well', () => {
    const list = [entry('Chùa Quảng Bá', { otherNames: ['Quảng Bá tự'] })];
    expect(createSearchIndex(list).find('chùa', 20)[0]?.matchedName).toBeNull();
  });

  it.each(['', '   ', '…', '\u0301'])('finds nothing for the empty query %j', (query) => {
    expect(names(query, streets)).toEqual([]);
  });

  it('gives no more than asked', () => {
    expect(names('d', streets, 1)).toHaveLength(1);
  });

  it('gives the first of what it would give without a limit', () => {
    const words = ['Đường', 'Dương', 'Tây', 'Hồ', 'Phủ', 'Phú', 'An', 'Ân', 'Quảng', 'Xuân'];
    const word = fc.constantFrom(...words);
    const entries = fc.uniqueArray(fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(' ')));
    fc.assert(
      fc.property(entries, fc.array(word, { minLength: 1, maxLength: 2 }), fc.boolean(), (list, asked, marks) => {
        const index = createSearchIndex(list.map((name) => entry(name)));
        const query = marks ? asked.join(' ') : fold(asked.join(' '));
        expect(index.find(query, 3)).toEqual(index.find(query, 1000).slice(0, 3));
      }),
    );
  });

  it('never takes words of two names of one record for one', () => {
    expect(names('co tay', [entry('Âu Cơ', { otherNames: ['Tây Hồ'] })])).toEqual([]);
  });

  it('does not depend on the order of entry', () => {
    expect(names('duong', [...streets].reverse())).toEqual(names('duong', streets));
  });
});
