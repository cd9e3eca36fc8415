/** Axes of the charts: round ticks around values that need not begin at 0. Pure. */

const STEPS = [1, 2, 2.5, 5, 10];

/**
 * Round ticks from at or below the least value to at or above the greatest, about `about` of them. Without a value it is
 * an axis from 0 to 1, so that an empty chart is still one.
 */
export function axisTicks(values: readonly number[], about = 4): number[] {
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  // All equal: some room on both sides, so that the line stands in the middle.
  const span = high - low || Math.max(1, Math.abs(high) * 0.1);
  const power = 10 ** Math.floor(Math.log10(span / about));
  const step = STEPS.map((times) => times * power).find((one) => one >= span / about - power * 1e-9) ?? 10 * power;
  const first = Math.floor((high === low ? low - span / 2 : low) / step + 1e-9);
  const last = Math.ceil((high === low ? high + span / 2 : high) / step - 1e-9);
  // Multiplied, not added up: 0.1 + 0.2 is no tick.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** A point of a chart over time. */
export interface ChartPoint {
  id: string;
  label: string;
  value: number | null;
}

/** SVG path data through the values, by index; a missing one breaks the line, for no figure is not 0. */
export function linePath(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let drawing = false;
  return values
    .map((value, index) => {
      if (value === null) {
        drawing = false;
        return '';
      }
      const step = `${drawing ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
      drawing = true;
      return step;
    })
    .join('');
}
