import { describe, expect, it, test } from 'vitest';
import type { Scope } from '../../server/accounts/permission.ts';
import type { DistrictStatus } from '../../server/status/contract.ts';
import type { TitleRegister, TitleStep } from '../../server/status/title-contract.ts';
import { readSheet } from '../../server/platform/sheet.ts';
import { openZip } from '../../server/platform/zip.ts';
import { make, type ServicesOptions } from '../helpers/make.ts';

const WARD = '00112@1995-10-28';
const OTHER = '00100@1995-10-28';
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');

interface Answer {
  status: number;
  code?: string;
  errors?: { path: string; code: string }[];
  items: TitleStep[];
  writings: TitleStep[];
}

/** The status office, on the 4th of November 2022, with a registered ward where `registered`. */
async function office(options: ServicesOptions & { scope?: Scope } = {}) {
  const { scope = 'district', ...rest } = options;
  const { app, services } = await make.app(rest);
  const user = await make.user(services, { roles: ['status'], scope, password: null });
  const headers = { ...(await make.session(services, user)), 'content-type': 'application/json' };
  const send = async (method: string, path: string, body: object, more: object = {}): Promise<Answer> => {
    const answer = await app.request(path, {
      method,
      headers: { ...headers, ...more },
      body: JSON.stringify({ changeId: make.changeId(), ...body }),
    });
    return { status: answer.status, ...((await answer.json()) as Omit<Answer, 'status'>) };
  };
  const at = `/api/wards/${WARD}/title-steps`;
  return {
    app,
    services,
    headers,
    user,
    record: (body: object, path = at) =>
      send('POST', path, { step: 'registered', since: '2022-05-04', source: 'Văn bản của phường', ...body }),
    correct: (id: number, version: number, body: object) =>
      send('PATCH', `${at}/${id}`, { correction: 'Ghi nhầm ngày', ...body }, { 'if-match': `"${version}"` }),
    read: async <T>(path: string, as: object = headers) =>
      (await (await app.request(path, { headers: as as Record<string, string> })).json()) as T,
    keep: async () => {
      const answer = await app.request(`/api/status/evidence?ward=${WARD}&name=ho-so.pdf`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/pdf' },
        body: PDF,
      });
      return ((await answer.json()) as { sha256: string }).sha256;
    },
  };
}
type Office = Awaited<ReturnType<typeof office>>;

/** A ward whose dossier came on a day; the residents were asked long before. */
async function untilDossier({ record }: Office, since = '2022-10-31') {
  await record({});
  await record({ step: 'self-assessment', since: '2022-06-01' });
  await record({ step: 'consultation', since: '2022-07-01', satisfaction: 95.5 });
  return record({ step: 'dossier', since });
}
async function untilVote(made: Office) {
  await untilDossier(made, '2022-10-20');
  await made.record({ step: 'council', since: '2022-10-24', paper: '100/QĐ-UBND' });
  return made.record({ step: 'vote', since: '2022-10-28', council: { members: 10, present: 7, yes: 6, no: 1 } });
}
const lineOf = (register: TitleRegister, key = WARD) => register.wards.find((ward) => ward.key === key)!;

test('a step keeps its paper, who did it, its documents and who wrote it', async () => {
  const made = await office();
  const file = await made.keep();
  const documents = [
    { document: 'registration-form', title: 'Bản đăng ký', file, place: null },
    { document: 'other', title: 'Công văn kèm theo', file: null, place: 'Tủ 3, ngăn 2' },
  ];
  const answer = await made.record({ paper: '15/ĐK-UBND', actor: 'UBND phường Thụy Khuê', documents });
  expect(answer.items).toMatchObject([
    {
      step: 'registered',
      standing: 'registered',
      paper: '15/ĐK-UBND',
      actor: 'UBND phường Thụy Khuê',
      documents,
      version: 1,
      recordedBy: made.user.username,
    },
  ]);
});

