import { describe, expect, test } from 'vitest';
import type { Scope } from '../../server/accounts/permission.ts';
import type { DistrictStatus, Published } from '../../server/status/contract.ts';
import { insertStatusValues } from '../../server/status/store.ts';
import { browserOn } from '../helpers/asking.ts';
import { make } from '../helpers/make.ts';

const TU_LIEN = '00097@1995-10-28';
const QUANG_AN = '00100@1995-10-28';
const PACK = 'qd04-2022-demo';
const AS_OF = '2022-09-30';
const FILE = 'a'.repeat(64);

/** The demo, where the threshold of 1.1 is 95, with a met figure of Tứ Liên that a file proves. */
async function desk(scope: Scope = 'district') {
  const made = await make.app({ demo: true });
  const figure = make.statusValue({
    ...{ pack: PACK, period: '2022-Q3', value: 99, asOf: AS_OF },
    evidence: { title: 'Biên bản', expiresOn: null, file: FILE },
  });
  await made.services.db.transaction((tx) => insertStatusValues(tx, [figure]));
  const user = await make.user(made.services, { roles: ['status'], scope, password: null });
  const browser = browserOn(made.app, await make.session(made.services, user));
  const send = (act: 'withdrawal' | 'restoral', more: object = {}) =>
    browser.send('POST', `/api/status/evidence/${act}`, {
      ...{ changeId: make.changeId(), pack: PACK, wardKey: TU_LIEN, indicator: '1.1', asOf: AS_OF },
      ...{ reason: 'Văn bản bị thu hồi', ...more },
    });
  const shown = async (at = '') => {
    const { wards } = (await browser.get(`/api/status${at}`)).body as unknown as DistrictStatus;
    return wards[2]!.criteria[0]!.indicators[0]!;
  };
  return { ...made, send, shown, browser };
}

describe('evidence that is withdrawn', () => {
  test('changes the status of the day with the answer, and of no day before', async () => {
    const { send, shown } = await desk();
    const before = await shown();
    await send('withdrawal');
    expect([before, await shown(), await shown('?at=2022-11-03')]).toMatchObject([
      { state: 'met', evidence: { file: FILE } },
      { state: 'expired', reason: 'evidence-withdrawn', value: 99, evidence: { withdrawnOn: '2022-11-04' } },
      { state: 'met' },
    ]);
  });

  test('stays in the history: its file, who withdrew it and why', async () => {
    const { send } = await desk();
    const { body } = await send('withdrawal');
    const [now, then] = (body as unknown as { items: Published[] }).items;
    expect([now, then]).toMatchObject([
      { withdrawn: { on: '2022-11-04', by: expect.stringMatching(/^u-/), reason: 'Văn bản bị thu hồi' } },
      { withdrawn: null, evidence: { file: FILE } },
    ]);
  });

  test('is put back, and both acts stay', async () => {
    const { send, shown, browser } = await desk();
    await send('withdrawal');
    await send('restoral');
    const { body } = await browser.get(`/api/status/history?ward=${TU_LIEN}&indicator=1.1`);
    const rows = (body as unknown as { items: Published[] }).items.filter(({ asOf }) => asOf === AS_OF);
    expect([(await shown()).state, rows.map(({ withdrawn }) => withdrawn !== null)]).toEqual([
      'met',
      expect.arrayContaining([false, true, false]),
    ]);
  });

  test('is told to everybody who reads the status', async () => {
    const { send, services } = await desk();
    await send('withdrawal');
    const row = await services.db.get('SELECT kind, verb, layers FROM change ORDER BY seq DESC LIMIT 1');
    expect(row).toEqual({ kind: 'status', verb: 'withdrawEvidence', layers: '["wards"]' });
  });

  test('leaves a day that was frozen as it was, byte by byte', async () => {
    const { send, browser } = await desk();
    const frozen = await browser.send('POST', '/api/meeting/snapshots', {
      ...{ changeId: make.changeId(), at: '2022-11-04', title: 'Giao ban' },
    });
    await send('withdrawal');
    const { body } = await browser.get(`/api/meeting/snapshots/${String(frozen.body['number'])}/rebuilt`);
    expect(body['same']).toBe(true);
  });

  test.each([
    ['without a reason', 'withdrawal', { reason: ' ' }, 422, 'reason_required'],
    ['of a day nothing was published for', 'withdrawal', { asOf: '2022-09-29' }, 404, 'unknown_figure'],
    ['of an unknown pack', 'withdrawal', { pack: 'none' }, 404, 'unknown_pack'],
    ['that stands, put back', 'restoral', {}, 409, 'evidence_stands'],
  ] as const)('%s is refused', async (_, act, more, status, code) => {
    const answer = await (await desk()).send(act, more);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  test('twice is refused', async () => {
    const { send } = await desk();
    await send('withdrawal');
    const again = await send('withdrawal');
    expect([again.status, again.body['code']]).toEqual([409, 'evidence_withdrawn']);
  });

  test('of a figure that has none is refused', async () => {
    const { send, services } = await desk();
    const bare = make.statusValue({ pack: PACK, asOf: '2022-10-01' });
    await services.db.transaction((tx) => insertStatusValues(tx, [bare]));
    const answer = await send('withdrawal', { asOf: '2022-10-01' });
    expect([answer.status, answer.body['code']]).toEqual([409, 'no_evidence']);
  });

  test('of a ward outside the scope is refused', async () => {
    const { send } = await desk([QUANG_AN]);
    const answer = await send('withdrawal');
    expect([answer.status, answer.body['code']]).toEqual([403, 'outside_scope']);
  });

  test('does not come back by approving its figure again', async () => {
    const { send, app, services, browser } = await desk();
    const ward = await make.user(services, { roles: ['status'], scope: [TU_LIEN], password: null });
    const writer = browserOn(app, await make.session(services, ward));
    await services.db.transaction((tx) =>
      tx.run("INSERT INTO evidence_file VALUES (?, 'pdf', 1, 'x.pdf', 'seed', '2022-01-01')", [FILE]),
    );
    const about = { pack: PACK, period: '2022-Q3' };
    const cell = { wardKey: TU_LIEN, indicator: '1.1' };
    const evidence = { title: 'Biên bản', expiresOn: null, file: FILE };
    await send('withdrawal');
    await writer.send('PUT', '/api/status/figures', {
      ...{ changeId: make.changeId(), ...about },
      cells: [{ ...cell, version: null, value: 99, source: 'x', evidence }],
    });
    await writer.send('POST', '/api/status/figures/submit', {
      ...{ changeId: make.changeId(), ...about, to: 'submitted', cells: [{ ...cell, version: 1 }] },
    });
    const answer = await browser.send('POST', '/api/status/figures/decide', {
      ...{ changeId: make.changeId(), ...about, to: 'approved', cells: [{ ...cell, version: 2 }] },
    });
    expect([answer.status, answer.body['code']]).toEqual([409, 'evidence_withdrawn']);
  });
});
