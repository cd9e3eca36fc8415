import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRoot } from '../../../geodata/load.ts';

/** Weights that a printed page uses, by the name they are registered under. */
const FILES = {
  plain: 'be-vietnam-pro-400.ttf',
  italic: 'be-vietnam-pro-500-italic.ttf',
  bold: 'be-vietnam-pro-700.ttf',
} as const;
export type FontName = keyof typeof FILES;

/** The TrueType files of Be Vietnam Pro; the PDF carries the letters it uses. Read anew each time: reports are rare. */
export const printFonts = (): { name: FontName; bytes: Buffer }[] =>
  (Object.keys(FILES) as FontName[]).map((name) => ({
    name,
    bytes: readFileSync(join(findRoot(), 'server/platform/print/fonts', FILES[name])),
  }));