test('the eight steps, one after the other, end in a title that is due again in five years', async () => {
  const made = await office({ today: '2024-12-02', now: '2024-12-02T03:00:00.000Z' });
  const { record } = made;
  await record({});
  await record({ step: 'self-assessment', since: '2024-05-06' });
  await record({ step: 'consultation', since: '2024-06-03', satisfaction: 92 });
  await record({ step: 'dossier', since: '2024-11-04' });
  await record({ step: 'council', since: '2024-11-06' });
  await record({ step: 'vote', since: '2024-11-12', council: { members: 9, present: 9 } });
  await record({ step: 'recognised', since: '2024-11-20', paper: '4000/QĐ-UBND' });
  const { items } = await record({ step: 'published', since: '2024-12-02' });
  expect(items).toHaveLength(8);
  const line = lineOf(await made.read<TitleRegister>('/api/title/register'));
  expect(line).toMatchObject({ standing: 'recognised', registeredOn: '2022-05-04' });
  expect(line.deadlines).toMatchObject([{ kind: 'renewal', dueOn: '2029-11-20', confidence: 'medium' }]);
  const status = await made.read<DistrictStatus>(`/api/wards/${WARD}/status`);
  expect(status.wards[0]!.title).toMatchObject({ step: 'recognised', since: '2024-12-02' });
});

describe('a step is refused', () => {
  const cases: [string, string, object][] = [
    ['step_in_future', 'since', { since: '2022-11-05' }],
    ['step_before_decree', 'since', { since: '2022-04-14' }],
    ['unknown_document', 'documents.0.document', { documents: [{ document: 'x', title: 'x', place: 'x' }] }],
    ['document_without_place', 'documents.0.place', { documents: [{ document: 'plan', title: 'x' }] }],
    ['unknown_evidence', 'documents.0.file', { documents: [{ document: 'plan', title: 'x', file: 'a'.repeat(64) }] }],
    ['paper_required', 'paper', { step: 'refused', reason: 'Chưa đủ điều kiện' }],
    ['paper_required', 'paper', { step: 'recognised', despite: 'x' }],
    ['reason_required', 'reason', { step: 'refused', paper: '9/UBND-VX' }],
    ['due_before_step', 'dueOn', { dueOn: '2022-05-03' }],
    ['council_count_missing', 'council', { step: 'vote' }],
    ['council_count_wrong', 'council', { step: 'vote', council: { members: 9, present: 10 } }],
    ['council_count_wrong', 'council', { step: 'vote', council: { members: 9, present: 8, yes: 8, no: 1 } }],
    ['council_not_quorate', 'council.present', { step: 'vote', council: { members: 10, present: 6, yes: 6, no: 0 } }],
  ];
  it.each(cases)('%s', async (code, path, body) => {
    const answer = await (await office()).record(body);
    expect(answer).toMatchObject({ status: 422, code, errors: [{ path, code }] });
  });

  it.each([
    ['step_out_of_order', { step: 'vote', since: '2022-06-01', council: { members: 9, present: 9 } }],
    ['step_before_previous', { step: 'self-assessment', since: '2022-05-03' }],
    ['paper_already_recorded', { step: 'self-assessment', since: '2022-06-01', paper: ' 15/đk-ubnd ' }],
  ])('%s', async (code, body) => {
    const { record } = await office();
    await record({ paper: '15/ĐK-UBND' });
    expect(await record(body)).toMatchObject({ status: 422, code });
  });

  it('of a ward of neither set, of a code that two wards had, of a ward outside the scope', async () => {
    const { record } = await office({ scope: [OTHER] });
    const to = (ward: string) => record({}, `/api/wards/${ward}/title-steps`);
    expect(await to('99999')).toMatchObject({ status: 422, code: 'unknown_ward' });
    expect(await to('00097')).toMatchObject({ status: 422, code: 'code_needs_date' });
    expect(await to(WARD)).toMatchObject({ status: 403, code: 'outside_scope' });
  });
});

