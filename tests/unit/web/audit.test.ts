import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../../server/audit/contract.ts';
import { fieldChanges, metersMoved } from '../../../web/audit/describe.ts';
import { formatFilter, parseFilter } from '../../../web/audit/filter.ts';
import { mergeRows } from '../../../web/audit/merge.ts';
import { sentenceOf, verbName, type Telling } from '../../../web/audit/words.ts';
import { vi } from '../../../web/i18n/vi.ts';
import { formatInstant } from '../../../web/lib/format.ts';

const here = { lng: 105.82, lat: 21.06, accuracy: 'placed' };
const there = { lng: 105.82, lat: 21.07, accuracy: 'placed' };
const row = (more: Partial<AuditRow>): AuditRow => ({
  seq: 7,
  at: '2022-09-27T03:03:00.000Z',
  actor: 'user:1',
  actorName: 'nguyen.a',
  actorDisplayName: 'Nguyễn A',
  verb: 'placeRelic',
  kind: 'relic',
  recordId: 'th-dd-01',
  recordName: 'Đình Quảng Bá',
  version: 2,
  before: { position: null },
  after: { position: here },
  note: '',
  hash: 'f'.repeat(64),
  undoable: false,
  undoOf: null,
  ...more,
});
const telling: Telling = { words: vi, ward: () => 'Quảng An', meters: (value) => `${Math.round(value)} m` };
const say = (more: Partial<AuditRow>) => sentenceOf(row(more), telling);

describe('a sentence of the log', () => {
  it.each<[string, Partial<AuditRow>]>([
    ['đặt Đình Quảng Bá lên bản đồ', {}],
    ['dời Đình Quảng Bá đi 1112 m', { before: { position: here }, after: { position: there } }],
    [
      'gỡ Đình Quảng Bá khỏi bản đồ',
      { verb: 'restoreRelicPlace', before: { position: here }, after: { position: null } },
    ],
    ['đưa Đình Quảng Bá về vị trí trước', { verb: 'restoreRelicPlace' }],
    ['khóa tài khoản can.bo', { verb: 'disableUser', kind: 'account', recordName: 'can.bo' }],
    [
      'sửa tài khoản can.bo (vai trò, phạm vi)',
      {
        verb: 'updateUser',
        kind: 'account',
        recordName: 'can.bo',
        before: { roles: ['viewer'], scope: 'district' },
        after: { roles: ['status'], scope: ['00100@1995-10-28'] },
      },
    ],
    ['chuyển sang ngày 28/09/2022', { verb: 'dayTurned', kind: 'day', recordId: '2022-09-28', recordName: null }],
    [
      'chuyển Quảng An sang “Đang thẩm định”',
      { verb: 'recordTitleStep', kind: 'title', recordName: null, after: { step: 'appraisal' } },
    ],
    [
      'duyệt số liệu phường, kỳ 2022-Q3',
      { verb: 'approveFigures', kind: 'figure', recordId: 'qd04-2022/2022-Q3', recordName: null },
    ],
    ['foldMap: Di tích th-dd-01', { verb: 'foldMap', recordName: null }],
    ['toString: Đình Quảng Bá', { verb: 'toString' }],
  ])('reads: %s', (sentence, more) => {
    expect(say(more)).toBe(sentence);
  });

  it('names its instant as the clocks of Hà Nội show it', () => {
    expect([formatInstant('2022-09-27T03:03:00.000Z'), formatInstant('2022-12-31T17:00:00.000Z')]).toEqual([
      '27/09/2022 10:03',
      '01/01/2023 00:00',
    ]);
  });

  it('without a record is a choice of the filter', () => {
    expect([verbName('disableUser', vi), verbName('approveFigures', vi), verbName('foldMap', vi)]).toEqual([
      'khóa tài khoản',
      'duyệt số liệu phường',
      'foldMap',
    ]);
  });
});

describe('the differences of a change', () => {
  it('are the fields that differ, and nothing about the row itself', () => {
    const before = { wardKey: 'a', disabled: false, roles: ['viewer'] };
    const after = { wardKey: 'a', disabled: true, roles: ['viewer'], undoOf: 3 };
    expect(fieldChanges(before, after)).toEqual([{ field: 'disabled', before: false, after: true }]);
  });

  it('are all fields of what is new', () => {
    expect(fieldChanges(null, { relics: 51 })).toEqual([{ field: 'relics', before: undefined, after: 51 }]);
  });

  it('name each cell of a block of figures by ward and indicator', () => {
    const cell = { wardKey: '00097@1995-10-28', indicator: '1.1', value: 9, state: 'draft' };
    expect(fieldChanges([cell], [{ ...cell, state: 'submitted' }])).toEqual([
      {
        field: '00097@1995-10-28 1.1',
        before: { value: 9, state: 'draft' },
        after: { value: 9, state: 'submitted' },
      },
    ]);
  });

  it.each([
    [{ position: here }, { position: there }, 1112],
    [{ position: null }, { position: there }, null],
    [null, 'text', null],
  ])('tell how far a position moved', (before, after, meters) => {
    const moved = metersMoved(before, after);
    expect(moved === null ? null : Math.round(moved)).toBe(meters);
  });
});

describe('the filter in the address', () => {
  it.each([
    [{}, 'tat-ca'],
    [{ kind: 'relic', recordId: 'th-dd-01' }, 'kind:relic,recordId:th-dd-01'],
    [{ actor: 'user:0183', from: '2022-11-01' }, 'actor:user%3A0183,from:2022-11-01'],
    [{ recordId: 'a,b:c' }, 'recordId:a%2Cb%3Ac'],
  ])('%o comes back as it was', (filter, text) => {
    expect([formatFilter(filter), parseFilter(text)]).toEqual([text, filter]);
  });

  it.each(['', 'nonsense', 'actor:', 'actor:%E0%A4%A', 'colour:red'])('takes nothing from %s', (text) => {
    expect(parseFilter(text)).toEqual({});
  });
});

describe('rows that come in', () => {
  const seqs = (rows: AuditRow[]) => rows.map(({ seq }) => seq);

  it('stand at the top, each once, the newer telling over the older', () => {
    const known = [row({ seq: 5 }), row({ seq: 4, note: 'old' })];
    const merged = mergeRows(known, [row({ seq: 6 }), row({ seq: 4, note: 'new' })]);
    expect([seqs(merged), merged[2]?.note]).toEqual([[6, 5, 4], 'new']);
  });

  it('take from older rows of their record that these can be undone', () => {
    const known = [row({ seq: 5, version: 2, undoable: true }), row({ seq: 4, recordId: 'other', undoable: true })];
    const merged = mergeRows(known, [row({ seq: 6, version: 3, undoable: true })]);
    expect(merged.map(({ undoable }) => undoable)).toEqual([true, false, true]);
  });
});
