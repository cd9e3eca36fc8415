import { describe, expect, it } from 'vitest';
import { wgs84ToVn2000 } from '../../geodata/vn2000.ts';
import type { WardKey } from '../../geodata/schema.ts';
import type { ImportResult } from '../../server/dengue/cases/import-contract.ts';
import { browserOn } from '../helpers/asking.ts';
import { IN_BUOI, IN_QUANG_AN, make } from '../helpers/make.ts';
import { zipOf } from '../../server/platform/zip.ts';
import { xlsxOf, type XlsxCell } from '../helpers/xlsx.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';

async function desk(scope: 'district' | WardKey[] = 'district') {
  const { app, services } = await make.app();
  const user = await make.user(services, { roles: ['health'], scope, password: null });
  const browser = browserOn(app, await make.session(services, user));
  const send = async (file: Buffer | string, more: object = {}) => {
    const body = {
      changeId: make.changeId(),
      fileName: 'ca-benh.csv',
      content: Buffer.from(file as string).toString('base64'),
      accuracyMeters: 10,
      ...more,
    };
    const { status, body: answer } = await browser.send('POST', '/api/dengue/cases/import', body);
    return { status, answer, result: answer as ImportResult };
  };
  const count = async () => (await browser.get('/api/dengue/cases?limit=1')).body.total as number;
  return { services, browser, send, count };
}
const HEADER = 'Mã số,Họ tên,Phân loại,Ngày khởi phát,Vĩ độ,Kinh độ,Điện thoại';
const { lng, lat } = IN_QUANG_AN;
const line = (
  n: number | string,
  more: { class?: string; onset?: string; lat?: number | string; lng?: number | string } = {},
) =>
  `M${n},Người Mẫu ${n},${more.class ?? 'lâm sàng'},${more.onset ?? '24/10/2022'},${more.lat ?? lat},${more.lng ?? lng},0912345678`;
const table = (...lines: string[]) => [HEADER, ...lines].join('\r\n');

