import { expect, test } from 'vitest';
import { planeFor, scaleBarMeters, scaleWords, tileOperators } from '../../../server/meeting/paper.ts';
import { metersBetween } from '../../../geodata/measure.ts';
import { hatches } from '../../../web/map/patterns.ts';

const FRAME = { x: 10, y: 20, width: 300, height: 400 };

test('a plane keeps lengths true along both axes, north up, inside its frame', () => {
  const [a, b, c] = [[105.8, 21.04], [105.84, 21.04], [105.8, 21.09]] as const; // prettier-ignore
  const { place, pointsPerMeter } = planeFor(
    [a, b, c].map((p) => [...p]),
    FRAME,
  );
  const [pa, pb, pc] = [place([...a]), place([...b]), place([...c])];
  expect(Math.hypot(pb[0] - pa[0], pb[1] - pa[1]) / pointsPerMeter / metersBetween([...a], [...b])).toBeCloseTo(1, 2);
  expect(Math.hypot(pc[0] - pa[0], pc[1] - pa[1]) / pointsPerMeter / metersBetween([...a], [...c])).toBeCloseTo(1, 2);
  expect(pc[1]).toBeLessThan(pa[1]);
  for (const [x, y] of [pa, pb, pc]) {
    expect(x).toBeGreaterThanOrEqual(FRAME.x - 0.01);
    expect(x).toBeLessThanOrEqual(FRAME.x + FRAME.width + 0.01);
    expect(y).toBeGreaterThanOrEqual(FRAME.y - 0.01);
    expect(y).toBeLessThanOrEqual(FRAME.y + FRAME.height + 0.01);
  }
});

test.each([
  [0.1, 130, 1000],
  [0.1, 50, 500],
  [0.1, 45, 200],
])('a scale bar at %f points a metre in %f points is %f m', (pointsPerMeter, points, meters) => {
  expect(scaleBarMeters(pointsPerMeter, points)).toBe(meters);
});

test('the scale is told as maps tell it', () => {
  expect(scaleWords(72 / 0.0254 / 30_940)).toBe('1:30.900');
});

test.each(Object.entries(hatches))('the hatch %s becomes operators of PDF and nothing else', (_, hatch) => {
  const lines = tileOperators(hatch.path, hatch.strokeWidth, 1).split('\n');
  expect(lines.filter((line) => !/^(?:-?[\d.]+ )*(?:w|m|l|c|h|S|f)$/.test(line))).toEqual([]);
});
