/** Axes of the charts of watching, which count from 0. Pure. */

/** The least of 1, 2, 5 times a power of ten that is not below `value`; 5 for an empty chart. */
export function axisTop(value: number): number {
  if (value <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((times) => times * power).find((top) => top >= value) ?? value;
}
