import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import type { Role, Scope } from '../../server/accounts/permission.ts';
import type { TaskReportWords } from '../../server/programme/contract.ts';
import { make } from '../helpers/make.ts';

const QUANG_AN = '00100@1995-10-28';
const BUOI = '00109@1995-10-28';
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
const REPORT = { state: 'in-progress', percent: 40, reportedOn: '2022-11-01', source: 'Báo cáo số 5' };

/** The task of the article about dengue, and one who asks about it. */
async function somebody(made: Awaited<ReturnType<typeof make.app>>, role: Role = 'status', scope: Scope = 'district') {
  const user = await make.user(made.services, { roles: [role], scope, password: null });
  const cookie = await make.session(made.services, user);
  const request = (path: string, init: RequestInit = {}) =>
    Promise.resolve(
      made.app.request(`/api/programme/tasks${path}`, { ...init, headers: { ...cookie, ...(init.headers as object) } }),
    );
  return {
    request,
    keep: (id = 'T5', bytes: Uint8Array<ArrayBuffer> | string = new Uint8Array(PDF)) =>
      request(`/${id}/evidence?name=${encodeURIComponent('Biên bản.pdf')}`, {
        method: 'POST',
        headers: { 'content-type': 'application/pdf' },
        body: bytes,
      }),
    report: async (evidence: object[], id = 'T5') => {
      const answer = await request(`/${id}/reports`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ changeId: make.changeId(), ...REPORT, evidence }),
      });
      return { status: answer.status, ...((await answer.json()) as { code?: string; errors?: object[] }) };
    },
    reports: async (id = 'T5') =>
      ((await (await request(`/${id}/reports`)).json()) as { items: TaskReportWords[] }).items,
  };
}

test('a report carries a file, which every account reads back byte for byte under its own name', async () => {
  const made = await make.app();
  const office = await somebody(made);
  const { sha256 } = (await (await office.keep()).json()) as { sha256: string };
  expect(sha256).toBe(createHash('sha256').update(PDF).digest('hex'));
  expect((await office.report([{ title: 'Biên bản kiểm tra', file: sha256 }])).status).toBe(200);

  const leader = await somebody(made, 'viewer');
  const [report] = await leader.reports();
  expect(report!.evidence).toEqual([{ title: 'Biên bản kiểm tra', file: sha256, place: null, checksum: null }]);
  const answer = await leader.request(`/T5/evidence/${sha256}`);
  expect(Buffer.from(await answer.arrayBuffer()).equals(PDF)).toBe(true);
  expect(answer.headers.get('content-disposition')).toContain('attachment');
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('Biên bản.pdf'));
});

test('or says where a paper lies, with the digest of what lies there', async () => {
  const office = await somebody(await make.app());
  const evidence = { title: 'Công văn 12', place: 'https://example.vn/12.pdf', file: null, checksum: 'a'.repeat(64) };
  await office.report([evidence]);
  expect((await office.reports())[0]!.evidence).toEqual([evidence]);
});

describe('evidence is refused', () => {
  it.each([
    ['evidence_without_place', 'evidence.0.place', [{ title: 'x' }]],
    [
      'unknown_evidence',
      'evidence.1.file',
      [
        { title: 'x', place: 'Tủ 1' },
        { title: 'x', file: 'b'.repeat(64) },
      ],
    ],
  ])('%s', async (code, path, evidence) => {
    const office = await somebody(await make.app());
    expect(await office.report(evidence)).toMatchObject({ status: 422, code, errors: [{ path, code }] });
    expect(await office.reports()).toEqual([]);
  });

  it('that is no file we keep, of a task that is not there, of a task beyond the scope', async () => {
    const made = await make.app();
    const { id } = await make.task(made.services, { wardKeys: [QUANG_AN] });
    const office = await somebody(made);
    const [stranger, clerk] = [await somebody(made, 'status', [BUOI]), await somebody(made, 'status', [QUANG_AN])];
    const codeOf = async (asked: Promise<Response>) => ((await (await asked).json()) as { code: string }).code;
    expect(await codeOf(office.keep('T5', 'MZ no'))).toBe('unknown_file_kind');
    expect(await codeOf(office.keep('T99'))).toBe('unknown_task');
    expect(await codeOf(stranger.keep(id))).toBe('outside_scope');
    expect((await clerk.keep(id)).status).toBe(200);
  });
});

test('a file that no report of the task names is not given by it, not even to the office', async () => {
  const made = await make.app();
  const office = await somebody(made);
  const { sha256 } = (await (await office.keep()).json()) as { sha256: string };
  await office.report([{ title: 'x', file: sha256 }]);
  const answer = await office.request(`/T1/evidence/${sha256}`);
  expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'unknown_task_evidence' }]);
});

test('visitors are told of no evidence', async () => {
  const made = await make.app();
  const office = await somebody(made);
  const { sha256 } = (await (await office.keep()).json()) as { sha256: string };
  await office.report([{ title: 'x', file: sha256 }]);
  expect((await made.app.request(`/api/programme/tasks/T5/evidence/${sha256}`)).status).toBe(403);
  expect(JSON.stringify(await (await made.app.request('/api/programme/tasks')).json())).not.toContain(sha256);
});
