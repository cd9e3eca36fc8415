import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDoubles, NEAR_METERS, type Listed } from '../../../server/heritage/restoration/doubles.ts';
import { isSlip, readAddress, readName, slips } from '../../../server/heritage/restoration/place-names.ts';
import { generateLists } from '../../helpers/ward-lists.ts';

const listed = (id: string, name: string, more: Partial<Listed> = {}): Listed => ({
  ...{ id, name, relicId: null, otherNames: [], address: '', place: null, done: false },
  ...more,
});
const reasons = (a: Partial<Listed> & { name: string }, b: Partial<Listed> & { name: string }) =>
  findDoubles([listed('a', a.name, a), listed('b', b.name, b)])[0]?.reasons ?? [];

describe('a name is read', () => {
  it.each([
    ['Đình làng Yên Phụ', 'dinh', 'yen phu'],
    ['DINH YEN PHU', 'dinh', 'yen phu'],
    ['Di tích Chùa Tảo Sách', 'chua', 'tao sach'],
    ['Linh Sơn tự', 'chua', 'linh son'],
    ['Tụy Lạc đình', 'dinh', 'tui lac'],
    ['Ch. Kim Liên', 'chua', 'kim lien'],
    ['Đ. Quảng Bá', 'dinh|den', 'quang ba'],
    ['Phủ Tây Hồ', 'phu', 'tay ho'],
    ['Đền Thăng Long (Mẫu)', 'den', 'thang long'],
    ['Nhà bà Hai Vẽ', 'nha', 'ba hai ve'],
    ['Chùa Tứ Liên', 'chua', 'tu lien'],
  ])('%s', (text, kind, words) => {
    expect([readName(text).kind, readName(text).words.join(' ')]).toEqual([kind, words]);
  });

  it.each([
    ['Số 52 phố Đặng Thai Mai, phường Quảng An', '52 dang thai mai'],
    ['52 Dang Thai Mai, P. Quang An', '52 dang thai mai'],
    ['ng. 12 Đặng Thai Mai', 'ngo 12 dang thai mai'],
    ['đường Thanh Niên', null],
    ['cụm 4', 'cum 4'],
  ])('an address: %s', (text, said) => {
    expect(readAddress(text)).toBe(said);
  });

  it.each([
    ['quan', 'qaun', 1],
    ['quan', 'quang', 1],
    ['quan', 'quan', 0],
    ['an', 'thuong', 3],
  ])('%s and %s are %i slips apart', (a, b, count) => {
    expect([slips(a, b), slips(b, a)]).toEqual([count, count]);
  });
});