describe('an import', () => {
  it('says first what would come of it, and writes nothing', async () => {
    const { send, count } = await desk();
    const { result } = await send(table(line(1), line(2, { class: 'xác định' })));
    expect(result).toMatchObject({ dryRun: true, rows: 2, imported: 2, faulty: 0, faults: [], coordinates: 'wgs84' });
    expect(result.columns.map(({ field }) => field)).toEqual([
      'registryId',
      'name',
      'class',
      'onsetOn',
      'lat',
      'lng',
      'phone',
    ]);
    expect(result.preview[1]).toMatchObject({
      row: 3,
      class: 'confirmed',
      onsetOn: '2022-10-24',
      wardKey: QUANG_AN,
      personFields: ['name', 'phone'],
    });
    expect(JSON.stringify(result)).not.toMatch(/Người|0912345678/);
    expect(await count()).toBe(0);
  });

  it('writes all rows as one change, each case private under its own id', async () => {
    const { send, count, services } = await desk();
    const { result } = await send(table(line(1), line(2), line(3)), { dryRun: false });
    expect([result.imported, await count()]).toEqual([3, 3]);
    const changes = await services.db.all<{ seq: number }>("SELECT seq FROM change WHERE verb = 'importCases'");
    expect(changes).toHaveLength(1);
    expect(await services.db.get('SELECT count(*) AS n FROM change_private WHERE seq = ?', [changes[0]!.seq])).toEqual({
      n: 3,
    });
    expect(await services.changes.verify()).toMatchObject({ ok: true });
    expect(JSON.stringify(await services.db.all('SELECT * FROM change'))).not.toMatch(/Người Mẫu|105\.8266/);
  });

  it('happens once, however often the request comes', async () => {
    const { send, count } = await desk();
    const more = { changeId: make.changeId(), dryRun: false };
    await send(table(line(1)), more);
    expect((await send(table(line(1)), more)).result).toMatchObject({ imported: 1, faulty: 0 });
    expect(await count()).toBe(1);
  });

  it('of 10,000 rows names the 37 that are wrong by row and column, and writes none; or all others when asked', async () => {
    const { send, count } = await desk();
    const faults = [
      { onset: '31/02/2022' },
      { onset: '05/11/2022' },
      { class: 'có lẽ' },
      { lat: 21.0535, lng: 105.823 },
      { lat, lng: 107 },
      { lat: lng, lng: lat },
      { lat: 'x' },
    ];
    const codes = [
      'invalid_date',
      'onset_in_future',
      'unknown_class',
      'in_the_lake',
      'outside_district',
      'axes_swapped',
      'invalid_request',
    ];
    const columns = ['D', 'D', 'C', 'E', 'E', 'E', 'E'];
    const bad = Array.from({ length: 37 }, (_, i) => 270 * i + 5);
    const lines = Array.from({ length: 10_000 }, (_, n) => {
      const i = bad.indexOf(n);
      return i < 0 ? line(n) : line(n, faults[i % faults.length]);
    });
    const { result } = await send(table(...lines));
    expect(result.faults.map(({ row, column, code }) => [row, column, code])).toEqual(
      bad.map((n, i) => [n + 2, columns[i % 7], codes[i % 7]]),
    );
    const refused = await send(table(...lines), { dryRun: false });
    expect(refused).toMatchObject({ status: 422, answer: { code: 'faulty_rows' } });
    expect(refused.answer.errors).toHaveLength(37);
    expect(refused.answer.errors[0]).toEqual({ path: 'rows.7.onsetOn', code: 'invalid_date' });
    expect(await count()).toBe(0);
    const most = await send(table(...lines), { dryRun: false, skipFaulty: true });
    expect(most.result).toMatchObject({ imported: 9963, faulty: 37 });
    expect(await count()).toBe(9963);
  }, 60_000);

  it('refuses a number twice in the file, naming the first row, and one that is there already', async () => {
    const { send } = await desk();
    await send(table(line(1)), { dryRun: false });
    const { result } = await send(table(line(1), line(2), line(2)));
    expect(result.faults).toEqual([
      { row: 2, column: 'A', field: 'registryId', code: 'duplicate_id' },
      { row: 4, column: 'A', field: 'registryId', code: 'duplicate_id', firstRow: 3 },
    ]);
  });

  it('offers swapped coordinates for correction, and corrects them when asked', async () => {
    const { send } = await desk();
    const swapped = table(line(1, { lat: lng, lng: lat }));
    expect((await send(swapped)).result.faults).toMatchObject([{ code: 'axes_swapped', corrected: { lng, lat } }]);
    const { result } = await send(swapped, { correctSwapped: true });
    expect(result.preview[0]?.position).toEqual({ lng, lat });
  });

  it.each([
    ['north first', false],
    ['east first', true],
  ])('reads VN-2000 by its size, %s', async (_, mixed) => {
    const { send } = await desk();
    const [east, north] = wgs84ToVn2000([lng, lat], 5897).map((meters) => Math.round(meters * 1000) / 1000);
    const { result } = await send(table(line(1, mixed ? { lat: east!, lng: north! } : { lat: north!, lng: east! })));
    expect(result).toMatchObject({ coordinates: 'vn2000-5897', faulty: 0 });
    expect(result.preview[0]?.position?.lng).toBeCloseTo(lng, 7);
    expect(result.preview[0]?.position?.lat).toBeCloseTo(lat, 7);
  });

  it('reads XLSX with dates, numbers and a phone that lost its zero', async () => {
    const { send, browser } = await desk();
    const rows: XlsxCell[][] = [
      ['Họ tên', 'Năm sinh', 'Loại ca', 'Ngày mắc', 'Toạ độ', 'SĐT'],
      ['Người Mẫu', 1990, 'Xác định', { serial: 44_858 }, `${lat}, ${lng}`, 912_345_678],
    ];
    const { result } = await send(xlsxOf(rows), { dryRun: false });
    expect(result).toMatchObject({ imported: 1, preview: [{ onsetOn: '2022-10-24', class: 'confirmed' }] });
    const { body } = await browser.get('/api/dengue/cases');
    const { body: persons } = await browser.get(`/api/dengue/persons?ids=${body.items[0].id}&reason=case-form`);
    expect(persons.items).toMatchObject([{ born: '1990', phone: '0912345678' }]);
    expect(body.items[0].ageGroup).toBe('30-39');
  });

  it('takes columns as they are said to be, against their headers', async () => {
    const { send } = await desk();
    const { result } = await send('a,b\n24/10/2022,Quảng An', {
      mapping: { onsetOn: 0, ward: 1 },
      defaultClass: 'suspected',
    });
    expect(result.preview[0]).toMatchObject({ class: 'suspected', wardKey: QUANG_AN, position: null });
  });

  it('tells of rows that look like a case in the list', async () => {
    const { send, services } = await desk();
    const there = await make.dengueCase(services, { onsetOn: '2022-10-22' });
    const { result } = await send(table(line(1), line(2, { onset: '01/10/2022' })));
    expect(result.possibleDuplicates).toEqual([{ row: 2, caseId: there.id }]);
  });

  it('takes no row of a ward outside one’s scope', async () => {
    const { send } = await desk([QUANG_AN]);
    const { result } = await send(table(line(1), line(2, { lat: IN_BUOI.lat, lng: IN_BUOI.lng })));
    expect(result.faults).toMatchObject([{ row: 3, code: 'outside_scope' }]);
  });
});

