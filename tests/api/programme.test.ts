import { describe, expect, it } from 'vitest';
import type { Programme, ProgrammeTask } from '../../server/programme/contract.ts';
import { insertTaskReports } from '../../server/programme/store.ts';
import { make } from '../helpers/make.ts';

async function get<T>(path: string): Promise<T> {
  const { app } = await make.app();
  return (await (await app.request(path)).json()) as T;
}

describe('GET /api/programme', () => {
  it('quotes 23/23 and 108/108 with their source', async () => {
    const { figures } = await get<Programme>('/api/programme');
    const quoted = figures.filter(({ kind }) => kind === 'quoted').map(({ value, total }) => `${value}/${total}`);
    expect(quoted).toEqual(expect.arrayContaining(['23/23', '108/108']));
    expect(figures.every(({ source }) => source !== '')).toBe(true);
  });

  it('gives 8/8 as a target that nobody says was reached', async () => {
    const { figures } = await get<Programme>('/api/programme');
    expect(figures).toContainEqual(expect.objectContaining({ kind: 'target', value: null, total: 8 }));
  });
});

describe('the lists', () => {
  it.each([
    ['tasks', 'T5'],
    ['schemes', 'DA6'],
    ['events', 'E1'],
    ['directives', 'D1'],
  ])('of %s hold %s, each with its source', async (name, id) => {
    const { items } = await get<{ items: { id: string; source: string }[] }>(`/api/programme/${name}`);
    expect(items.map((item) => item.id)).toContain(id);
    expect(items.every((item) => item.source !== '')).toBe(true);
  });

  it('refuse a day that does not exist', async () => {
    expect(await get('/api/programme/tasks?at=2022-13-01')).toMatchObject({ status: 422, code: 'invalid_date' });
  });
});

describe('the state of tasks', () => {
  it('is unknown past their due day while nobody has reported', async () => {
    const { items } = await get<{ items: ProgrammeTask[] }>('/api/programme/tasks?at=2026-06-01');
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['unknown']));
  });

  it('follows a report from its day on', async () => {
    const { app, services } = await make.app();
    const report = {
      taskId: 'T5',
      state: 'done',
      reportedOn: '2022-12-20',
      source: 'a report',
      percent: null,
      blockers: '',
      reportedBy: null,
      demo: false,
    } as const;
    await services.db.transaction((tx) => insertTaskReports(tx, [report]));
    const state = async (at: string) => {
      const { items } = (await (await app.request(`/api/programme/tasks?at=${at}`)).json()) as {
        items: ProgrammeTask[];
      };
      return items.find(({ id }) => id === 'T5')?.state;
    };
    expect([await state('2022-12-19'), await state('2022-12-20')]).toEqual(['unknown', 'done']);
  });
});
