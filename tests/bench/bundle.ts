/** What a first visit must load as script before the map is there, compressed as it is served. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { compared, type BenchRow } from './row.ts';

const WEB = new URL('../web/', import.meta.url);
const BUDGET_KB = 450;

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

export function benchBundle(): BenchRow[] {
  const text = readFileSync(fileURLToPath(new URL('.vite/manifest.json', WEB)), 'utf8');
  const manifest = JSON.parse(text) as Record<string, Chunk>;
  const files = new Set<string>();
  const take = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(take);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) take(key);
  const scripts = [...files].filter((name) => name.endsWith('.js'));
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, WEB))).length, 0);
  return [
    compared({
      name: `first load, ${scripts.length} script(s) gzip, without the map worker`,
      value: bytes / 1000,
      unit: 'kB',
      reference: BUDGET_KB,
      budget: { atMost: 1 },
    }),
  ];
}
