/**
 * `npm run dev`: mounts the API into Vite's development server, so that page and API share one origin as in production.
 * Loaded by vite.config.ts, which knows no `import.meta.glob`: the server itself is only reached through `ssrLoadModule`.
 */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { openServer } from './main.ts';

/** Ours, unless it is a module: the page's own room `web/api/` is served under the same word. */
const OWN_PATHS = /^\/(api|ogc|basemap|metrics)(\/|$|\?)(?!.*\.(ts|svelte)(\?|$))/;

export function devApi(): Plugin {
  return {
    name: 'tayho-atlas-api',
    apply: 'serve',
    async configureServer(vite) {
      if (process.env['VITEST']) return;
      const entry = fileURLToPath(new URL('./main.ts', import.meta.url));
      const main = (await vite.ssrLoadModule(entry)) as { openServer: typeof openServer };
      const { listener, close } = await main.openServer(process.env, { demo: process.env['DEMO'] !== 'off' });
      vite.middlewares.use((request, response, next) => {
        if (OWN_PATHS.test(request.url ?? '')) listener(request, response);
        else next();
      });
      vite.httpServer?.once('close', () => void close());
    },
  };
}
