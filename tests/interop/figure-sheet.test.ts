/** The sheet of figures through LibreOffice: out, edited there, in again. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckedSheet } from '../../server/status/sheet-contract.ts';
import { make } from '../helpers/make.ts';

const PERIOD = '2022-Q3';
const PACK = 'qd04-2022-demo';
const PHU_THUONG = '00091@1995-10-28';

/** The workbook opened and stored by LibreOffice, with `edit` done to its flat XML in between. */
function throughOffice(bytes: Buffer, edit: (xml: string) => string): Buffer {
  const folder = make.folder();
  const convert = (kind: string, file: string) =>
    execFileSync(
      'soffice',
      [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', kind, '--outdir', folder, file],
      { stdio: 'pipe', timeout: 170_000 },
    );
  writeFileSync(join(folder, 'so-lieu.xlsx'), bytes);
  convert('fods', join(folder, 'so-lieu.xlsx'));
  const flat = readFileSync(join(folder, 'so-lieu.fods'), 'utf8');
  const edited = edit(flat);
  writeFileSync(join(folder, 'lai.fods'), edited);
  convert('xlsx', join(folder, 'lai.fods'));
  return readFileSync(join(folder, 'lai.xlsx'));
}

async function desk() {
  const { app, services } = await make.app({ demo: true });
  const user = await make.user(services, { roles: ['status'], password: null });
  const session = await make.session(services, user);
  const cell = (indicator: string, value: number) => ({
    ...{ wardKey: PHU_THUONG, indicator, version: null, value, source: 'Báo cáo số 12/BC-UBND', note: 'Đợt 1' },
  });
  await app.request('/api/status/figures', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...session },
    body: JSON.stringify({
      ...{ changeId: make.changeId(), pack: PACK, period: PERIOD },
      cells: [cell('1.1', 95.5), cell('1.2', 97.25), cell('1.4', 98)],
    }),
  });
  const out = await app.request(`/api/status/figures/sheet.xlsx?period=${PERIOD}`, { headers: session });
  const check = async (bytes: Buffer): Promise<CheckedSheet> => {
    const headers = { 'content-type': 'application/octet-stream', ...session };
    const body = new Uint8Array(bytes);
    return (await app.request('/api/status/figures/sheet', { method: 'POST', headers, body })).json() as never;
  };
  return { sheet: Buffer.from(await out.arrayBuffer()), check };
}

/** The one cell of the flat XML that holds this number, with its text. */
const cellOf = (value: string) =>
  new RegExp(`office:value-type="float" office:value="${value}" calcext:value-type="float">\\s*<text:p>[^<]*<`, 'g');
const edit = (xml: string, from: string, to: string): string => {
  const found = xml.match(cellOf(from))?.length ?? 0;
  if (found !== 1) throw new Error(`${from} stands ${found} times`);
  return xml.replace(cellOf(from), to);
};
const number = (value: string) =>
  `office:value-type="float" office:value="${value}" calcext:value-type="float"><text:p>${value}<`;
const words = (said: string) => `office:value-type="string" calcext:value-type="string"><text:p>${said}<`;

test('stored again by LibreOffice it is equal: nothing to change, nothing wrong', async () => {
  const { sheet, check } = await desk();
  const said = await check(throughOffice(sheet, (xml) => xml));
  expect(said).toMatchObject({ rows: 368, unchanged: 368, cells: [], faults: [] });
});

test('a value edited in LibreOffice is the one change', async () => {
  const { sheet, check } = await desk();
  const said = await check(throughOffice(sheet, (xml) => edit(xml, '95.5', number('96.5'))));
  expect([said.faults, said.cells]).toMatchObject([[], [{ cell: 'F7', indicator: '1.1', value: 96.5, version: 1 }]]);
});

test('a spoiled sheet names each bad cell by its address', async () => {
  const { sheet, check } = await desk();
  const spoiled = throughOffice(sheet, (xml) =>
    edit(edit(xml, '95.5', number('195.5')), '97.25', words('khá')).replace('00100@1995-10-28', '00097@2025-07-01'),
  );
  const { faults } = await check(spoiled);
  expect(faults.map(({ cell, code }) => `${cell} ${code}`)).toEqual([
    'F7 value_out_of_domain',
    'A10 ward_of_other_set',
    'F15 not_a_number',
  ]);
});
