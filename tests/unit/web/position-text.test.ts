import { expect, test } from 'vitest';
import { wgs84ToVn2000 } from '../../../geodata/vn2000.ts';
import { parsePosition, readVn2000 } from '../../../web/lib/coordinates.ts';

const HOME = [105.8266, 21.0645] as const;
const [east, north] = wgs84ToVn2000([...HOME], 5897);

test.each([
  `${north.toFixed(2)} ${east.toFixed(2)}`,
  `${east.toFixed(2)}; ${north.toFixed(2)}`,
  `X=${north.toFixed(2)} Y=${east.toFixed(2)}`,
  `${north.toFixed(2).replace('.', ',')}; ${east.toFixed(2).replace('.', ',')}`,
])('metres of VN-2000 become degrees: %s', (text) => {
  const point = parsePosition(text);
  expect(point?.lng).toBeCloseTo(HOME[0], 6);
  expect(point?.lat).toBeCloseTo(HOME[1], 6);
});

test('the zone is the writer’s to say: its metres look the same', () => {
  const [east48, north48] = wgs84ToVn2000([...HOME], 3405);
  const text = `${north48} ${east48}`;
  expect(parsePosition(text, 3405)?.lat).toBeCloseTo(HOME[1], 6);
  expect(Math.abs((parsePosition(text)?.lat ?? 0) - HOME[1])).toBeGreaterThan(0.005);
});

test('degrees stay degrees, and words are no position', () => {
  expect(parsePosition('21,0645; 105,8266')).toEqual({ lng: 105.8266, lat: 21.0645 });
  expect(readVn2000('21.0645, 105.8266')).toBeNull();
  expect(parsePosition('12 Xuân Diệu')).toBeNull();
});