test('a paper of the same number from another year, or of another ward, is another paper', async () => {
  const { record } = await office({ today: '2023-02-01', now: '2023-02-01T03:00:00.000Z' });
  await record({ paper: '15/ĐK-UBND' });
  const next = { step: 'self-assessment', since: '2023-01-09', paper: '15/ĐK-UBND' };
  expect((await record(next)).status).toBe(200);
  expect((await record({ paper: '15/ĐK-UBND' }, `/api/wards/${OTHER}/title-steps`)).status).toBe(200);
});

test('seven of ten are enough, and votes are kept without a judgement', async () => {
  const { items } = await untilVote(await office());
  expect(items.at(-1)).toMatchObject({ step: 'vote', council: { members: 10, present: 7, yes: 6, no: 1 } });
});

describe('recognition against what is computed', () => {
  it('is refused with every condition that is not met', async () => {
    const made = await office();
    await untilVote(made);
    const answer = await made.record({ step: 'recognised', since: '2022-11-03', paper: '400/QĐ-UBND' });
    // Registered half a year; the criteria have no figures and speak neither way; 95,5 % are satisfied.
    expect(answer).toMatchObject({
      status: 422,
      code: 'conditions_not_met',
      errors: [{ path: 'conditions.time', code: 'conditions_not_met' }],
    });
  });

  it('is written when the paper is known to decide so, with the reason', async () => {
    const made = await office();
    await untilVote(made);
    const despite = 'Quyết định đã ban hành, ghi theo văn bản';
    const body = { step: 'recognised', since: '2022-11-03', paper: '400/QĐ-UBND', despite };
    expect((await made.record(body)).items.at(-1)).toMatchObject({ step: 'recognised', despite });
  });

  it('a dossier before the report was public for 30 days is asked about too', async () => {
    const { record } = await office();
    await record({ step: 'consultation', since: '2022-10-20' });
    const dossier = { step: 'dossier', since: '2022-11-03' };
    expect(await record(dossier)).toMatchObject({
      code: 'conditions_not_met',
      errors: [{ path: 'conditions.consultation', code: 'conditions_not_met' }],
    });
    expect((await record({ ...dossier, despite: 'Quy định 30 ngày nêu cho cấp quận' })).status).toBe(200);
  });
});

test('a refusal in writing ends the round, and the ward may register again', async () => {
  const made = await office();
  await untilVote(made);
  const refusal = { step: 'refused', since: '2022-11-02', paper: '88/UBND-VX', reason: 'Tiêu chí 3 chưa đạt' };
  expect((await made.record(refusal)).items.at(-1)).toMatchObject({ standing: 'refused', reason: 'Tiêu chí 3 chưa đạt' }); // prettier-ignore
  expect(lineOf(await made.read<TitleRegister>('/api/title/register')).deadlines).toEqual([]);
  expect((await made.record({ since: '2022-11-04' })).status).toBe(200);
});

