import { describe, expect, it } from 'vitest';
import type { CriteriaPack } from '../../../geodata/schema.ts';
import type { ProgrammeTask } from '../../../server/programme/contract.ts';
import type { DistrictStatus, StatusState, WardStatus } from '../../../server/status/contract.ts';
import { colouringVi } from '../../../web/i18n/colouring-vi.ts';
import { vi } from '../../../web/i18n/vi.ts';
import { statusSwatches, taskSwatches } from '../../../web/map/palette.ts';
import { choropleth, type ChoroplethInput } from '../../../web/wards/choropleth.ts';

const pack = {
  criteria: [
    {
      id: '3',
      number: 3,
      title: { vi: 'Môi trường', en: 'Environment' },
      indicators: [{ id: '3.3', title: { vi: 'Cây xanh', en: 'Trees' }, unit: '%' }],
    },
  ],
} as unknown as CriteriaPack;

const ward = (code: string, value: number | null, state: StatusState) =>
  ({
    key: `${code}@1995-10-28`,
    name: code,
    state,
    criteriaMet: state === 'met' ? 1 : 0,
    criteriaTotal: 1,
    title: { step: null },
    culturalWard: null,
    criteria: [{ id: '3', state, indicators: [{ id: '3.3', value, unit: '%', target: 70, state }] }],
  }) as unknown as WardStatus;
const status = {
  wards: [
    ward('00091', 90, 'met'),
    ward('00094', 66, 'near'),
    ward('00112', 50, 'not-met'),
    ward('00097', null, 'no-data'),
  ],
} as DistrictStatus;
const task = {
  id: 'T9',
  title: { vi: 'Trồng cây', en: 'Plant trees' },
  unit: { vi: 'UBND phường', en: 'UBND phường' },
  wardKeys: ['00112@1995-10-28'],
  dueOn: '2022-10-31',
  state: 'late',
} as unknown as ProgrammeTask;

const draw = (by: string, more: Partial<ChoroplethInput> = {}) =>
  choropleth({
    by,
    status,
    pack,
    tasks: [task],
    classing: null,
    theme: 'light',
    lang: 'vi',
    words: vi,
    says: colouringVi,
    quantity: (value, unit) => `${value}${unit ?? ''}`,
    ...more,
  });
const labels = (by: string, more: Partial<ChoroplethInput> = {}) => {
  const drawn = draw(by, more);
  return status.wards.map(({ key }) => drawn.classOf(key)?.label);
};

describe('the wards coloured', () => {
  it('by a criterion take its state', () => {
    const drawn = draw('criterion:3');
    expect(drawn.title).toBe('Tiêu chí 3. Môi trường');
    expect(drawn.classOf('00112@1995-10-28')).toMatchObject({
      label: 'Chưa đạt',
      fill: statusSwatches['not-met'].fill.light,
      pattern: 'not-met',
    });
    expect(drawn.method).toBeNull();
  });

  it('by a task stand out when it names them, in the colour of how it stands', () => {
    const drawn = draw('task:T9');
    expect(labels('task:T9')).toEqual([
      'Không thuộc nhiệm vụ',
      'Không thuộc nhiệm vụ',
      'Quá hạn',
      'Không thuộc nhiệm vụ',
    ]);
    expect(drawn.classOf('00112@1995-10-28')?.fill).toBe(taskSwatches.late.fill.light);
    expect([drawn.title, drawn.note]).toEqual(['Nhiệm vụ: Trồng cây', 'UBND phường · hạn 31/10/2022']);
  });

  it('by the number of late tasks count each ward’s own', () => {
    const drawn = draw('late-tasks');
    expect(status.wards.map(({ key }) => drawn.numberOf(key))).toEqual([0, 0, 1, 0]);
  });

  it('by an indicator say value and target, and never colour what nobody knows', () => {
    const drawn = draw('indicator:3.3');
    expect(drawn.detailOf('00112@1995-10-28')).toBe('50%, ngưỡng 70%');
    expect(drawn.detailOf('00097@1995-10-28')).toBe('');
    expect(drawn.classOf('00097@1995-10-28')?.label).toBe('Chưa có số liệu');
  });

  it.each([
    ['deu', ['82 – 90', '66 – dưới 74', '50 – dưới 58'], 'Năm|5 khoảng'],
    ['tu-nhien', ['90 – 90', '66 – dưới 90', '50 – dưới 66'], 'Ckmeans'],
    ['trang-thai', ['Đạt', 'Gần đạt', 'Chưa đạt'], 'ngưỡng'],
  ] as const)('by %s: each in its class, and the rule is stated', (method, wanted, rule) => {
    const classing = { method, breaks: [] };
    expect(labels('indicator:3.3', { classing }).slice(0, 3)).toEqual(
      wanted.map((label) => (label === '90 – 90' ? '90' : label)),
    );
    expect(draw('indicator:3.3', { classing }).note).toMatch(new RegExp(rule));
  });

  it('by hand are open below and above, and a value on the boundary stands above it', () => {
    const classing = { method: 'tay' as const, breaks: [66, 80] };
    expect(labels('indicator:3.3', { classing })).toEqual(['từ 80', '66 – dưới 80', 'dưới 66', 'Chưa có số liệu']);
    expect(draw('indicator:3.3', { classing }).note).toContain('đúng ranh giới thuộc lớp trên');
  });

  it('keep their classes over several days, so that a colour means the same on each', () => {
    const earlier = { wards: [ward('00091', 10, 'not-met')] } as DistrictStatus;
    expect(labels('indicator:3.3', { pool: [earlier, status] })[2]).toBe('42 – dưới 58');
  });
});
