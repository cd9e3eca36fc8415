import { describe, expect, it } from 'vitest';
import { insertPack, insertStatusValues, type StatusValueRow } from '../../server/status/store.ts';
import { insertStepWritings } from '../../server/status/title-store.ts';
import type { DistrictStatus } from '../../server/status/contract.ts';
import { make } from '../helpers/make.ts';

/** A pack of the shipped one's lines with one target: the first indicator must reach 90. */
async function withPack(...values: Partial<StatusValueRow>[]) {
  const { app, services } = await make.app();
  const [shipped] = services.places.criteriaPacks;
  const pack = structuredClone(shipped!);
  Object.assign(pack, { id: 'typed', validFrom: '2022-06-01' });
  Object.assign(pack.criteria[0]!.indicators[0]!, { direction: 'at-least', target: 90, nearMargin: 5 });
  await services.db.transaction(async (tx) => {
    await insertPack(tx, pack);
    await insertStatusValues(
      tx,
      values.map((value) => make.statusValue({ pack: 'typed', ...value })),
    );
  });
  const status = async (path: string) => (await (await app.request(path)).json()) as DistrictStatus;
  const first = async (at = '2022-09-27') =>
    (await status(`/api/wards/00097/status?at=${at}`)).wards[0]!.criteria[0]!.indicators[0]!;
  return { app, services, status, first };
}

describe('GET /api/status on the reference data', () => {
  const read = async (path: string) => {
    const { app } = await make.app();
    return (await (await app.request(path)).json()) as DistrictStatus;
  };

  it('has eight wards with nine criteria each', async () => {
    const { wards, pack } = await read('/api/status?at=2022-09-27');
    expect([pack, wards.length, new Set(wards.map((ward) => ward.criteria.length))]).toEqual([
      'qd04-2022',
      8,
      new Set([9]),
    ]);
  });

  it('shows no figure without a source', async () => {
    const { wards } = await read('/api/status?at=2022-09-27');
    const indicators = wards.flatMap((ward) => ward.criteria.flatMap((criterion) => criterion.indicators));
    expect(indicators.filter(({ value, source }) => value !== null && !source)).toEqual([]);
    expect(wards.every(({ state }) => state === 'no-data')).toBe(true);
  });

  it('claims no title step: being told to register is not registering', async () => {
    const { wards } = await read('/api/status?at=2022-09-27');
    expect(new Set(wards.map((ward) => ward.title.step))).toEqual(new Set([null]));
  });

  it.each([
    ['2022-09-27', 5],
    ['2024-01-27', 7],
    ['2024-10-08', 8],
  ])('counts the cultural wards of %s as %i', async (at, count) => {
    const { wards } = await read(`/api/status?at=${at}`);
    expect(wards.filter((ward) => ward.culturalWard?.state === 'recognised')).toHaveLength(count);
  });

  it('knows the six wards too, without a figure', async () => {
    const { wards } = await read('/api/status?at=2026-01-01&units=2025-07-01');
    expect(wards).toHaveLength(6);
  });

  it('refuses a day that does not exist', async () => {
    expect(await read('/api/status?at=2022-02-30')).toMatchObject({ status: 422, code: 'invalid_date' });
  });
});

describe('the status of today', () => {
  it('is sent compressed, from a snapshot', async () => {
    const { app } = await make.app();
    const answer = await app.request('/api/status', { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
  });
});

describe('approved figures', () => {
  it('are shown with their state, source and evidence', async () => {
    const { first } = await withPack({ evidence: { title: 'minutes', expiresOn: '2022-12-31' } });
    expect(await first()).toMatchObject({
      value: 95,
      target: 90,
      state: 'met',
      reason: 'meets-target',
      source: 'a report',
      evidence: { title: 'minutes', expiresOn: '2022-12-31' },
    });
  });

  it('turn amber by the date alone when their evidence runs out', async () => {
    const { first } = await withPack({ evidence: { title: 'minutes', expiresOn: '2022-12-31' } });
    expect((await first('2023-01-01')).state).toBe('expired');
  });

  it('are the newest on or before the day', async () => {
    const { first } = await withPack(
      { value: 50, asOf: '2022-07-01' },
      { value: 95, asOf: '2022-08-01' },
      { value: 60, asOf: '2022-10-01' },
    );
    expect((await first('2022-09-27')).value).toBe(95);
  });

  it('of one day are corrected by the later row', async () => {
    const { first } = await withPack({ value: 50 }, { value: 87 });
    expect(await first()).toMatchObject({ value: 87, state: 'near' });
  });

  it('alone are shown', async () => {
    const { first } = await withPack({ approved: false });
    expect(await first()).toMatchObject({ value: null, reason: 'no-value' });
  });

  it('without a value stay unknown, not nought', async () => {
    const { first } = await withPack({ value: null });
    expect(await first()).toMatchObject({ value: null, state: 'no-data' });
  });

  it('of another pack do not leak in', async () => {
    const { first } = await withPack({ pack: 'qd04-2022' });
    expect((await first()).value).toBeNull();
  });

  it('mark the whole answer as invented when one of them is', async () => {
    const { status } = await withPack({ demo: true });
    expect((await status('/api/status?at=2022-09-27')).demo).toBe(true);
  });
});

describe('the pack', () => {
  it('of an older day stays its own', async () => {
    const { status } = await withPack({});
    expect((await status('/api/status?at=2022-05-31')).pack).toBe('qd04-2022');
    expect((await status('/api/status?at=2022-06-01')).pack).toBe('typed');
  });

  it('is served by its id, from a file or from the database', async () => {
    const { app } = await withPack();
    const ids = await Promise.all(
      ['qd04-2022', 'typed'].map(
        async (id) => ((await (await app.request(`/api/packs/${id}`)).json()) as { id: string }).id,
      ),
    );
    expect(ids).toEqual(['qd04-2022', 'typed']);
  });

  it('nobody knows is refused', async () => {
    const { app } = await make.app();
    const answer = await app.request('/api/packs/nd86-2023');
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'unknown_pack' }]);
  });
});

describe('the title step', () => {
  it('is the newest known by the day, with its source', async () => {
    const { services, status } = await withPack();
    const step = { wardKey: '00097@1995-10-28', source: 'a decision', demo: false } as const;
    await services.db.transaction((tx) =>
      insertStepWritings(tx, [
        { ...step, step: 'self-assessment', since: '2022-08-01' },
        { ...step, step: 'registered', since: null },
      ]),
    );
    const title = async (at: string) => (await status(`/api/wards/00097/status?at=${at}`)).wards[0]!.title;
    expect(await title('2022-07-31')).toEqual({ step: 'registered', since: null, source: 'a decision' });
    expect(await title('2022-09-27')).toEqual({ step: 'self-assessment', since: '2022-08-01', source: 'a decision' });
  });
});

describe('GET /api/wards/{code}/status', () => {
  it('is a list of that ward', async () => {
    const { status } = await withPack();
    const { wards, units } = await status('/api/wards/00103@2025-07-01/status');
    expect([wards.map((ward) => ward.name), units]).toEqual([['Tây Hồ'], '2025-07-01']);
  });

  it('refuses a ward nobody knows', async () => {
    const { status } = await withPack();
    expect(await status('/api/wards/12345/status')).toMatchObject({ status: 404, code: 'unknown_ward' });
  });
});
