/**
 * The hatches of the states, as path data on a small seamless tile: the map stamps them on areas, the legends and the
 * printed page draw the same paths in an SVG `<pattern width={HATCH_TILE} height={HATCH_TILE}>`.
 */
import type { PatternId, Theme } from './palette.ts';

/** Side of the tile in CSS pixels. */
export const HATCH_TILE = 8;

export interface Hatch {
  path: string;
  /** `stroke` with this width, or fill where it is 0. */
  strokeWidth: number;
  ink: Record<Theme, string>;
}

const rising = 'M-2 2L2 -2M-2 10L10 -2M6 10L10 6';
const falling = 'M-2 6L2 10M-2 -2L10 10M6 -2L10 2';
const dot = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

export const hatches: Record<Exclude<PatternId, ''>, Hatch> = {
  'no-data': { path: rising, strokeWidth: 1, ink: { light: '#bdbab3', dark: '#48535b' } },
  near: { path: 'M-1 2H9M-1 6H9', strokeWidth: 0.9, ink: { light: '#d8b148', dark: '#8c6c1c' } },
  'not-met': { path: rising + falling, strokeWidth: 0.8, ink: { light: '#b4502f', dark: '#d0705a' } },
  expired: { path: dot(2, 2, 1.1) + dot(6, 6, 1.1), strokeWidth: 0, ink: { light: '#6f5da8', dark: '#b6a6e6' } },
};
