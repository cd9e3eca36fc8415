import { describe, expect, test } from 'vitest';
import type { Scope } from '../../server/accounts/permission.ts';
import type { ProgrammeDirective, ProgrammeTask, TaskReportWords } from '../../server/programme/contract.ts';
import { make } from '../helpers/make.ts';

const QUANG_AN = '00100@1995-10-28';
const BUOI = '00109@1995-10-28';
type Made = Awaited<ReturnType<typeof make.app>>;
type Body = Record<string, unknown> & { code?: string };

/** Somebody with an account, and how they ask. */
async function somebody({ app, services }: Made, role: 'status' | 'viewer' = 'status', scope: Scope = 'district') {
  const user = await make.user(services, { roles: [role], scope, password: null });
  const headers = { 'content-type': 'application/json', ...(await make.session(services, user)) };
  const ask = async (method: string, path: string, body?: object, version?: number) => {
    const answer = await app.request(`/api/programme${path}`, {
      method,
      headers: { ...headers, ...(version !== undefined && { 'if-match': `"${version}"` }) },
      ...(body && { body: JSON.stringify({ changeId: make.changeId(), ...body }) }),
    });
    return { status: answer.status, cache: answer.headers.get('cache-control'), body: (await answer.json()) as Body };
  };
  const tasks = async (at = '2022-11-04') =>
    (await ask('GET', `/tasks?at=${at}`)).body['items'] as unknown as ProgrammeTask[];
  return { user, ask, tasks, task: async (id: string, at?: string) => (await tasks(at)).find((one) => one.id === id) };
}

const NEW = {
  title: 'Nộp hồ sơ tiêu chí môi trường',
  unit: 'UBND phường Quảng An',
  wardKeys: [QUANG_AN],
  criteria: ['3'],
  directiveId: 'D4',
  assignedOn: '2022-10-01',
  dueOn: '2022-11-30',
  source: 'Kế hoạch 12/KH-UBND',
};
const REPORT = { state: 'in-progress', percent: 40, blockers: 'Chờ số liệu', reportedOn: '2022-11-01', source: 'BC 5' };

