import { expect, test, describe } from 'vitest';
import type { Scope } from '../../server/accounts/permission.ts';
import type { DistrictStatus, Figure } from '../../server/status/contract.ts';
import { make } from '../helpers/make.ts';

const TU_LIEN = '00097@1995-10-28';
const QUANG_AN = '00100@1995-10-28';
const PACK = 'qd04-2022';
const PERIOD = '2022-Q3';
type Made = Awaited<ReturnType<typeof make.app>>;
interface Answer {
  status: number;
  body: { items: Figure[]; code?: string; errors?: { path: string; code: string }[]; current?: Figure[] };
}

/** Somebody of the status office, and how they ask. */
async function officer({ app, services }: Made, scope: Scope = 'district') {
  const user = await make.user(services, { roles: ['status'], scope, password: null });
  const headers = { 'content-type': 'application/json', ...(await make.session(services, user)) };
  const send = async (method: string, path: string, body: object): Promise<Answer> => {
    const answer = await app.request(path, {
      method,
      headers,
      body: JSON.stringify({ changeId: make.changeId(), pack: PACK, period: PERIOD, ...body }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  return {
    headers,
    save: (...cells: object[]) =>
      send('PUT', '/api/status/figures', { cells: cells.map((cell) => ({ ...CELL, ...cell })) }),
    saveFor: (period: string) => send('PUT', '/api/status/figures', { period, cells: [CELL] }),
    move: (to: string, version: number, more: object = {}) =>
      send('POST', `/api/status/figures/${['submitted', 'draft'].includes(to) ? 'submit' : 'decide'}`, {
        to,
        cells: [{ wardKey: TU_LIEN, indicator: '1.1', version }],
        ...more,
      }),
    list: async () =>
      (await (
        await app.request(`/api/status/figures?pack=${PACK}&period=${PERIOD}`, { headers })
      ).json()) as Answer['body'],
    upload: (bytes: Uint8Array<ArrayBuffer>, type = 'application/pdf') =>
      app.request(`/api/status/evidence?ward=${TU_LIEN}&name=${encodeURIComponent('Báo cáo quý.pdf')}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body: bytes,
      }),
  };
}
const CELL = { wardKey: TU_LIEN, indicator: '1.1', version: null, value: 95, source: 'Báo cáo số 12/BC-UBND' };

const publicValue = async ({ app }: Made, ward = 2) => {
  const status = (await (await app.request('/api/status')).json()) as DistrictStatus;
  return status.wards[ward]!.criteria[0]!.indicators[0]!.value;
};

describe('a figure', () => {
  test('is a draft that the public does not see', async () => {
    const made = await make.app();
    const { save } = await officer(made);
    const { status, body } = await save({});
    expect([status, body.items[0], await publicValue(made)]).toMatchObject([
      200,
      { state: 'draft', version: 1, value: 95, asOf: '2022-09-30', published: null },
      null,
    ]);
  });

  test('is public once somebody else has approved it', async () => {
    const made = await make.app();
    const [ward, district] = [await officer(made, [TU_LIEN]), await officer(made)];
    await ward.save({});
    await ward.move('submitted', 1);
    const approved = await district.move('approved', 2);
    expect([approved.body.items[0], await publicValue(made)]).toMatchObject([{ state: 'approved', published: 95 }, 95]);
  });

  test('stays public while its correction is on the way', async () => {
    const made = await make.app();
    const [ward, district] = [await officer(made, [TU_LIEN]), await officer(made)];
    await ward.save({});
    await ward.move('submitted', 1);
    await district.move('approved', 2);
    const corrected = await ward.save({ version: 3, value: 80 });
    expect([corrected.body.items[0], await publicValue(made)]).toMatchObject([{ state: 'draft', published: 95 }, 95]);
  });

  test('comes back with the reason, and goes again', async () => {
    const made = await make.app();
    const [ward, district] = [await officer(made, [TU_LIEN]), await officer(made)];
    await ward.save({});
    await ward.move('submitted', 1);
    const returned = await district.move('returned', 2, { reason: 'Thiếu minh chứng' });
    const again = await ward.save({ version: 3, value: 96 });
    expect([returned.body.items[0], again.body.items[0]]).toMatchObject([
      { state: 'returned', reason: 'Thiếu minh chứng' },
      { state: 'draft', reason: null },
    ]);
  });

  test('carries the file that proves it', async () => {
    const made = await make.app();
    const { save, upload, headers } = await officer(made);
    const paper = new Uint8Array(Buffer.from('%PDF-1.7 minh chứng'));
    const { sha256 } = (await (await upload(paper)).json()) as { sha256: string };
    const { body } = await save({ evidence: { title: 'Báo cáo quý', expiresOn: '2023-09-30', file: sha256 } });
    const read = await made.app.request(`/api/status/evidence/${sha256}`, { headers });
    expect([
      body.items[0]!.evidence,
      Buffer.from(await read.arrayBuffer()),
      read.headers.get('content-disposition'),
    ]).toEqual([
      { title: 'Báo cáo quý', expiresOn: '2023-09-30', file: sha256 },
      Buffer.from(paper),
      `attachment; filename="minh-chung"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20qu%C3%BD.pdf`,
    ]);
  });

  test('is listed with who entered it', async () => {
    const made = await make.app();
    const { save, list } = await officer(made);
    await save({});
    const { items } = await list();
    expect(items).toMatchObject([{ wardKey: TU_LIEN, indicator: '1.1', enteredBy: expect.stringMatching(/^u-/) }]);
  });
});

describe('is refused', () => {
  const one = async (work: (it: Awaited<ReturnType<typeof officer>>, made: Made) => Promise<Answer>) => {
    const made = await make.app();
    const { status, body } = await work(await officer(made), made);
    return [status, body.code];
  };

  test.each([
    ['a share above 100', { value: 101 }, 'value_out_of_domain', { pack: 'demo' }],
    ['a negative figure', { value: -1 }, 'value_out_of_domain', {}],
    ['an indicator of another pack', { indicator: '99.9' }, 'unknown_indicator', {}],
    ['a ward of the other set', { wardKey: '00097@2025-07-01' }, 'ward_of_other_set', {}],
    ['a day outside the period', { asOf: '2022-06-30' }, 'day_outside_period', {}],
    ['a day in the future', { asOf: '2022-11-05' }, 'day_outside_period', {}],
    [
      'evidence that was never kept',
      { evidence: { title: 'x', expiresOn: null, file: '0'.repeat(64) } },
      'unknown_evidence',
      {},
    ],
  ] as const)('%s', async (_, cell, code, { pack }: { pack?: string }) => {
    const made = await make.app({ demo: pack === 'demo' });
    const { save } = await officer(made);
    const demo = (await (await made.app.request('/api/status')).json()) as DistrictStatus;
    const answer = pack === 'demo' ? await demoSave(made, demo.pack, cell) : await save(cell);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  test('one cell twice', async () => {
    expect(await one(({ save }) => save({}, {}))).toEqual([422, 'duplicate_cell']);
  });

  test('a period that has not begun', async () => {
    expect(await one(({ saveFor }) => saveFor('2023'))).toEqual([422, 'period_in_future']);
  });

  test('what is no period', async () => {
    expect(await one(({ saveFor }) => saveFor('2022-W1'))).toEqual([422, 'invalid_period']);
  });

  test('a ward outside the scope', async () => {
    const made = await make.app();
    const { save } = await officer(made, [QUANG_AN]);
    const { status, body } = await save({});
    expect([status, body.code]).toEqual([403, 'outside_scope']);
  });

  test('a cell somebody else has changed, with what stands there', async () => {
    const made = await make.app();
    const { save, list } = await officer(made);
    await save({});
    const { status, body } = await save({ value: 50 });
    expect([status, body.code, body.current?.[0]?.value, (await list()).items[0]?.value]).toEqual([
      412,
      'figure_changed',
      95,
      95,
    ]);
  });

  test('one bad cell of a pasted block: nothing of it is written', async () => {
    const made = await make.app();
    const { save, list } = await officer(made);
    const { body } = await save({}, { indicator: '1.2', value: -5 });
    expect([body.errors, (await list()).items]).toEqual([[{ path: 'cells.1.value', code: 'value_out_of_domain' }], []]);
  });

  test('approving what was not submitted', async () => {
    expect(
      await one(async ({ save }, made) => {
        await save({});
        return (await officer(made)).move('approved', 1);
      }),
    ).toEqual([409, 'wrong_figure_state']);
  });

  test('approving what one entered oneself', async () => {
    expect(
      await one(async ({ save, move }) => {
        await save({});
        await move('submitted', 1);
        return move('approved', 2);
      }),
    ).toEqual([409, 'own_submission']);
  });

  test('returning without a reason', async () => {
    expect(
      await one(async ({ save, move }, made) => {
        await save({});
        await move('submitted', 1);
        return (await officer(made)).move('returned', 2);
      }),
    ).toEqual([422, 'reason_required']);
  });

  test('submitting an empty cell', async () => {
    expect(
      await one(async ({ save, move }) => {
        await save({ value: null });
        return move('submitted', 1);
      }),
    ).toEqual([422, 'value_missing']);
  });

  test('a file that is none of the kinds that prove', async () => {
    const made = await make.app();
    const { upload } = await officer(made);
    const answer = await upload(new Uint8Array(Buffer.from('<svg/>')));
    expect([answer.status, await answer.json()]).toMatchObject([415, { code: 'unknown_file_kind' }]);
  });

  test.each(['text/plain', 'multipart/form-data', ''])('an upload that a foreign form could send: %s', async (type) => {
    const made = await make.app();
    const { upload } = await officer(made);
    const answer = await upload(new Uint8Array(Buffer.from('%PDF-')), type);
    expect([answer.status, await answer.json()]).toMatchObject([415, { code: 'wrong_content_type' }]);
  });

  test('a file of more than 20 MB', async () => {
    const made = await make.app();
    const { upload } = await officer(made);
    const answer = await upload(new Uint8Array(20_000_001));
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'body_too_large' }]);
  });
});

async function demoSave(made: Made, pack: string, cell: object): Promise<Answer> {
  const user = await make.user(made.services, { roles: ['status'], scope: 'district', password: null });
  const answer = await made.app.request('/api/status/figures', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...(await make.session(made.services, user)) },
    body: JSON.stringify({ changeId: make.changeId(), pack, period: PERIOD, cells: [{ ...CELL, ...cell }] }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

describe('a step of the title', () => {
  const record = async (made: Made, body: object, scope: Scope = 'district', ward = TU_LIEN) => {
    const { headers } = await officer(made, scope);
    return made.app.request(`/api/wards/${ward}/title-steps`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        changeId: make.changeId(),
        step: 'registered',
        since: '2022-10-10',
        source: 'Văn bản đăng ký số 5',
        ...body,
      }),
    });
  };

  test('shows at once in the public status', async () => {
    const made = await make.app();
    await record(made, {});
    const status = (await (await made.app.request('/api/status')).json()) as DistrictStatus;
    expect(status.wards[2]!.title).toEqual({ step: 'registered', since: '2022-10-10', source: 'Văn bản đăng ký số 5' });
  });

  test('is kept with those before', async () => {
    const made = await make.app();
    await record(made, {});
    await record(made, { step: 'self-assessment', since: '2022-10-20' });
    const history = (await (await made.app.request(`/api/wards/${TU_LIEN}/title-steps`)).json()) as { items: object[] };
    expect(history.items.map((item) => (item as { step: string }).step)).toEqual(['registered', 'self-assessment']);
  });

  test.each([
    ['step_in_future', { since: '2022-11-05' }],
    ['step_out_of_order', { step: 'recognised', since: '2022-11-01' }],
  ])('%s', async (code, body) => {
    const made = await make.app();
    await record(made, {});
    const answer = await record(made, body);
    expect([answer.status, await answer.json()]).toMatchObject([422, { code }]);
  });

  test('of a ward outside the scope is refused', async () => {
    const answer = await record(await make.app(), {}, [QUANG_AN]);
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'outside_scope' }]);
  });

  test('a bare code that two wards had is refused with both', async () => {
    const answer = await record(await make.app(), {}, 'district', '00097');
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'code_needs_date' }]);
  });
});
