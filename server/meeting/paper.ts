/** What stands on the printed sheets of a meeting, in the Vietnamese of the district's papers, and where. Pure. */
import type { Position } from '../../geodata/schema.ts';
import { metersPerDegree } from '../../geodata/measure.ts';
import type { IndicatorStatus, StatusState, WardStatus } from '../status/contract.ts';
import type { Frozen, MeetingSnapshot } from './contract.ts';

export const stateWords: Record<StatusState, string> = {
  met: 'Đạt',
  near: 'Gần đạt',
  'not-met': 'Chưa đạt',
  expired: 'Hết hạn minh chứng',
  'no-data': 'Chưa có số liệu',
};
/** For the narrow columns of the annex. */
export const shortStates: Record<StatusState, string> = {
  met: 'Đạt',
  near: 'Gần đạt',
  'not-met': 'Chưa đạt',
  expired: 'Hết hạn',
  'no-data': '–',
};
export const reasonWords: Record<IndicatorStatus['reason'], string> = {
  'meets-target': 'Đạt ngưỡng',
  'within-margin': 'Sát ngưỡng',
  'misses-target': 'Dưới ngưỡng',
  'evidence-expired': 'Minh chứng đã hết hạn',
  'evidence-withdrawn': 'Minh chứng đã bị rút',
  'evidence-missing': 'Thiếu minh chứng bắt buộc',
  'no-value': 'Chưa có số liệu được duyệt',
  'no-target': 'Chưa nhập ngưỡng',
};

export const vietnameseDay = (day: string): string => day.split('-').reverse().join('/');
export const vietnameseNumber = (value: number): string =>
  new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }).format(value);
export const quantity = (value: number | null, unit: string | null): string =>
  value === null ? '–' : `${vietnameseNumber(value)}${unit === null ? '' : unit === '%' ? '%' : ` ${unit}`}`;

export const vouchedBy = ({ number, head, sha256 }: MeetingSnapshot): string =>
  `Bản chốt số liệu số ${number}, mã ${sha256}\nNhật ký thay đổi số ${head.seq}, mã ${head.hash}`;

export interface Wanting {
  ward: WardStatus;
  indicator: IndicatorStatus;
  title: string;
}
/** Every indicator that is not met, ward by ward in the order of the pack. */
export const wantingOf = ({ status, pack }: Frozen): Wanting[] =>
  status.wards.flatMap((ward) =>
    ward.criteria.flatMap(({ id, indicators }) =>
      indicators
        .filter(({ state }) => state !== 'met')
        .map((indicator) => ({
          ward,
          indicator,
          title:
            pack.criteria.find((one) => one.id === id)?.indicators.find((one) => one.id === indicator.id)?.title.vi ??
            '',
        })),
    ),
  );

export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Plane {
  place: (position: Position) => [x: number, y: number];
  pointsPerMeter: number;
}

/** The plane that fits all these positions into a frame, north up, true to scale at their middle. */
export function planeFor(positions: readonly Position[], { x, y, width, height }: Frame): Plane {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of positions) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const [alongLng, alongLat] = metersPerDegree((south + north) / 2);
  const pointsPerMeter = Math.min(width / ((east - west) * alongLng), height / ((north - south) * alongLat));
  const left = x + (width - (east - west) * alongLng * pointsPerMeter) / 2;
  const top = y + (height - (north - south) * alongLat * pointsPerMeter) / 2;
  return {
    pointsPerMeter,
    place: ([lng, lat]) => [
      left + (lng - west) * alongLng * pointsPerMeter,
      top + (north - lat) * alongLat * pointsPerMeter,
    ],
  };
}

/** Metres of a scale bar: the longest round length that is not longer than `points` on paper. */
export function scaleBarMeters(pointsPerMeter: number, points: number): number {
  const most = points / pointsPerMeter;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([5, 2, 1].find((step) => step * power <= most) ?? 1);
}

const POINTS_PER_METER_OF_PAPER = 72 / 0.0254;
/** `1:25.000`, rounded to what a reader can use. */
export const scaleWords = (pointsPerMeter: number): string =>
  `1:${vietnameseNumber(Math.round(POINTS_PER_METER_OF_PAPER / pointsPerMeter / 100) * 100)}`;

/** How far the handles of a Bézier curve stand from the ends of a quarter circle, for a radius of 1. */
const QUARTER = 0.5522847498;

/** The path of a hatch (`M`, `L`, `H`, `Z`, and half circles as `a`) as operators of a PDF tile. */
export function tileOperators(path: string, strokeWidth: number, scale: number): string {
  const lines = [`${strokeWidth * scale} w`];
  let [x, y] = [0, 0];
  const at = (...numbers: number[]) => numbers.map((n) => (n * scale).toFixed(3)).join(' ');
  for (const [, command, rest = ''] of path.matchAll(/([MLHaZ])([^MLHaZ]*)/g)) {
    const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
    const [first = 0, second = 0] = numbers;
    if (command === 'M' || command === 'L') {
      [x, y] = [first, second];
      lines.push(`${at(x, y)} ${command === 'M' ? 'm' : 'l'}`);
    } else if (command === 'H') {
      x = first;
      lines.push(`${at(x, y)} l`);
    } else if (command === 'a') {
      const radius = first;
      const way = Math.sign(numbers[5] ?? 1);
      const [middle, end] = [x + way * radius, x + 2 * way * radius];
      const top = y + way * radius;
      const k = QUARTER * radius * way;
      lines.push(`${at(x, y + k, middle - k, top, middle, top)} c`, `${at(middle + k, top, end, y + k, end, y)} c`);
      x = end;
    } else lines.push('h');
  }
  lines.push(strokeWidth > 0 ? 'S' : 'f');
  return lines.join('\n');
}