describe('a correction', () => {
  it('is a newer writing with its reason; the older one stays to be read', async () => {
    const made = await office();
    const { id } = (await made.record({ paper: '15/ĐK-UBND' })).items[0]!;
    const answer = await made.correct(id, 1, { since: '2022-05-06' });
    expect(answer.items).toMatchObject([{ id, version: 2, since: '2022-05-06', paper: '15/ĐK-UBND' }]);
    expect(answer.writings).toMatchObject([
      { version: 2, since: '2022-05-06', correction: 'Ghi nhầm ngày', recordedBy: made.user.username },
      { version: 1, since: '2022-05-04', correction: null },
    ]);
  });

  it('takes a step out and puts it back', async () => {
    const made = await office();
    const { id } = (await made.record({})).items[0]!;
    expect((await made.correct(id, 1, { removed: true })).items).toEqual([]);
    const status = await made.read<DistrictStatus>(`/api/wards/${WARD}/status`);
    expect(status.wards[0]!.title.step).toBeNull();
    expect((await made.correct(id, 2, { removed: false })).items).toHaveLength(1);
  });

  it.each<[string, number, number, object]>([
    ['reason_required', 422, 1, { since: '2022-05-06', correction: '' }],
    ['nothing_to_correct', 422, 1, { since: '2022-05-04' }],
    ['changed_meanwhile', 412, 7, { since: '2022-05-06' }],
    ['step_before_previous', 422, 1, { since: '2022-06-02' }],
    ['step_in_future', 422, 1, { since: '2022-11-05' }],
  ])('%s', async (code, status, version, body) => {
    const made = await office();
    const { id } = (await made.record({})).items[0]!;
    // On a day on which the corrected step would come after it.
    if (code === 'step_before_previous') await made.record({ step: 'self-assessment', since: '2022-06-01' });
    const answer = await made.correct(id, version, body);
    expect(answer).toMatchObject({ status, code });
  });

  it('that would leave a step with nothing before it to follow is refused', async () => {
    const made = await office();
    await made.record({});
    const { items } = await made.record({ step: 'self-assessment', since: '2022-06-01' });
    await made.record({ step: 'consultation', since: '2022-07-01' });
    expect(await made.correct(items[1]!.id, 1, { removed: true })).toMatchObject({ code: 'step_out_of_order' });
  });

  it('of a step that is not there, or is another ward’s, is unknown_step', async () => {
    const made = await office();
    const { items } = await made.record({}, `/api/wards/${OTHER}/title-steps`);
    expect(await made.correct(items[0]!.id, 1, { since: '2022-05-06' })).toMatchObject({ status: 404, code: 'unknown_step' }); // prettier-ignore
  });

  it('without the version it was read at is refused', async () => {
    const made = await office();
    const { id } = (await made.record({})).items[0]!;
    const answer = await made.app.request(`/api/wards/${WARD}/title-steps/${id}`, {
      method: 'PATCH',
      headers: made.headers,
      body: JSON.stringify({ changeId: make.changeId(), correction: 'x', since: '2022-05-06' }),
    });
    expect(answer.status).toBe(428);
  });
});

test('a step sent again after a lost reply is written once', async () => {
  const made = await office();
  const changeId = make.changeId();
  await made.record({ changeId });
  expect((await made.record({ changeId })).items).toHaveLength(1);
});

test('the public sees the steps and their days; papers, votes and reasons are for accounts', async () => {
  const made = await office();
  await untilVote(made);
  const { items, writings } = await made.read<Answer>(`/api/wards/${WARD}/title-steps`, {});
  expect(items.map(({ step }) => step)).toEqual(['registered', 'self-assessment', 'consultation', 'dossier', 'council', 'vote']); // prettier-ignore
  expect(items.every(({ council, documents, recordedBy }) => !council && documents.length === 0 && !recordedBy)).toBe(true); // prettier-ignore
  expect(writings).toEqual([]);
});

describe('the register', () => {
  it('has every ward of the set, nothing claimed of those nobody knows', async () => {
    const made = await office();
    const register = await made.read<TitleRegister>('/api/title/register', {});
    expect(register.wards).toHaveLength(8);
    expect(lineOf(register)).toMatchObject({ step: null, deadlines: [], criteriaKnown: false, satisfaction: null });
    expect(register.cultural.at(-1)).toMatchObject({ recognised: 5, total: 8 });
  });

  it('counts days by the day asked for: what was in time becomes late when the day turns', async () => {
    const made = await office();
    await untilDossier(made);
    const state = async (at: string) =>
      lineOf(await made.read<TitleRegister>(`/api/title/register?at=${at}`)).deadlines[0];
    expect(await state('2022-11-03')).toMatchObject({ next: 'council', dueOn: '2022-11-03', daysLeft: 0, state: 'soon' }); // prettier-ignore
    expect(await state('2022-11-04')).toMatchObject({ next: 'council', daysLeft: -1, state: 'late' });
    expect(lineOf(await made.read<TitleRegister>('/api/title/register?at=2022-06-15')).step).toBe('self-assessment');
  });

  it('knows which papers are there and which are missing', async () => {
    const made = await office();
    await made.record({ documents: [{ document: 'registration-form', title: 'x', place: 'Tủ 1' }] });
    await made.record({ step: 'self-assessment', since: '2022-06-01' });
    const { documents } = lineOf(await made.read<TitleRegister>('/api/title/register'));
    expect(documents).toEqual({ needed: 2, present: 1, missing: ['self-assessment'] });
  });

  it('says of a deadline that reaches a year without known holidays that it does', async () => {
    const made = await office({ today: '2026-12-31', now: '2026-12-31T03:00:00.000Z' });
    await made.record({ step: 'dossier', since: '2026-12-30' });
    const [council] = lineOf(await made.read<TitleRegister>('/api/title/register')).deadlines;
    expect(council).toMatchObject({ dueOn: '2027-01-04', unknownYears: [2027] });
  });
});

