/**
 * `npm run build:geodata`: brings every data file into its one canonical form and writes its sha256 into sources.json.
 * Run it after every edit; run twice, the second changes nothing.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  canonicalGeometry,
  formatCollection,
  formatJson,
  linesOf,
  roundPosition,
  shareVertices,
  type Collection,
  type Feature,
} from './canonical.ts';
import { layerFiles, type LayerFile } from './collection.ts';
import { labelPointOf, wetAreas } from './label-point.ts';
import { findRoot, outbreakRuleFiles } from './load.ts';
import { lengthMeters } from './measure.ts';
import type { SourceEntry, WardFeature } from './schema.ts';

export const jsonFiles = [
  'seed/relics.json',
  'seed/ward-facts.json',
  'seed/festivals.json',
  'packs/criteria-qd04-2022.json',
  'packs/programme-03.json',
  'packs/district-quan-tay-ho.json',
  ...outbreakRuleFiles,
  'packs/dengue-watching.json',
  'packs/title-procedure-qd04-2022.json',
  'packs/holidays-vn.json',
] as const;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The layers whose lines meet and must share their vertices. */
const meeting: readonly LayerFile[] = ['wards-1995', 'ward-edges', 'district'];

/** The bytes every file of `folder` should have, by its path within it; nothing is written. */
export function buildFiles(folder: string): Map<string, string> {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const layers = new Map(
    layerFiles.map((name) => {
      const { features } = read(`layers/${name}.geojson`) as Collection;
      return [name, features.map((f) => ({ ...f, geometry: canonicalGeometry(f.geometry) }))] as const;
    }),
  );

  const shared = shareVertices(meeting.flatMap((name) => layers.get(name)!));
  for (const name of meeting) layers.set(name, shared.splice(0, layers.get(name)!.length));

  const water = layers.get('water')!.map(({ geometry }) => geometry);
  const lakes = water.filter((geometry) => geometry.type === 'Polygon');
  const river = water.find((geometry) => geometry.type === 'LineString');
  if (!river) throw new Error('geodata/layers/water.geojson: the river is missing');
  const wet = wetAreas(lakes, river);
  for (const name of ['wards-1995', 'wards-2025'] as const) {
    layers.set(
      name,
      layers.get(name)!.map((ward) => {
        const labelPoint = roundPosition(labelPointOf(ward as unknown as WardFeature, wet));
        return { ...ward, properties: { ...ward.properties, labelPoint } };
      }),
    );
  }
  layers.set(
    'ward-edges',
    layers.get('ward-edges')!.map((edge): Feature => {
      const meters = Math.round(lengthMeters(linesOf(edge.geometry)[0]!));
      return { ...edge, properties: { ...edge.properties, lengthMeters: meters } };
    }),
  );

  const files = new Map<string, string>();
  for (const name of layerFiles) files.set(`layers/${name}.geojson`, formatCollection(layers.get(name)!));
  for (const file of jsonFiles) files.set(file, formatJson(read(file)));
  const sources = (read('sources.json') as SourceEntry[]).map((entry) => {
    const text = files.get(entry.file);
    return text === undefined ? entry : { ...entry, sha256: sha256(text) };
  });
  files.set('sources.json', formatJson(sources));
  return files;
}

/** Writes what differs; returns the names of the files written. */
export function build(folder: string): string[] {
  const changed: string[] = [];
  for (const [file, text] of buildFiles(folder)) {
    const path = join(folder, file);
    if (readFileSync(path, 'utf8') === text) continue;
    writeFileSync(path, text);
    changed.push(file);
  }
  return changed;
}

if (process.argv[1]?.endsWith('geodata/build.ts')) {
  const changed = build(join(findRoot(), 'geodata'));
  console.log(changed.length === 0 ? 'geodata: nothing to change' : `geodata: written ${changed.join(', ')}`);
}
