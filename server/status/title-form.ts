/** The registration form of a ward, filled with what is known and dotted where nothing is. Pure. */
import type { TitleProcedure } from '../../geodata/procedure-schema.ts';
import type { CivilDate, CriteriaPack, WardFacts } from '../../geodata/schema.ts';
import type { Block, PrintedDocument } from '../platform/print/document.ts';
import type { StatusState, WardStatus } from './contract.ts';
import type { Condition, RegisterLine } from './title-contract.ts';

export interface FormFacts {
  line: RegisterLine;
  status: WardStatus;
  facts: WardFacts['wards'][number] | null;
  procedure: TitleProcedure;
  pack: CriteriaPack;
  at: CivilDate;
  /** The ward belongs to the district, which ended with 30/06/2025. */
  ofDistrict: boolean;
}

const DOTS = '………………';
const LONG_DOTS = '……………………………………………';
const states: Record<StatusState, string> = {
  met: 'Đạt',
  near: 'Gần đạt',
  'not-met': 'Chưa đạt',
  expired: 'Hết hạn minh chứng',
  'no-data': 'Chưa có số liệu',
};
const conditionStates: Record<Condition['state'], string> = {
  met: 'Đạt',
  'not-met': 'Chưa đạt',
  'no-data': 'Chưa có số liệu',
};

export const formDay = (day: CivilDate): string => day.split('-').reverse().join('/');
const number = (value: number): string => new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }).format(value);

/** "Thụy Khuê, ngày 04 tháng 5 năm 2022"; dots for a day nobody knows. */
function placeAndDay(place: string, day: CivilDate | null): string {
  if (day === null) return `${place}, ngày …… tháng …… năm ………`;
  const [year = '', month = '', date = ''] = day.split('-');
  return `${place}, ngày ${date} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`;
}

function wardFacts({ status, facts }: FormFacts): Block {
  const { population = null, areaKm2 = null } = facts ?? {};
  const cultural = status.culturalWard;
  return {
    kind: 'facts',
    rows: [
      ['Phường', `${status.name} (mã ${status.code})`],
      ['Số dân', population ? `${number(population.value)} người (${population.source})` : DOTS],
      ['Diện tích', areaKm2 ? `${number(areaKm2.value)} km² (${areaKm2.source})` : DOTS],
      ['Số tổ dân phố', DOTS],
      ['Danh hiệu Phường văn hóa', cultural?.state === 'recognised' ? `Đã công nhận năm ${cultural.year}` : cultural ? `Chưa được công nhận tính đến ${formDay(cultural.since)}` : DOTS], // prettier-ignore
      ['Người đại diện, điện thoại', LONG_DOTS],
    ],
  };
}

function registration({ line, procedure }: FormFacts): Block {
  const time = procedure.conditions.find(({ id }) => id === 'time');
  const years = line.renewal ? time?.renewalTarget : time?.target;
  const until = line.conditions.find(({ id }) => id === 'time')?.metOn;
  return {
    kind: 'facts',
    rows: [
      ['Danh hiệu đăng ký', 'Phường đạt chuẩn đô thị văn minh'],
      ['Hình thức', line.renewal ? 'Công nhận lại' : line.step === null ? 'Công nhận lần đầu (theo hồ sơ hiện có)' : 'Công nhận lần đầu'], // prettier-ignore
      ['Ngày đăng ký', line.registeredOn ? formDay(line.registeredOn) : DOTS],
      ['Thời gian đăng ký', `${years ?? DOTS} năm${until ? `, đủ vào ngày ${formDay(until)}` : ''}`],
    ],
  };
}

function criteriaTable({ status, pack }: FormFacts): Block {
  return {
    kind: 'table',
    columns: [
      { title: 'TT', width: 0.7, align: 'center' },
      { title: 'Tiêu chí', width: 4.6 },
      { title: 'Nội dung đạt', width: 1.4, align: 'center' },
      { title: 'Hiện trạng', width: 1.9 },
      { title: 'Dự kiến đạt', width: 1.8, align: 'center' },
    ],
    rows: pack.criteria.map((criterion) => {
      const found = status.criteria.find(({ id }) => id === criterion.id);
      const known = found?.indicators.filter(({ state }) => state !== 'no-data') ?? [];
      const met = found?.indicators.filter(({ state }) => state === 'met').length ?? 0;
      return [
        String(criterion.number),
        criterion.title.vi,
        known.length > 0 ? `${met}/${found!.indicators.length}` : DOTS,
        states[found?.state ?? 'no-data'],
        found?.state === 'met' ? '' : DOTS,
      ];
    }),
    empty: 'Chưa có bộ tiêu chí.',
  };
}