describe('an own task', () => {
  test('goes from directive to report, and leaders read how it stands', async () => {
    const made = await make.app();
    const office = await somebody(made);
    const { body: task } = await office.ask('POST', '/tasks', NEW);
    expect(task).toMatchObject({ kept: true, state: 'unknown', version: 1, directiveId: 'D4', criteria: ['3'] });
    await office.ask('POST', `/tasks/${String(task['id'])}/reports`, REPORT);
    const leader = await somebody(made, 'viewer');
    expect(await leader.task(String(task['id']))).toMatchObject({
      state: 'in-progress',
      percent: 40,
      blockers: 'Chờ số liệu',
    });
    const { body } = await leader.ask('GET', `/tasks/${String(task['id'])}/reports`);
    expect(body['items'] as unknown as TaskReportWords[]).toMatchObject([
      { percent: 40, reportedBy: office.user.username },
    ]);
  });

  test('is late the day after its due day, and first in the list', async () => {
    const made = await make.app();
    const { id } = await make.task(made.services);
    const leader = await somebody(made, 'viewer');
    expect((await leader.task(id, '2022-11-30'))?.state).toBe('unknown');
    const [first] = await leader.tasks('2022-12-01');
    expect(first).toMatchObject({ id, state: 'late' });
  });

  test('is not there before the day it was set', async () => {
    const made = await make.app();
    const { id } = await make.task(made.services);
    const leader = await somebody(made, 'viewer');
    expect(await leader.task(id, '2022-09-30')).toBeUndefined();
  });

  test('is nothing a visitor is told of', async () => {
    const made = await make.app();
    await make.task(made.services, { title: 'NGƯỜI NGOÀI KHÔNG XEM' });
    const answer = await made.app.request('/api/programme/tasks');
    expect(await answer.text()).not.toContain('NGƯỜI NGOÀI');
  });

  test('is corrected by who saw its newest version', async () => {
    const made = await make.app();
    const { id } = await make.task(made.services);
    const office = await somebody(made);
    expect(await office.ask('PATCH', `/tasks/${id}`, { unit: 'Phòng Quản lý đô thị' }, 1)).toMatchObject({
      status: 200,
      body: { version: 2, unit: { vi: 'Phòng Quản lý đô thị' } },
    });
    expect(await office.ask('PATCH', `/tasks/${id}`, { unit: 'x' }, 1)).toMatchObject({
      status: 412,
      body: { code: 'changed_meanwhile', versions: { yours: 1, current: 2 } },
    });
    expect((await office.ask('PATCH', `/tasks/${id}`, { unit: 'x' })).status).toBe(428);
  });

  test('comes back as it was after being taken out', async () => {
    const made = await make.app();
    const { id } = await make.task(made.services);
    const office = await somebody(made);
    await office.ask('POST', `/tasks/${id}/reports`, REPORT);
    const before = await office.task(id);
    await office.ask('PATCH', `/tasks/${id}`, { removed: true }, 1);
    expect(await office.task(id)).toBeUndefined();
    await office.ask('PATCH', `/tasks/${id}`, { removed: false }, 2);
    expect(await office.task(id)).toEqual({ ...before, version: 3 });
  });

  test('sent again under its change id is one task', async () => {
    const made = await make.app();
    const office = await somebody(made);
    const changeId = make.changeId();
    const [first, again] = [
      await office.ask('POST', '/tasks', { ...NEW, changeId }),
      await office.ask('POST', '/tasks', { ...NEW, changeId }),
    ];
    expect(again.body['id']).toBe(first.body['id']);
    expect((await office.tasks()).filter(({ kept }) => kept)).toHaveLength(1);
  });

  test.each([
    ['a ward of the other set', { wardKeys: ['00004@2025-07-01'] }, 'ward_of_other_set', 'wardKeys.0'],
    ['a criterion nobody knows', { criteria: ['3', '77'] }, 'unknown_criterion', 'criteria.1'],
    ['a directive nobody gave', { directiveId: 'D99' }, 'unknown_directive', 'directiveId'],
    ['a due day before it was set', { dueOn: '2022-09-30' }, 'due_before_assigned', 'dueOn'],
  ])('of %s is refused', async (_, more, code, path) => {
    const office = await somebody(await make.app());
    expect(await office.ask('POST', '/tasks', { ...NEW, ...more })).toMatchObject({
      status: 422,
      body: { code, errors: [{ path, code }] },
    });
  });
});

describe('a report', () => {
  test('changes how a task of the article stands, for visitors the state alone', async () => {
    const made = await make.app();
    const office = await somebody(made);
    await office.ask('POST', '/tasks/T5/reports', REPORT);
    expect(await office.task('T5')).toMatchObject({ state: 'in-progress', percent: 40, directiveId: 'D6' });
    const answer = await made.app.request('/api/programme/tasks?at=2022-11-04');
    const { items } = (await answer.json()) as { items: ProgrammeTask[] };
    expect(items.find(({ id }) => id === 'T5')).toMatchObject({
      state: 'in-progress',
      percent: null,
      blockers: null,
    });
  });

  test.each([
    ['of a day to come', 'T5', { reportedOn: '2022-11-05' }, 422, 'report_in_future'],
    ['of an end that is not whole', 'T5', { state: 'done', percent: 90 }, 422, 'done_below_hundred'],
    ['on a task nobody set', 'T99', {}, 404, 'unknown_task'],
  ])('%s is refused', async (_, id, more, status, code) => {
    const office = await somebody(await make.app());
    expect(await office.ask('POST', `/tasks/${id}/reports`, { ...REPORT, ...more })).toMatchObject({
      status,
      body: { code },
    });
  });

  test('on a task that was taken out is refused', async () => {
    const made = await make.app();
    const { id } = await make.task(made.services, { removed: true });
    const office = await somebody(made);
    expect((await office.ask('POST', `/tasks/${id}/reports`, REPORT)).body.code).toBe('unknown_task');
  });

  test('of a task nobody knows is no list', async () => {
    const office = await somebody(await make.app());
    expect((await office.ask('GET', '/tasks/T99/reports')).body.code).toBe('unknown_task');
  });
});

