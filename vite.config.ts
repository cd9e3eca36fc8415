import { svelte } from '@sveltejs/vite-plugin-svelte';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig as UserConfig } from 'vitest/config';
import { devApi } from './server/dev.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page. `__TEST_HOOK__` opens the one door through which the e2e tests ask the map what it drew. */
const web: UserConfig = {
  root: here('web'),
  plugins: [svelte(), devApi()],
  build: { outDir: here('dist/web'), emptyOutDir: true, target: 'es2022', manifest: true },
  server: { host: '127.0.0.1', port: 5173 },
  worker: { format: 'es' },
};

/** A Node build: packages stay outside, our own TypeScript is bundled, one file an entry. */
const node = (outDir: string, input: Record<string, string>): UserConfig => ({
  build: {
    ssr: true,
    outDir: here(outDir),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { input, output: { entryFileNames: '[name].js' } },
  },
});

const project = (name: string, more: object = {}) => ({
  plugins: [svelte()],
  test: { name, include: [`tests/${name}/**/*.test.ts`], environment: 'node' as const, ...more },
});

/** Vitest leaves a core free, which on two cores halves the speed: these tests wait for disk and hashes as often as not. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

const test: UserConfig['test'] = {
  projects: [
    // Generous: a limit is for what hangs, and other work may share the machine.
    // Pure functions: the modules are loaded once for all files, which halves the time.
    project('unit', { isolate: false, maxWorkers, testTimeout: 60_000, hookTimeout: 60_000 }),
    project('conformance', { isolate: false, maxWorkers, testTimeout: 60_000, hookTimeout: 60_000 }),
    // Isolated: some of them measure what their own process holds.
    project('api', { maxWorkers, testTimeout: 60_000, hookTimeout: 60_000 }),
    // Through foreign programs (LibreOffice): `npm run test:interop`, never part of `npm test`.
    ...(process.argv.includes('interop') ? [project('interop', { testTimeout: 300_000, hookTimeout: 60_000 })] : []),
    // One browser at a time: two software-rendered maps on two cores starve each other.
    project('e2e', { testTimeout: 90_000, hookTimeout: 90_000, fileParallelism: false, maxWorkers: 1 }),
  ],
};

export default defineConfig(({ mode }) => {
  if (mode === 'server') return node('dist/server', { main: here('server/main.ts'), cli: here('server/cli.ts') });
  if (mode === 'bench') return node('dist/bench', { main: here('tests/bench/main.ts') });
  return process.env['VITEST'] ? { test } : web;
});