function conditionsTable({ line, procedure }: FormFacts): Block {
  const said = ({ id, value, metOn }: Condition): string => {
    if (id === 'satisfaction') return value === null ? DOTS : `${number(value)}%`;
    if (id === 'criteria') return value === null ? DOTS : `${value}/${line.criteriaTotal}`;
    if (id === 'registered') return line.registeredOn ? formDay(line.registeredOn) : DOTS;
    return metOn ? `đủ vào ${formDay(metOn)}` : DOTS;
  };
  return {
    kind: 'table',
    columns: [
      { title: 'Điều kiện', width: 5.2 },
      { title: 'Hiện có', width: 2.4, align: 'center' },
      { title: 'Kết quả', width: 2, align: 'center' },
    ],
    rows: line.conditions.map((one) => [
      procedure.conditions.find(({ id }) => id === one.id)?.title.vi ?? one.id,
      said(one),
      conditionStates[one.state],
    ]),
    empty: '',
  };
}

/** All of the form but the marks of the sheet itself; what is not known is dotted, never guessed. */
export function composeForm(facts: FormFacts): Omit<PrintedDocument, 'footer' | 'madeAt'> {
  const { line, status, procedure, pack, at, ofDistrict } = facts;
  const { decree, form } = procedure;
  const first = procedure.steps[0]!;
  const missing = new Set(line.documents.missing);
  return {
    parentBody: ofDistrict ? 'Ủy ban nhân dân quận Tây Hồ' : '',
    issuingBody: `Ủy ban nhân dân phường ${status.name}`,
    reference: line.step === 'registered' && line.paper ? `Số: ${line.paper}` : 'Số:        /ĐK-UBND',
    placeAndDay: placeAndDay(status.name, line.registeredOn),
    title: 'Bản đăng ký',
    subtitle: 'Xây dựng phường đạt chuẩn đô thị văn minh',
    ribbon: line.demo || status.criteria.some(({ indicators }) => indicators.some(({ demo }) => demo)) ? 'DỮ LIỆU MINH HỌA' : '', // prettier-ignore
    blocks: [
      {
        kind: 'paragraph',
        text: ofDistrict
          ? 'Kính gửi: Ủy ban nhân dân quận Tây Hồ (qua Phòng Văn hóa và Thông tin)'
          : `Kính gửi: ${LONG_DOTS} (cơ quan có thẩm quyền sau ngày 01/07/2025 chưa được xác nhận)`,
      },
      {
        kind: 'paragraph',
        text: `Căn cứ Quyết định số ${decree.number} ngày ${formDay(decree.issuedOn)} của Thủ tướng Chính phủ; thực hiện chỉ đạo 8/8 phường đăng ký tại hội nghị Chương trình 03 ngày 27/09/2022, Ủy ban nhân dân phường ${status.name} đăng ký như sau:`, // prettier-ignore
      },
      { kind: 'part', text: 'I. Thông tin về phường' },
      wardFacts(facts),
      { kind: 'part', text: 'II. Nội dung đăng ký' },
      registration(facts),
      { kind: 'part', text: `III. Hiện trạng ${pack.criteria.length} tiêu chí (số liệu đã duyệt đến ${formDay(at)})` },
      criteriaTable(facts),
      { kind: 'part', text: 'IV. Điều kiện công nhận' },
      conditionsTable(facts),
      { kind: 'part', text: 'V. Giấy tờ kèm theo' },
      {
        kind: 'table',
        columns: [
          { title: 'Giấy tờ', width: 6 },
          { title: 'Tình trạng', width: 2, align: 'center' },
        ],
        rows: first.documents.map(({ id, title, needed }) => [
          title.vi,
          line.step === null ? DOTS : !needed ? 'nếu có' : missing.has(id) ? 'chưa có' : 'đã có',
        ]),
        empty: '',
      },
      { kind: 'part', text: 'VI. Cam kết' },
      {
        kind: 'paragraph',
        text: `Ủy ban nhân dân phường ${status.name} cam kết tổ chức thực hiện các tiêu chí đã đăng ký, báo cáo kết quả đúng thời hạn và chịu trách nhiệm về số liệu trong bản đăng ký này.`, // prettier-ignore
      },
      {
        kind: 'paragraph',
        italic: true,
        text: `Ghi chú: ${form.basis.vi}. ${form.note.vi} Chỗ chấm là nội dung chưa có số liệu, phường tự điền. Số liệu lấy từ Bản đồ số Tây Hồ đến ngày ${formDay(at)}.`, // prettier-ignore
      },
    ],
    signatures: [
      { role: 'Người lập', name: '' },
      { role: 'TM. Ủy ban nhân dân\nChủ tịch', name: '' },
    ],
  };
}
