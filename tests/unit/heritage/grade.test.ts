import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relicParts } from '../../../geodata/vocabulary.ts';
import { dueOn, overallGrade } from '../../../server/heritage/grade.ts';
import { likeRelics } from '../../../server/heritage/likeness.ts';

const part = (name: (typeof relicParts)[number], grade: number) => ({ part: name, grade, cause: null, urgency: null });

describe('the grade of a whole relic', () => {
  it('is that of its worst part', () => {
    expect(overallGrade([part('roof', 2), part('frame', 5), part('gate', 1)])).toBe(5);
    expect(overallGrade([part('wall', 1)])).toBe(1);
  });

  it('is never “urgent” for what holds nothing up', () => {
    expect(overallGrade([part('gate', 5), part('statues', 5), part('grounds', 5), part('roof', 2)])).toBe(4);
  });

  it('never gets better when a part gets worse', () => {
    const graded = fc
      .uniqueArray(fc.constantFrom(...relicParts), { minLength: 1 })
      .chain((names) =>
        fc.tuple(...names.map((name) => fc.integer({ min: 1, max: 5 }).map((grade) => part(name, grade)))),
      );
    fc.assert(
      fc.property(graded, fc.nat(), (parts, at) => {
        const worse = parts.map((one, i) =>
          i === at % parts.length ? { ...one, grade: Math.min(5, one.grade + 1) } : one,
        );
        expect(overallGrade(worse)).toBeGreaterThanOrEqual(overallGrade(parts));
      }),
    );
  });
});

describe('the next inspection', () => {
  it.each([
    [1, '2022-11-04', '2024-11-04'],
    [2, '2022-11-04', '2023-11-04'],
    [3, '2022-08-31', '2023-02-28'],
    [4, '2022-11-30', '2023-02-28'],
    [5, '2024-01-31', '2024-02-29'],
  ])('of grade %i, seen on %s, is due on %s', (grade, on, due) => {
    expect(dueOn(grade, on)).toBe(due);
  });
});

describe('a relic that may be one that is there', () => {
  const known = [
    { id: 'a', name: 'Đình Quảng Bá', otherNames: ['Đình Quảng Khánh'], position: null },
    {
      id: 'b',
      name: 'Chùa Tảo Sách',
      otherNames: [],
      position: { lng: 105.82, lat: 21.06, accuracy: 'mapped' as const, errorMeters: 5, source: 'x' },
    },
  ];
  const ids = (name: string, at: [number, number] | null = null) => likeRelics(name, [], at, known).map(({ id }) => id);

  it('is found by its name without marks, and by another name', () => {
    expect([ids('dinh quang ba'), ids('Đình  Quảng Khánh'), ids('Đình Quảng An')]).toEqual([['a'], ['a'], []]);
  });

  it('is found by its place, up to 30 m', () => {
    expect([ids('X', [105.82, 21.06025]), ids('X', [105.82, 21.0603])]).toEqual([['b'], []]);
  });
});