describe('who answers for one ward', () => {
  test.each([
    ['a task of that ward', { wardKeys: [BUOI] }, 200],
    ['a task of two wards', { wardKeys: [BUOI, QUANG_AN] }, 403],
    ['a task of no ward', { wardKeys: [] }, 403],
  ])('asked to set %s', async (_, more, status) => {
    const office = await somebody(await make.app(), 'status', [BUOI]);
    expect((await office.ask('POST', '/tasks', { ...NEW, ...more })).status).toBe(status);
  });

  test('moves no task into another ward', async () => {
    const made = await make.app();
    const { id } = await make.task(made.services, { wardKeys: [BUOI] });
    const office = await somebody(made, 'status', [BUOI]);
    const moved = await office.ask('PATCH', `/tasks/${id}`, { wardKeys: [QUANG_AN] }, 1);
    expect(moved).toMatchObject({ status: 403, body: { code: 'outside_scope' } });
  });

  test('enters no directive', async () => {
    const office = await somebody(await make.app(), 'status', [BUOI]);
    expect((await office.ask('POST', '/directives', DIRECTIVE)).body.code).toBe('outside_scope');
  });
});

const DIRECTIVE = {
  wording: 'Hoàn thành hồ sơ trước ngày 30/11.',
  givenOn: '2022-10-28',
  meeting: 'Giao ban tháng 10',
  source: 'TB 88',
};

describe('a directive', () => {
  const directives = async ({ ask }: Awaited<ReturnType<typeof somebody>>) =>
    (await ask('GET', '/directives')).body['items'] as unknown as ProgrammeDirective[];

  test('entered from the minutes stands first, word for word, for accounts alone', async () => {
    const made = await make.app();
    const office = await somebody(made);
    await office.ask('POST', '/directives', DIRECTIVE);
    const [first] = await directives(office);
    expect(first).toMatchObject({ kept: true, title: { vi: DIRECTIVE.wording }, meeting: 'Giao ban tháng 10' });
    const visitor = await made.app.request('/api/programme/directives');
    expect(await visitor.text()).not.toContain('Giao ban');
  });

  test('is not taken out while a task carries it out', async () => {
    const made = await make.app();
    const office = await somebody(made);
    const { body } = await office.ask('POST', '/directives', DIRECTIVE);
    const id = String(body['id']);
    const task = await make.task(made.services, { directiveId: id });
    expect(await office.ask('PATCH', `/directives/${id}`, { removed: true }, 1)).toMatchObject({
      status: 409,
      body: { code: 'directive_in_use' },
    });
    await office.ask('PATCH', `/tasks/${task.id}`, { removed: true }, 1);
    expect((await office.ask('PATCH', `/directives/${id}`, { removed: true }, 1)).status).toBe(200);
    expect((await directives(office)).some((one) => one.id === id)).toBe(false);
    // The task cannot come back to a directive that is gone.
    expect((await office.ask('PATCH', `/tasks/${task.id}`, { removed: false }, 2)).body.code).toBe('unknown_directive');
  });

  test('of a day to come is refused', async () => {
    const office = await somebody(await make.app());
    const refused = await office.ask('POST', '/directives', { ...DIRECTIVE, givenOn: '2022-11-05' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'directive_in_future' } });
  });

  test('nobody gave cannot be corrected', async () => {
    const office = await somebody(await make.app());
    expect((await office.ask('PATCH', '/directives/D1', { meeting: 'x' }, 1)).body.code).toBe('unknown_directive');
  });

  test('changed meanwhile is not overwritten', async () => {
    const office = await somebody(await make.app());
    const { body } = await office.ask('POST', '/directives', DIRECTIVE);
    const path = `/directives/${String(body['id'])}`;
    await office.ask('PATCH', path, { meeting: 'y' }, 1);
    expect((await office.ask('PATCH', path, { meeting: 'z' }, 1)).body.code).toBe('changed_meanwhile');
  });
});

test('what accounts are told stays in no cache', async () => {
  const leader = await somebody(await make.app(), 'viewer');
  expect((await leader.ask('GET', '/tasks')).cache).toBe('no-store');
});
