/** Shared arithmetic of the charts: nice axes, and lines that break where a figure is missing. Pure. */

/** The least of 1, 2, 5 times a power of ten that is not below `value`; 5 for an empty chart. */
export function axisTop(value: number): number {
  if (value <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((times) => times * power).find((top) => top >= value) ?? value;
}

/** SVG path data through the points; a `null` breaks the line, for no figure is not 0. */
export function linePath(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false;
      return;
    }
    path += `${drawing ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    drawing = true;
  });
  return path;
}
