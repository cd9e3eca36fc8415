/**
 * A real server, killed again and again without warning while several people write: nothing that was acknowledged is
 * lost, nothing is applied by halves, and what was not acknowledged can be sent again with one outcome.
 * `npm run torture` kills 60 times, `npm test` 20 (`TORTURE_KILLS`).
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { verifyChain } from '../../server/platform/changes.ts';
import { peekDatabase } from '../../server/platform/database.ts';
import { filesFolder } from '../../server/platform/files.ts';
import { privateKey } from '../../server/platform/private.ts';
import { uuidv7 } from '../../server/platform/uuid.ts';
import { IN_QUANG_AN, make } from '../helpers/make.ts';
import { freePort } from '../helpers/server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KILLS = Number(process.env['TORTURE_KILLS'] ?? 20);
const WRITERS = 4;
/** One kill in so many falls into the start: while the database is opened, its log recovered, the schema looked at. */
const EARLY = 5;
const LONGEST_MS = 120;

vi.setConfig({ testTimeout: 120_000 + KILLS * 20_000 });

/** One request that writes, and what came of it. */
interface Write {
  changeId: string | null;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
  tries: number;
  /** Of the case after the write, or of the file; `null` = no answer came. */
  acknowledged: { id: string; version: number } | { sha256: string } | null;
}

const json = (method: string, path: string, fields: object, headers: Record<string, string> = {}): Write => {
  const changeId = uuidv7(Date.now());
  const body = JSON.stringify({ changeId, ...fields });
  const all = { 'content-type': 'application/json', ...headers };
  return { changeId, method, path, headers: all, body, tries: 0, acknowledged: null };
};

/** What one writer sends, each time it is asked: a case, two corrections of it, now and then a file. */
function* plan(today: string): Generator<Write> {
  for (let n = 0; ; n++) {
    const report = json('POST', '/api/dengue/cases', { class: 'clinical', onsetOn: today, position: IN_QUANG_AN });
    yield report;
    const id = `ca-${report.changeId}`;
    for (const [version, fields] of [{ class: 'confirmed' }, { severity: 'warning-signs' }].entries()) {
      yield json('PATCH', `/api/dengue/cases/${id}`, fields, { 'if-match': `"${version + 1}"` });
    }
    if (n % 3 !== 0) continue;
    const body = Buffer.concat([Buffer.from('%PDF-1.7\n'), make.noise(60_000)]);
    const path = '/api/status/evidence?ward=00100@1995-10-28&name=x.pdf';
    const headers = { 'content-type': 'application/pdf' };
    yield { changeId: null, method: 'POST', path, headers, body, tries: 0, acknowledged: null };
  }
}

