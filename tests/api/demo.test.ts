/** The demo database as its reader meets it: every state shown, every invented record marked, filled once. */
import { describe, expect, it } from 'vitest';
import { seedDemo } from '../../server/demo.ts';
import { make } from '../helpers/make.ts';

type Json = Record<string, unknown>;
const get = async (path: string) => {
  const { app } = await make.app({ demo: true });
  return (await (await app.request(path)).json()) as Json;
};

describe('the demo', () => {
  it('shows wards in every state, and says that the figures are invented', async () => {
    const { demo, pack, wards } = await get('/api/status');
    const all = wards as { state: string; title: { step: string }; criteria: { indicators: { demo: boolean; value: unknown }[] }[] }[]; // prettier-ignore
    expect({ demo, pack }).toEqual({ demo: true, pack: 'qd04-2022-demo' });
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['met', 'near', 'not-met', 'expired', 'no-data']));
    const figures = all.flatMap(({ criteria }) => criteria.flatMap(({ indicators }) => indicators));
    expect(figures.filter(({ value, demo: marked }) => value !== null && !marked)).toEqual([]);
    expect(new Set(all.map(({ title }) => title.step))).toEqual(
      new Set(['not-registered', 'registered', 'self-assessment', 'consultation']),
    );
  });

  it('shows several hotspots in the last complete week, marked', async () => {
    const { features } = await get('/api/layers/hotspots');
    const shown = (features as { properties: { week: string; region: string; demo: boolean } }[]).map(
      (f) => f.properties,
    );
    expect(shown.every(({ week, demo }) => week === '2022-W43' && demo)).toBe(true);
    expect(shown.filter(({ region }) => region === 'cell' || region === 'ward').length).toBeGreaterThanOrEqual(3);
  });

  it('shows relics with a condition, marked', async () => {
    const { items } = await get('/api/heritage/relics?limit=100');
    const conditions = (items as { condition: { demo: boolean } | null }[]).flatMap(({ condition }) => condition ?? []);
    expect(conditions.length).toBeGreaterThan(30);
    expect(conditions.every(({ demo }) => demo)).toBe(true);
  });

  it('marks every row it writes', async () => {
    const { services } = await make.app({ demo: true });
    for (const table of [
      'criteria_pack',
      'status_value',
      'title_step',
      'dengue_case',
      'breeding_site',
      'relic_condition',
      'task_report',
    ]) {
      const row = await services.db.get<{ rows: number; marked: number }>(
        `SELECT count(*) AS rows, sum(demo) AS marked FROM ${table}`,
      );
      expect(row?.rows, table).toBeGreaterThan(0);
      expect(row?.marked, table).toBe(row?.rows);
    }
  });

  it('is filled once, however often it starts', async () => {
    const { services } = await make.app({ demo: true });
    const head = await services.changes.head();
    await seedDemo(services);
    expect(await services.changes.head()).toBe(head);
  });

  it('leaves a real database without an invented row', async () => {
    const { services } = await make.app();
    for (const table of [
      'criteria_pack',
      'status_value',
      'title_step',
      'dengue_case',
      'breeding_site',
      'relic_condition',
      'task_report',
    ])
      expect(await services.db.get(`SELECT count(*) AS rows FROM ${table}`), table).toEqual({ rows: 0 });
  });
});
