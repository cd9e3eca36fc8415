/** What the command line does beside a running server is felt there. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { make } from '../helpers/make.ts';

// The first start builds what is older than its sources.
vi.setConfig({ testTimeout: 180_000 });

test('an account disabled by the command line loses its event stream, and the others keep theirs', async () => {
  const env = make.env();
  const server = await startServer(env, { log: createLog('silent') });
  onTestFinished(() => server.close());
  await make.user(server.services);
  const user = await make.user(server.services, { username: 'can.bo', roles: ['health'] });
  const listen = async (headers: Record<string, string>) => {
    const answer = await fetch(`${server.url}/api/changes`, { headers: { accept: 'text/event-stream', ...headers } });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    onTestFinished(() => reader.cancel().catch(() => undefined));
    return reader;
  };
  const own = await listen(await make.session(server.services, user));
  await listen({});
  let heard = '';
  const ended = (async () => {
    for (let part = await own.read(); !part.done; part = await own.read()) heard += part.value;
    return performance.now();
  })();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['server/start.mjs', '--cli', 'user', 'disable', 'can.bo'],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { ...process.env, DATA_DIR: env.dataDir },
    },
  );
  expect(stdout).toContain('can.bo');
  await ended;
  expect(heard).toContain('event: signed-out');
  expect(server.services.events.listeners).toBe(1);
});
