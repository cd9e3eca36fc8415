import { describe, expect, it, test } from 'vitest';
import { drawnCases, queryOf, readChoice, type CaseLayerData } from '../../../web/dengue/cases/filter.ts';

const choice = (given: Record<string, string> = {}) => readChoice((key) => given[key] ?? null);

test('the list asks for what the address says, until the day looked at', () => {
  expect(queryOf(choice(), '2022-11-04', '1995-10-28')).toEqual({
    units: '1995-10-28',
    onsetTo: '2022-11-04',
    sort: '-onset',
  });
  expect(
    queryOf(choice({ lop: 'confirmed', ngay: '7', dinhvi: 'no', xep: 'reported' }), '2022-11-04', 'x'),
  ).toMatchObject({ class: 'confirmed', onsetFrom: '2022-10-29', located: 'no', sort: 'reported' });
});

const one = (id: string, onsetOn: string, more: object = {}) => ({
  type: 'Feature' as const,
  id,
  geometry: { type: 'Point' as const, coordinates: [105.82, 21.06] },
  properties: {
    id,
    version: 1,
    class: 'clinical' as const,
    onsetOn,
    wardKey: '00100@1995-10-28' as const,
    accuracyMeters: 10,
    needsLocating: false,
    severity: null,
    demo: false,
    ...more,
  },
});
const layer = {
  type: 'FeatureCollection',
  features: [
    one('a', '2022-11-04'),
    one('b', '2022-10-29', { class: 'confirmed' }),
    one('c', '2022-10-28', { needsLocating: true }),
    one('d', '2022-11-05'),
  ],
} as CaseLayerData;
const drawn = (given: Record<string, string> = {}) =>
  drawnCases(layer, choice(given), '2022-11-04').features.map(({ properties }) => properties);

describe('the map shows what the list shows', () => {
  it('with the days since onset, and nothing of tomorrow', () => {
    expect(drawn().map(({ id, age }) => [id, age])).toEqual([
      ['a', 0],
      ['b', 6],
      ['c', 7],
    ]);
  });

  it.each([
    [{ lop: 'confirmed' }, 'b'],
    [{ ngay: '7' }, 'ab'],
    [{ dinhvi: 'no' }, 'c'],
    [{ dinhvi: 'yes' }, 'ab'],
    [{ phuong: '00109@1995-10-28' }, ''],
    [{ go: 'yes' }, ''],
  ])('under %j', (given, ids) => {
    expect(
      drawn(given as Record<string, string>)
        .map(({ id }) => id)
        .join(''),
    ).toBe(ids);
  });
});
