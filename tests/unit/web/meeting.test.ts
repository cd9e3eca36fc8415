import { describe, expect, it, test } from 'vitest';
import type { CriteriaPack } from '../../../geodata/schema.ts';
import type { TaskChange, WardChange } from '../../../server/meeting/contract.ts';
import type { IndicatorStatus } from '../../../server/status/contract.ts';
import { meetingVi } from '../../../web/i18n/meeting-vi.ts';
import { vi } from '../../../web/i18n/vi.ts';
import { formatPage, pageAfter, parsePage } from '../../../web/meeting/page.ts';
import { sentencesOf, taskSentence, type Speech } from '../../../web/meeting/sentences.ts';

const pack = {
  criteria: [
    {
      id: '3',
      number: 3,
      title: { vi: 'Môi trường', en: '' },
      indicators: [{ id: '3.3', title: { vi: 'Cây xanh', en: '' } }],
    },
  ],
} as unknown as CriteriaPack;
const speech: Speech = {
  lang: 'vi',
  words: vi,
  meeting: meetingVi,
  pack,
  quantity: (value, unit) => `${value}${unit ?? ''}`,
};
const indicator = (more: Partial<IndicatorStatus>): IndicatorStatus => ({
  id: '3.3',
  value: 60,
  unit: '%',
  target: 70,
  state: 'not-met',
  reason: 'misses-target',
  asOf: '2022-06-30',
  source: 'x',
  evidence: null,
  demo: false,
  ...more,
});
const told = (...changes: WardChange[]) => sentencesOf(changes, speech);
const turned = (before: Partial<IndicatorStatus>, after: Partial<IndicatorStatus>): WardChange => ({
  kind: 'indicator',
  criterion: '3',
  before: indicator(before),
  after: indicator(after),
});

describe('what changed, in sentences', () => {
  it.each<[string, WardChange, string]>([
    [
      'a criterion',
      { kind: 'criterion', criterion: '3', before: 'not-met', after: 'met' },
      'Tiêu chí 3 (Môi trường) chuyển từ “Chưa đạt” sang “Đạt”.',
    ],
    [
      'a step of the title',
      {
        kind: 'title',
        before: { step: null, since: null, source: null },
        after: { step: 'registered', since: '2022-10-10', source: 'x' },
      },
      'Bước công nhận danh hiệu: từ “Chưa rõ bước đăng ký” sang “Đã đăng ký”.',
    ],
    [
      'a figure that rose to its target',
      turned({}, { value: 71, state: 'met', reason: 'meets-target' }),
      '3.3 Cây xanh: tăng từ 60% lên 71%, nay “Đạt”.',
    ],
    [
      'a first figure',
      turned({ value: null, state: 'no-data', reason: 'no-value' }, {}),
      '3.3 Cây xanh: lần đầu có số liệu, 60% – “Chưa đạt”.',
    ],
    [
      'evidence that ran out',
      turned({ state: 'met', reason: 'meets-target' }, { state: 'expired', reason: 'evidence-expired' }),
      '3.3 Cây xanh: nay “Hết hạn minh chứng” (Minh chứng đã hết hạn).',
    ],
  ])('%s', (_, change, sentence) => {
    expect(told(change).told).toEqual([sentence]);
  });

  it('keep what turned nothing apart', () => {
    expect(told(turned({}, { value: 58 }))).toEqual({
      told: [],
      quiet: ['3.3 Cây xanh: giảm từ 60% xuống 58%, nay “Chưa đạt”.'],
    });
  });

  it('a task that fell late', () => {
    const task = { title: { vi: 'Lập danh sách', en: '' }, state: 'in-progress', percent: 40 };
    const change = { id: 'x', before: task, after: { ...task, state: 'late' } } as unknown as TaskChange;
    expect(taskSentence(change, speech)).toBe('Nhiệm vụ “Lập danh sách” chuyển từ “Đang thực hiện” sang “Quá hạn”.');
  });
});

describe('the page of a meeting', () => {
  test.each([
    ['2/00112@1995-10-28', { number: 2, ward: '00112@1995-10-28' }],
    ['2', { number: 2, ward: null }],
    ['moi', { number: null, ward: null }],
    ['-1', { number: null, ward: null }],
  ])('is read from the address: %s', (text, page) => {
    expect(parsePage(text)).toEqual(page);
  });

  test('comes back from the address it was written to', () => {
    const page = { number: 12, ward: '00091@1995-10-28' };
    expect(parsePage(formatPage(page))).toEqual(page);
  });

  test('goes from the district through the wards and stops at both ends', () => {
    const steps = [null, 'a', 'b'].map((ward) => [pageAfter(['a', 'b'], ward, 1), pageAfter(['a', 'b'], ward, -1)]);
    expect(steps).toEqual([
      ['a', null],
      ['b', null],
      ['b', 'a'],
    ]);
  });
});