it('a dry run of a file whose columns say too little gives the columns to choose from', async () => {
  const { send, count } = await desk();
  const { status, result } = await send('Họ tên,Ngày,Loại\nX,24/10/2022,lâm sàng');
  expect(status).toBe(200);
  expect(result).toMatchObject({ rows: 1, imported: 0, faulty: 1, missing: ['onsetOn', 'class'] });
  expect(result.columns.map(({ header, field }) => [header, field])).toEqual([
    ['Họ tên', 'name'],
    ['Ngày', null],
    ['Loại', null],
  ]);
  const { result: chosen } = await send('Họ tên,Ngày,Loại\nX,24/10/2022,lâm sàng', {
    mapping: { name: 0, onsetOn: 1, class: 2 },
    ward: QUANG_AN,
  });
  expect(chosen).toMatchObject({ imported: 1, faulty: 0, missing: [] });
  expect(await count()).toBe(0);
});

describe('an import is refused', () => {
  const bomb = zipOf({
    'xl/workbook.xml': '<sheets><sheet r:id="a"/></sheets>',
    'xl/_rels/workbook.xml.rels': '<Relationship Id="a" Target="worksheets/s.xml"/>',
    'xl/worksheets/s.xml': Buffer.alloc(101 * 1024 * 1024, 32),
  });
  it.each<[string, Buffer | string, string]>([
    ['with a file that is none', Buffer.from([0xff, 0xfe, 0, 1]), 'unreadable_file'],
    ['with nothing in it', '', 'empty_file'],
    ['with a header alone', HEADER, 'empty_file'],
    ['without a column of onsets', 'Họ tên,Phân loại\nX,lâm sàng', 'mapping_incomplete'],
    ['without a class anywhere', 'Ngày khởi phát\n24/10/2022', 'mapping_incomplete'],
    ['when it is a zip bomb', bomb, 'too_many_rows'],
    ['with more rows than fifty thousand', `a\n${'x\n'.repeat(50_001)}`, 'too_many_rows'],
    ['with a file over 8 MB', Buffer.alloc(8 * 1024 * 1024 + 1, 120), 'file_too_large'],
  ])('%s', async (_, file, code) => {
    const { send, count } = await desk();
    expect((await send(file, { dryRun: false })).answer.code).toBe(code);
    expect(await count()).toBe(0);
  });
});