describe('two works may be of one place', () => {
  it('by their relic, name, other name, slip, address or position', () => {
    expect(reasons({ name: 'Đình A', relicId: 'x' }, { name: 'Chùa B', relicId: 'x' })).toEqual(['relic']);
    expect(reasons({ name: 'Đình Yên Phụ' }, { name: 'dinh lang yen phu' })).toEqual(['name']);
    expect(reasons({ name: 'Chùa Phú Gia', otherNames: ['Chùa Bà Già'] }, { name: 'Chua Ba Gia' })).toEqual([
      'other-name',
    ]);
    expect(reasons({ name: 'Chùa Thiên Niên' }, { name: 'Chùa Thiên Nien' })).toEqual(['name']);
    expect(reasons({ name: 'Chùa Thiên Niên' }, { name: 'Chùa Thien Nein' })).toEqual(['spelling']);
    expect(
      reasons({ name: 'Đền X', address: 'Số 5 Âu Cơ, P. Tứ Liên' }, { name: 'Miếu Y', address: '5 Au Co' }),
    ).toEqual(['address']);
    const place = { lng: 105.82, lat: 21.06 };
    expect(reasons({ name: 'Đền X', place }, { name: 'Miếu Y', place })).toEqual(['near']);
    expect(NEAR_METERS).toBeLessThanOrEqual(30);
  });

  it('by a name that only the register knows', () => {
    const register = [{ id: 'th-pt-01', name: 'Chùa Phú Gia', otherNames: ['Chùa Bà Già', 'Bà Già tự'] }];
    const pair = [listed('a', 'Chùa Phú Gia'), listed('b', 'Bà Già tự')];
    expect(findDoubles(pair, register)).toMatchObject([{ a: 'a', b: 'b', reasons: ['other-name'] }]);
    expect(findDoubles(pair)).toEqual([]);
  });

  it('a slip counts for nothing where addresses or positions say two places', () => {
    const slip = [{ name: 'Đình Thiên Thái' }, { name: 'Đình Thiên Thía' }] as const;
    expect(reasons(...slip)).toEqual(['spelling']);
    expect(reasons({ ...slip[0], address: 'Số 5 Âu Cơ' }, { ...slip[1], address: 'Số 9 Âu Cơ' })).toEqual([]);
    const place = (lat: number) => ({ place: { lng: 105.82, lat } });
    expect(reasons({ ...slip[0], ...place(21.06) }, { ...slip[1], ...place(21.062) })).toEqual([]);
  });

  it.each([
    ['Đ. Võng Thị', 'Chùa Võng Thị'],
    ['Đình Phú Gia', 'Chùa Phú Gia'],
    ['Đình Phú Gia', 'Đình Phú Xá'],
    ['Chùa Quán La', 'Chùa Xuân La'],
    ['Chùa Vạn Niên', 'Chùa Thiên Niên'],
    ['Đình An Thọ', 'Đình An Thái'],
  ])('but not %s and %s', (a, b) => {
    expect(reasons({ name: a }, { name: b })).toEqual([]);
  });

  it('never where one is done and the other is proposed', () => {
    expect(reasons({ name: 'Đình Yên Phụ', done: true }, { name: 'Đình Yên Phụ' })).toEqual([]);
  });

  it('in any order of the items alike', () => {
    const { lists } = generateLists(5, 12);
    const items = lists.flat();
    const expected = findDoubles(items);
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
        expect(findDoubles(shuffled)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('whatever slip of one letter was made behind the first', () => {
    const word = fc.stringMatching(/^[b-z]{4,8}$/);
    fc.assert(
      fc.property(word, word, fc.nat(), (first, second, at) => {
        const i = 1 + (at % (second.length - 1));
        const typed = second.slice(0, i) + second.slice(i + 1);
        expect(isSlip([first, second], [first, typed])).toBe(true);
      }),
    );
  });
});

describe('eight generated ward lists, a tenth of their places twice under changed spelling', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const measured = seeds.map((seed) => {
    const { lists, same } = generateLists(seed);
    const found = new Set(findDoubles(lists.flat()).map(({ a, b }) => `${a} ${b}`));
    const hits = [...same.keys()].filter((pair) => found.has(pair));
    const missed = [...same].filter(([pair]) => !found.has(pair)).map(([, how]) => how);
    return { items: lists.flat().length, same: same.size, hits: hits.length, found: found.size, missed };
  });
  const sum = (of: (one: (typeof measured)[number]) => number) => measured.reduce((total, one) => total + of(one), 0);

  it('are found, at least 95 of 100', () => {
    const recall = sum(({ hits }) => hits) / sum(({ same }) => same);
    console.info(
      `doubles: ${sum(({ items }) => items)} works in ${seeds.length} x 8 lists, ${sum(({ same }) => same)} doubles, ` +
        `${sum(({ hits }) => hits)} found (${(recall * 100).toFixed(1)} %), ` +
        `precision ${((sum(({ hits }) => hits) / sum(({ found }) => found)) * 100).toFixed(1)} %, ` +
        `missed: ${measured.flatMap(({ missed }) => missed).join(', ') || 'none'}`,
    );
    expect(recall).toBeGreaterThanOrEqual(0.95);
    for (const one of measured) expect(one.hits / one.same).toBeGreaterThanOrEqual(0.9);
  });

  it('raise few false alarms: at least 80 of 100 that are pointed out are doubles', () => {
    expect(sum(({ hits }) => hits) / sum(({ found }) => found)).toBeGreaterThanOrEqual(0.8);
  });
});
