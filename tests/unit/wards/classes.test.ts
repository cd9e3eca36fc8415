import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  classBounds,
  classIndex,
  classMethods,
  formatClassing,
  MOST_CLASSES,
  parseClassing,
  readBreaks,
  type Classing,
} from '../../../web/wards/classes.ts';

const of = (method: Classing['method'], breaks: number[] = []): Classing => ({ method, breaks });

describe('the bounds of classes', () => {
  it.each<[string, number[], Classing, number[]]>([
    ['equal intervals', [0, 3, 10], of('deu'), [0, 2, 4, 6, 8, 10]],
    ['quantiles, by linear interpolation', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], of('phan-vi'), [1, 3, 5, 7, 9, 11]],
    [
      'natural breaks, at the least value of each group',
      [1, 2, 3, 50, 51, 99, 100, 150, 200, 201],
      of('tu-nhien'),
      [1, 50, 99, 150, 200, 201],
    ],
    ['by hand, beyond the values too', [40, 65, 99], of('tay', [60, 80]), [40, 60, 80, 99]],
    ['by hand, with every value above the first boundary', [70, 90], of('tay', [60, 80]), [60, 60, 80, 90]],
    ['one class where all values are equal', [7, 7, 7], of('tu-nhien'), [7, 7]],
    ['none without a value', [], of('deu'), []],
    ['fewer natural classes than colours where few values differ', [1, 1, 5, 5], of('tu-nhien'), [1, 5, 5]],
  ])('%s', (_, values, classing, bounds) => {
    expect(classBounds(values, classing)).toEqual(bounds);
  });

  it('puts a value on an inner boundary into the upper class, and the greatest into the last', () => {
    expect([0, 1.9, 2, 4, 9.9, 10].map((value) => classIndex(value, [0, 2, 4, 6, 8, 10]))).toEqual([0, 0, 1, 2, 4, 4]);
  });

  test('every value stands in exactly one class, and classes keep the order of the values', () => {
    const value = fc.integer({ min: -500, max: 500 }).map((whole) => whole / 10);
    const classing = fc.oneof(
      fc.constantFrom(...classMethods).map((method) => of(method)),
      fc.uniqueArray(value, { minLength: 1, maxLength: 4 }).map((breaks) =>
        of(
          'tay',
          breaks.sort((a, b) => a - b),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 130 }), classing, (values, way) => {
        const bounds = classBounds(values, way);
        const classes = bounds.length - 1;
        expect(classes).toBeLessThanOrEqual(MOST_CLASSES);
        expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
        const sorted = [...values].sort((a, b) => a - b);
        const indices = sorted.map((one) => classIndex(one, bounds));
        expect(indices).toEqual([...indices].sort((a, b) => a - b));
        sorted.forEach((one, i) => {
          const index = indices[i]!;
          expect(index === 0 || one >= bounds[index]!).toBe(true);
          expect(index === classes - 1 || one < bounds[index + 1]!).toBe(true);
        });
      }),
    );
  });

  test('quantiles of values that all differ fill their classes with as many wards each, give or take one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 5, maxLength: 130 }), (values) => {
        const bounds = classBounds(values, of('phan-vi'));
        const counts = bounds.slice(1).map((_, i) => values.filter((one) => classIndex(one, bounds) === i).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the way of dividing in the address', () => {
  it.each(['deu', 'phan-vi', 'tu-nhien', 'trang-thai', 'tay', 'tay:60,75.5'])('%s comes back as it was', (text) => {
    expect(formatClassing(parseClassing(text)!)).toBe(text);
  });
  it.each([null, '', 'jenks', 'tay60'])('%s is none', (text) => expect(parseClassing(text)).toBeNull());
  it('takes at most four boundaries, ascending, each once', () => {
    expect(parseClassing('tay:9,1,x,1,5,7,3')?.breaks).toEqual([1, 3, 5, 7]);
  });
  it('reads what a person types, with comma or point', () => {
    expect([readBreaks('75,5; 60'), readBreaks('60 75.5'), readBreaks(''), readBreaks('60; ba')]).toEqual([
      [60, 75.5],
      [60, 75.5],
      [],
      null,
    ]);
  });
});
