import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort, startExpectingExit, startServer, temporaryFolder } from '../helpers/server.ts';

const folders: string[] = [];
const folder = () => {
  const made = temporaryFolder();
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

/** What is said on one line, without a trace of where in the code. */
const onePlainLine = (output: string) => {
  const lines = output.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/\bat .*:\d+|Error:|node:|SQLITE_|^\{/);
  return lines[0] ?? '';
};

describe('npm start', () => {
  it('serves within ten seconds once it is built', async () => {
    await (await startServer()).stop();
    const began = performance.now();
    const server = await startServer({ dataDir: folder() });
    const took = performance.now() - began;
    await server.stop();
    expect(took).toBeLessThan(10_000);
  });

  it('ends by SIGTERM and starts again on its own data', async () => {
    const dataDir = folder();
    const first = await startServer({ demo: true, dataDir });
    const { seq } = await first.get<{ seq: number }>('/api/health');
    await first.stop();
    const second = await startServer({ demo: true, dataDir });
    expect(await second.get('/api/health')).toMatchObject({ seq, demo: true });
    await second.stop();
  });
});

describe('one plain line and exit 1', () => {
  it('when the port is taken', async () => {
    const port = await freePort();
    const occupant = createServer();
    await new Promise<void>((done) => occupant.listen(port, '127.0.0.1', done));
    const { code, output } = await startExpectingExit({ port, dataDir: folder() });
    await new Promise((done) => occupant.close(done));
    expect(code).toBe(1);
    expect(onePlainLine(output)).toContain(String(port));
  });

  it('when a value of the environment is wrong', async () => {
    const env = { UNITS: '2030-01-01' };
    const { code, output } = await startExpectingExit({ port: await freePort(), dataDir: folder(), env });
    expect(code).toBe(1);
    expect(onePlainLine(output)).toContain('UNITS');
  });

  it('when the data folder cannot be made', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const { code, output } = await startExpectingExit({ port: await freePort(), dataDir: join(file, 'data') });
    expect(code).toBe(1);
    expect(onePlainLine(output)).toContain(join(file, 'data'));
  });

  it('when the database is damaged, which is not touched', async () => {
    const dataDir = folder();
    mkdirSync(dataDir, { recursive: true });
    const path = join(dataDir, 'atlas.sqlite');
    const damaged = Buffer.alloc(8192, 'not a database ');
    writeFileSync(path, damaged);
    const { code, output } = await startExpectingExit({ port: await freePort(), dataDir });
    expect(code).toBe(1);
    onePlainLine(output);
    expect(readFileSync(path).equals(damaged)).toBe(true);
    expect(readdirSync(dataDir).filter((name) => /-(wal|shm|journal)$/.test(name))).toEqual([]);
  });
});

describe('kill -9', () => {
  it('leaves a database that opens again', async () => {
    const server = await startServer({ demo: true });
    await server.kill();
    expect(existsSync(join(server.dataDir, 'atlas.sqlite'))).toBe(true);
    await server.restart();
    expect(await server.get('/api/health')).toMatchObject({ status: 'ok' });
    await server.stop();
  });
});