test('the procedure names its sources, and the years whose holidays are known', async () => {
  const made = await office();
  const { procedure, holidays } = await made.read<{
    procedure: { steps: { source: string }[] };
    holidays: { years: number[] };
  }>('/api/title/procedure', {});
  expect(procedure.steps.map(({ source }) => source).filter(Boolean)).toHaveLength(8);
  expect(holidays.years).toEqual([2022, 2023, 2024, 2025, 2026]);
});

describe('on paper', () => {
  const bytesOf = async (made: Office, path: string) => {
    const answer = await made.app.request(path, { headers: made.headers });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  it.each(['pdf', 'docx'])('the form of a ward, printed twice, is the same bytes: %s', async (format) => {
    const made = await office();
    await made.record({ paper: '15/ĐK-UBND' });
    const path = `/api/wards/${WARD}/title-form?format=${format}`;
    const first = await bytesOf(made, path);
    // Somebody signs in: the log goes on, and nothing on the sheet has changed.
    await make.session(made.services, made.user);
    expect(first.status).toBe(200);
    expect((await bytesOf(made, path)).bytes.equals(first.bytes)).toBe(true);
    await made.record({ step: 'self-assessment', since: '2022-06-01' });
    await made.record({ step: 'registered', since: '2022-06-02' });
    expect((await bytesOf(made, path)).bytes.equals(first.bytes)).toBe(false);
  });

  it('the form says what it knows, dots what it does not, and that no statutory form was found', async () => {
    const made = await office();
    await made.record({ paper: '15/ĐK-UBND' });
    const { bytes } = await bytesOf(made, `/api/wards/${WARD}/title-form?format=docx`);
    // Of its day, not of the moment it was printed in.
    expect(openZip(bytes, 10_000_000).read('docProps/core.xml')!.toString()).toContain('>2022-11-03T17:00:00Z<');
    const text = openZip(bytes, 10_000_000)
      .read('word/document.xml')!
      .toString('utf8')
      .replace(/<[^>]+>/g, '');
    for (const said of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'PHƯỜNG THỤY KHUÊ',
      'Số: 15/ĐK-UBND',
      '14.598 người',
      'Không tìm thấy mẫu đơn',
      '………',
      'Chưa có số liệu',
    ])
      // prettier-ignore
      expect(text).toContain(said);
    expect(text).not.toMatch(/DỮ LIỆU MINH HỌA|undefined|null/);
  });

  it('the forms of all eight wards are one PDF', async () => {
    const { bytes } = await bytesOf(await office(), '/api/title/forms.pdf');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThanOrEqual(8);
  });

  it('the register is a workbook with a line for each ward', async () => {
    const made = await office();
    await untilDossier(made);
    const { bytes } = await bytesOf(made, '/api/title/register.xlsx');
    const rows = readSheet(bytes).map(({ cells }) => cells.map((cell) => String(cell ?? '')).join('|'));
    expect(rows.filter((row) => /\|00\d{3}\|/.test(row))).toHaveLength(8);
    expect(rows.join('\n')).toMatch(/Thụy Khuê.*Gửi hồ sơ.*quá hạn 1 ngày làm việc/);
  });

  it('is for accounts that read figures', async () => {
    const made = await office();
    expect((await made.app.request('/api/title/forms.pdf')).status).toBe(403);
  });
});
