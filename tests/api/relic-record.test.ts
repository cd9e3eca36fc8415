import { describe, expect, it } from 'vitest';
import type { Scope } from '../../server/accounts/permission.ts';
import type { Relic } from '../../server/heritage/contract.ts';
import type { RecordFields, RelicRecord } from '../../server/heritage/record-contract.ts';
import { make } from '../helpers/make.ts';

/** Đình Nghi Tàm: nobody knows its rank. */
const RELIC = 'th-qa-06';
const PATH = `/api/heritage/relics/${RELIC}`;

async function files() {
  const { app, services } = await make.app();
  const signIn = async (scope: Scope = 'district') =>
    make.session(services, await make.user(services, { roles: ['heritage'], scope, password: null }));
  const me = await signIn();
  const read = async () => (await (await app.request(`${PATH}/record`, { headers: me })).json()) as RelicRecord;
  const write = async (more: Partial<RecordFields>, version: number | null, as = me) => {
    const { fields } = await read();
    const answer = await app.request(`${PATH}/record`, {
      method: 'PUT',
      headers: { ...as, 'content-type': 'application/json', ...(version !== null && { 'if-match': `"${version}"` }) },
      body: JSON.stringify({ changeId: make.changeId(), ...fields, ...more }),
    });
    return { status: answer.status, body: (await answer.json()) as RelicRecord & { code: string } };
  };
  return { app, services, me, signIn, read, write };
}
const festival = (more: object) => [{ name: 'Hội đình', lunar: null, solar: null, ...more }];

describe('the file of a relic', () => {
  it('says what it holds and what it lacks', async () => {
    const { read } = await files();
    const { fields, missing, complete, mayWrite } = await read();
    expect(fields).toMatchObject({ name: 'Đình Nghi Tàm', rank: null, custodian: null, festivals: [] });
    expect(missing).toEqual(expect.arrayContaining(['rank', 'rankDecision', 'custodian', 'festivals', 'condition']));
    expect([complete.there + missing.length, complete.of, mayWrite]).toEqual([10, 10, true]);
  });

  it('corrected is corrected on card, list and layer at once, and taken back by undo', async () => {
    const { app, services, me, read, write } = await files();
    const { version, complete } = await read();
    const told = {
      ...{ name: 'Đình làng Nghi Tàm', rank: 'city' as const, rankDecision: 'QĐ 1/QĐ-UBND', rankYear: 2006 },
      ...{ custodian: 'Tiểu ban quản lý di tích', restoredYear: 2010 },
      festivals: [{ name: 'Hội đình', lunar: { day: 10, month: 2 }, solar: null }],
    };
    const { status, body } = await write(told, version);
    expect([status, body.version, body.complete.there - complete.there]).toEqual([200, version + 1, 5]);
    expect(body.fields).toMatchObject(told);
    const relic = (await (await app.request(PATH)).json()) as Relic;
    expect(relic).toMatchObject({ name: 'Đình làng Nghi Tàm', rank: 'city', version: version + 1 });
    const layer = (await (await app.request('/api/layers/relics')).json()) as GeoJSON.FeatureCollection;
    expect(layer.features.find(({ id }) => id === RELIC)!.properties).toMatchObject({ rank: 'city' });
    const event = (await services.changes.since(0, 1000)).at(-1)!;
    expect(event).toMatchObject({ verb: 'editRelic', recordId: RELIC });
    const undo = await app.request(`/api/changes/${event.seq}/undo`, {
      method: 'POST',
      headers: { ...me, 'content-type': 'application/json', 'if-match': `"${version + 1}"` },
      body: JSON.stringify({ changeId: make.changeId() }),
    });
    expect(undo.status).toBe(200);
    expect((await read()).fields).toMatchObject({ name: 'Đình Nghi Tàm', rank: null, festivals: [], custodian: null });
  });

  it.each<[string, Partial<RecordFields>, string]>([
    ['the 31st of a lunar month', { festivals: festival({ lunar: { day: 31, month: 1 } }) }, 'no_such_lunar_date'],
    ['a thirteenth lunar month', { festivals: festival({ lunar: { day: 1, month: 13 } }) }, 'no_such_lunar_date'],
    ['the 31st of April', { festivals: festival({ solar: { day: 31, month: 4 } }) }, 'no_such_solar_date'],
    ['a decision and no rank', { rankDecision: 'QĐ 1' }, 'decision_without_rank'],
    ['a restoration to come', { restoredYear: 2023 }, 'restored_in_future'],
  ])('does not take %s', async (_, more, code) => {
    const { read, write } = await files();
    const { version } = await read();
    expect(await write(more, version)).toMatchObject({ status: 422, body: { code } });
    expect((await read()).version).toBe(version);
  });

  it('takes the 30th of a lunar month and the 29th of February, which some years have', async () => {
    const { read, write } = await files();
    const festivals = [{ name: 'Hội', lunar: { day: 30, month: 12 }, solar: { day: 29, month: 2 } }];
    expect((await write({ festivals }, (await read()).version)).status).toBe(200);
  });

  it('is written by whoever saw its newest version, and may write in its ward', async () => {
    const { read, write, signIn } = await files();
    const { version } = await read();
    expect((await write({}, null)).status).toBe(428);
    expect((await write({}, 99)).body.code).toBe('changed_meanwhile');
    expect((await write({}, version, await signIn(['00109@1995-10-28']))).body.code).toBe('outside_scope');
    expect((await write({}, version, await signIn(['00100@1995-10-28']))).status).toBe(200);
  });
});
