import { renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createApp } from '../app.ts';
import { PlainFault } from '../faults.ts';
import { publicLayers } from '../layers/contract.ts';
import { openServices } from '../open.ts';
import type { Problem } from '../platform/contract.ts';
import { readArguments, type Command } from './command.ts';

const FORMATS = ['geojson'];

/** The same FeatureCollection the API gives, as a file that is whole or not there. */
export const exportLayer: Command = {
  verb: ['export'],
  usage: `export LAYER --format geojson --out FILE [--at DATE] [--units DATE]`,
  vi: `Ghi một lớp công khai ra tệp: ${publicLayers.join(' ')}`,
  en: `Writes a public layer to a file: ${publicLayers.join(' ')}`,
  async run(args, env) {
    const { words, options } = readArguments(args, ['format', 'out', 'at', 'units']);
    const layer = publicLayers.find((id) => id === words[0]);
    if (!layer)
      throw new PlainFault(`Không có lớp đó / No such layer: ${words[0] ?? '?'} (${publicLayers.join(', ')})`);
    if (!FORMATS.includes(options.format ?? 'geojson')) {
      throw new PlainFault(`Không có định dạng đó / No such format: ${options.format} (${FORMATS.join(', ')})`);
    }
    if (!options.out) throw new PlainFault('Thiếu tệp đích / The target file is missing: --out FILE');
    const query = new URLSearchParams();
    if (options.at) query.set('at', options.at);
    if (options.units) query.set('units', options.units);
    const { value: services, close } = await openServices(env);
    try {
      const answer = await createApp(services).request(`/api/layers/${layer}?${query}`);
      if (!answer.ok) {
        const { code } = (await answer.json()) as Problem;
        throw new PlainFault(`Không xuất được / The export was refused: ${code}`);
      }
      const text = await answer.text();
      writeWhole(resolve(options.out), text);
      const { features } = JSON.parse(text) as { features: unknown[] };
      return [`${options.out}: ${layer}, ${features.length}`];
    } finally {
      await close();
    }
  },
};

function writeWhole(path: string, text: string): void {
  const partial = `${path}.partial`;
  try {
    writeFileSync(partial, text);
    renameSync(partial, path);
  } catch {
    throw new PlainFault(`Không ghi được tệp / The file cannot be written: ${path}`);
  }
}
