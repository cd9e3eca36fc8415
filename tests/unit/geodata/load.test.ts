import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { build } from '../../../geodata/build.ts';
import { checkAll, checkCanonical } from '../../../geodata/check.ts';
import { findRoot, loadPlaces } from '../../../geodata/load.ts';
import { packOn, wardStatus } from '../../../server/status/criteria.ts';

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

/** An outline of the title "tiêu biểu" of NĐ 86/2023/NĐ-CP, in words of its own: an illustration. */
const outline = () => {
  const [first] = loadPlaces(root).criteriaPacks;
  const [criterion] = first!.criteria;
  const [indicator] = criterion!.indicators;
  return {
    ...first!,
    id: 'nd86-2023',
    illustration: true,
    title: {
      vi: 'Phường tiêu biểu (NĐ 86/2023/NĐ-CP), phác thảo minh họa',
      en: 'Exemplary ward (NĐ 86/2023), outline',
    },
    decree: { number: '86/2023/NĐ-CP', issuedOn: '2023-12-07', inForceOn: '2024-01-30', source: 'minh họa' },
    validFrom: '2024-01-30',
    criteria: [1, 2, 3].map((number) => ({
      ...criterion!,
      id: String(number),
      number,
      indicators: [{ ...indicator!, id: `${number}.1`, unit: '%', direction: 'at-least' as const, target: 80 }],
    })),
  };
};

test('a second pack loads from its file alone; as an illustration it judges no day, and the first stands as it was', () => {
  const before = loadPlaces(root).criteriaPacks;
  writeFileSync(file('packs/criteria-nd86-2023.json'), JSON.stringify(outline()));
  const packs = loadPlaces(root).criteriaPacks;
  const entry = { value: 90, asOf: '2024-06-30', source: 'x', evidence: null, demo: false };
  const [status, first] = [packs[1]!, packs[0]!].map((pack) =>
    wardStatus(pack, new Map([['1.1', entry]]), '2024-07-01'),
  );
  expect([packs.map(({ id }) => id), packs[0], packOn(packs, '2024-07-01').id]).toEqual([
    ['qd04-2022', 'nd86-2023'],
    before[0],
    'qd04-2022',
  ]);
  expect([status!.criteria[0]!.state, status!.criteriaTotal]).toEqual(['met', 3]);
  expect(first).toEqual(wardStatus(before[0]!, new Map([['1.1', entry]]), '2024-07-01'));
});

test('a second pack that is whole and in force judges the days from its first on, older days stay the first’s', () => {
  writeFileSync(file('packs/criteria-nd86-2023.json'), JSON.stringify({ ...outline(), illustration: false }));
  const packs = loadPlaces(root).criteriaPacks;
  expect(['2024-01-29', '2024-01-30'].map((at) => packOn(packs, at).id)).toEqual(['qd04-2022', 'nd86-2023']);
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