test(`${KILLS} kills lose nothing that was acknowledged`, async () => {
  // Builds the server when it is older than its sources.
  execFileSync(process.execPath, ['server/start.mjs', '--cli', 'help'], { cwd: ROOT, stdio: 'ignore' });
  const dataDir = make.folder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;

  // A session that the real clock finds valid; it outlives every kill.
  const services = await make.services({ env: { dataDir }, now: new Date().toISOString() });
  const today = services.clock.today();
  const { cookie } = await make.session(services, await make.user(services, { roles: ['health', 'status'] }));
  await services.close();

  let child: ChildProcess | null = null;
  const begin = () => {
    const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
    child = spawn(process.execPath, ['dist/server/main.js'], { cwd: ROOT, env, stdio: 'ignore' });
    return child;
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  onTestFinished(() => end('SIGKILL'));
  const untilUp = async () => {
    for (;;) {
      if (child?.exitCode !== null) throw new Error(`the server ended with ${child?.exitCode} after a kill`);
      const answer = await fetch(`${url}/api/health`).catch(() => null);
      if (answer?.ok) return;
      await pass(10);
    }
  };

  const sent: Write[] = [];
  let over = false;
  const send = async (write: Write): Promise<void> => {
    write.tries += 1;
    const { method, path, headers, body } = write;
    const init = { method, headers: { cookie, ...headers }, body, signal: AbortSignal.timeout(30_000) };
    const answer = await fetch(url + path, init).catch(() => null);
    // While it starts it says that it is not ready.
    if (!answer || answer.status === 503) return;
    const said = (await answer.json().catch(() => null)) as Write['acknowledged'] & { code?: string };
    if (said === null) return;
    expect([answer.status < 300, said.code], `${method} ${path}`).toEqual([true, undefined]);
    write.acknowledged = said;
  };
  const writer = async () => {
    for (const write of plan(today)) {
      if (over) return;
      sent.push(write);
      // Without an answer it is sent again, under the same change id, until one comes.
      for (await send(write); !write.acknowledged; await send(write)) await pass(5);
    }
  };
  const acknowledged = () => sent.filter((write) => write.acknowledged);

  begin();
  await untilUp();
  const writing = Promise.all(Array.from({ length: WRITERS }, writer));
  for (let kill = 1; kill <= KILLS; kill++) {
    if (kill % EARLY === 0) await pass(Math.random() * 600);
    else {
      await untilUp();
      const before = acknowledged().length;
      while (acknowledged().length < before + WRITERS * 3) await Promise.race([pass(2), writing]);
      await pass(Math.random() * LONGEST_MS);
    }
    await end('SIGKILL');
    begin();
  }
  await untilUp();
  over = true;
  await writing;
  await end('SIGTERM');

  const found = await peekDatabase({ path: join(dataDir, 'atlas.sqlite') }, async (reader) => ({
    changes: await reader.all<{ id: string; record_id: string; version: number; private: number }>(
      `SELECT id, record_id, version, (SELECT count(*) FROM change_private p WHERE p.seq = c.seq) AS private
       FROM change c WHERE verb IN ('reportCase', 'editCase') ORDER BY seq`,
    ),
    cases: await reader.all<{ id: string; version: number }>('SELECT id, version FROM dengue_case'),
    evidence: await reader.all<{ sha256: string }>('SELECT sha256 FROM evidence_file'),
    verified: await verifyChain(reader, privateKey(dataDir, false)),
  }));
  const { changes, cases, evidence, verified } = found!;

  // Nothing acknowledged is lost, nothing happened twice.
  const rows = new Map(changes.map((row) => [row.id, row]));
  const versions = new Map(cases.map(({ id, version }) => [id, version]));
  const files = new Set(evidence.map(({ sha256 }) => sha256));
  const lost = acknowledged().filter(({ changeId, acknowledged: said }) =>
    said && 'sha256' in said
      ? !files.has(said.sha256)
      : !rows.has(changeId ?? '') || !said || (versions.get(said.id) ?? 0) < said.version,
  );
  expect(lost).toEqual([]);
  expect(changes.length).toBe(sent.filter(({ changeId }) => changeId !== null).length);

  // Row and change row agree, both ways: version n of a case was made by its n-th change, each with its private part.
  const perCase = new Map<string, number[]>();
  for (const row of changes) perCase.set(row.record_id, [...(perCase.get(row.record_id) ?? []), row.version]);
  const halves = [
    ...cases.filter(
      ({ id, version }) => perCase.get(id)?.join() !== Array.from({ length: version }, (_, n) => n + 1).join(),
    ),
    ...[...perCase.keys()].filter((id) => !versions.has(id)),
    ...changes.filter((row) => row.private !== 1),
    // A file without its row is only space; a row without its file would be a lie.
    ...[...files].filter((sha256) => {
      const bytes = readFileSync(join(filesFolder({ dataDir }), sha256.slice(0, 2), sha256));
      return createHash('sha256').update(bytes).digest('hex') !== sha256;
    }),
  ];
  expect(halves).toEqual([]);
  expect(verified).toMatchObject({ ok: true });

  const retried = sent.filter(({ tries }) => tries > 1).length;
  console.log(
    `torture: ${KILLS} kills, ${acknowledged().length} acknowledged (${files.size} files), ${lost.length} lost, ` +
      `${halves.length} half-applied, ${retried} sent again with one outcome, log of ${verified.ok ? verified.rows : 0} rows whole`,
  );
  expect(retried).toBeGreaterThan(0);
});
