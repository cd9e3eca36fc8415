import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { build } from '../../../geodata/build.ts';
import { checkAll, checkCanonical } from '../../../geodata/check.ts';
import { findRoot, loadPlaces } from '../../../geodata/load.ts';

// Every build unites, cuts and buffers polygons: a second or two on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let root: string;
const file = (name: string) => join(root, 'geodata', name);
const edit = (name: string, change: (text: string) => string) =>
  writeFileSync(file(name), change(readFileSync(file(name), 'utf8')));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'geodata-'));
  cpSync(join(findRoot(), 'geodata'), join(root, 'geodata'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

test('places load from a copy of the folder', () => {
  expect(loadPlaces(root).wards['1995-10-28'].map(({ properties }) => properties.code)).toEqual(
    ['00091', '00094', '00097', '00100', '00103', '00106', '00109', '00112'], // prettier-ignore
  );
});

test('the root is found from a folder below it, and its absence is said', () => {
  expect(findRoot(join(findRoot(), 'server', 'platform'))).toBe(findRoot());
  expect(() => findRoot(root)).toThrow('no package.json named tayho-atlas');
});

test('a file that fits no schema is named with its fault, in one line', () => {
  edit('layers/landmarks.geojson', (text) => text.replace('"museum"', '"palace"'));
  expect(() => loadPlaces(root)).toThrow(/^geodata\/layers\/landmarks\.geojson: features\.0\.properties\.kind: .+$/);
  expect([...checkAll(root)]).toMatchObject([{ faults: [expect.stringContaining('landmarks.geojson')] }]);
});

test('a missing and a broken file are named', () => {
  rmSync(file('seed/relics.json'));
  expect(() => loadPlaces(root)).toThrow(/^geodata\/seed\/relics\.json: /);
  writeFileSync(file('seed/relics.json'), '[{');
  expect(() => loadPlaces(root)).toThrow(/^geodata\/seed\/relics\.json: /);
});

test('building brings an edited file back into its form, and once is enough', () => {
  edit('layers/water.geojson', (text) => JSON.stringify(JSON.parse(text)));
  expect(checkCanonical(join(root, 'geodata'))).toEqual([expect.stringContaining('layers/water.geojson')]);
  expect(build(join(root, 'geodata'))).toEqual(['layers/water.geojson']);
  expect(build(join(root, 'geodata'))).toEqual([]);
  expect(checkCanonical(join(root, 'geodata'))).toEqual([]);
});

test('a river that is missing stops the build', () => {
  edit('layers/water.geojson', (text) => text.replace(/,\n\{"type":"Feature","id":"song-hong".*\n/, '\n'));
  expect(() => build(join(root, 'geodata'))).toThrow('the river is missing');
});
