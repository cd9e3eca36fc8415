/** The report "Biên bản xử lý ổ dịch": six typed entries, all else from the record. No person is named in it. Pure. */
import type { CivilDate } from '../../geodata/schema.ts';
import type { Block, Column, PrintedDocument, Table } from '../platform/print/document.ts';
import type { OutbreakWords } from './contract.ts';
import type { InspectionWords } from './inspection-contract.ts';
import type { ReportEntries, ResponseAction, ResponseWords, Step } from './response-contract.ts';
import { caseClassNames, inspectionKindNames, stepNames, stepStateNames, stepWarningNames } from './words-contract.ts';

/** A case as the report lists it. */
export interface ListedCase {
  class: string;
  onsetOn: CivilDate;
  reportedOn: CivilDate | null;
  ageGroup: string | null;
  sex: string | null;
  residentialGroup: string | null;
  ward: string | null;
}

export interface ReportFacts {
  outbreak: OutbreakWords;
  response: ResponseWords;
  inspections: readonly InspectionWords[];
  /** Those the maker may see. */
  cases: readonly ListedCase[];
  ruleTitle: string;
  entries: ReportEntries;
}

const UNKNOWN = 'chưa rõ';
const SEXES: Record<string, string> = { female: 'nữ', male: 'nam' };
const STATES = { watching: 'nghi ổ dịch, đang theo dõi', active: 'đang hoạt động', ended: 'đã kết thúc' } as const;
const ACTIONS: Record<ResponseAction['kind'], string> = {
  verify: stepNames.verify,
  larvae: stepNames.larvae,
  spray: 'Phun hóa chất diệt muỗi',
  wide: stepNames.wide,
};
const classNames: Record<string, string> = caseClassNames;
/** A state inside a sentence. */
const stateName = (state: Step['state']): string => stepStateNames[state].toLocaleLowerCase('vi');

/** "04/11/2022"; nothing for no day. */
export const printedDay = (day: CivilDate | null): string => (day ? day.split('-').reverse().join('/') : '');
const number = (value: number | null, digits = 0): string =>
  value === null ? '' : new Intl.NumberFormat('vi-VN', { maximumFractionDigits: digits }).format(value);
const percent = (value: number | null): string => (value === null ? '' : `${number(value, 1)}%`);
const AGES = (group: string | null): string => (group === null ? '' : group.replace('-', '–'));

const part = (text: string): Block => ({ kind: 'part', text });
const table = (columns: readonly Column[], rows: string[][], empty: string): Table => ({
  kind: 'table',
  columns,
  rows,
  empty,
});

function generalFacts({ outbreak, ruleTitle }: ReportFacts): Block {
  const { declared, marked, lastOnsetOn, endedOn, expectedEndOn, caseCount } = outbreak;
  const how = marked ? `do cán bộ ghi trực tiếp (nguồn: ${marked.source})` : 'phát hiện từ các ca bệnh ở gần nhau';
  const end = lastOnsetOn
    ? `${printedDay(expectedEndOn)} (ca cuối khởi phát ${printedDay(lastOnsetOn)})`
    : printedDay(expectedEndOn);
  const basis = declared && (declared.basis === 'inspection' ? 'điều tra thấy véc tơ gần ca bệnh' : declared.reason);
  return {
    kind: 'facts',
    rows: [
      ['Loại ổ dịch', `Sốt xuất huyết Dengue, ${how}`],
      ['Trạng thái', STATES[outbreak.state]],
      ['Phường', outbreak.wards.map(({ name }) => name).join(', ')],
      ['Ngày phát hiện', printedDay(marked?.foundOn ?? outbreak.openedOn)],
      ['Ngày xác định ổ dịch', declared ? `${printedDay(declared.on)}${basis ? `: ${basis}` : ''}` : 'chưa xác định'],
      ['Dự kiến kết thúc', end],
      ['Ngày kết thúc', endedOn ? printedDay(endedOn) : 'chưa kết thúc'],
      [
        'Số ca bệnh',
        marked?.reportedCases
          ? `${number(caseCount)} (theo báo cáo: ${number(marked.reportedCases)})`
          : number(caseCount),
      ],
      ['Quy tắc áp dụng', ruleTitle],
      ...(outbreak.aliases.length > 0 ? [['Ổ dịch đã gộp vào', outbreak.aliases.join(', ')] as const] : []),
      ...(outbreak.origin ? [['Tách từ ổ dịch', outbreak.origin] as const] : []),
    ],
  };
}

function casesPart({ outbreak, cases }: ReportFacts): Block[] {
  const columns: Column[] = [
    { title: 'TT', width: 0.6, align: 'right' },
    { title: 'Tuổi', width: 1.1, align: 'center' },
    { title: 'Giới', width: 0.9, align: 'center' },
    { title: 'Tổ dân phố', width: 1.8 },
    { title: 'Phường', width: 1.8 },
    { title: 'Phân loại', width: 1.4 },
    { title: 'Khởi phát', width: 1.9, align: 'center' },
    { title: 'Báo cáo', width: 1.9, align: 'center' },
  ];
  const rows = cases.map((one, i) => [
    String(i + 1),
    AGES(one.ageGroup),
    SEXES[one.sex ?? ''] ?? '',
    one.residentialGroup ?? '',
    one.ward ?? UNKNOWN,
    classNames[one.class] ?? one.class,
    printedDay(one.onsetOn),
    printedDay(one.reportedOn),
  ]);
  const beyond = outbreak.caseCount - cases.length;
  return [
    table(columns, rows, 'Không có ca bệnh nào trong phạm vi của người lập.'),
    ...(beyond > 0
      ? [
          {
            kind: 'paragraph',
            italic: true,
            text: `Ngoài ra có ${number(beyond)} ca ở phường khác, không liệt kê ở đây.`,
          } as const,
        ]
      : []),
  ];
}

function zoneFacts({ response: { zone, radiusMeters, coverageTarget } }: ReportFacts): Block {
  const extent = zone.exact
    ? `Hợp của các vòng tròn ${number(radiusMeters)} m quanh nhà ca bệnh`
    : 'Phần trong phạm vi của người lập; phần khác chỉ biết gần đúng';
  return {
    kind: 'facts',
    rows: [
      ['Phạm vi', extent],
      ['Diện tích', zone.areaHectares === null ? UNKNOWN : `${number(zone.areaHectares, 1)} ha`],
      ['Tổ dân phố', zone.residentialGroups.join(', ') || 'chưa ghi'],
      ['Đường, phố, ngõ', zone.streets.join(', ') || 'không có đường có tên'],
      ['Yêu cầu bao phủ', `ít nhất ${percent(coverageTarget)} số nhà`],
    ],
  };
}

function surveyTable({ inspections }: ReportFacts): Block {
  const columns: Column[] = [
    { title: 'Ngày', width: 2, align: 'center' },
    { title: 'Đợt', width: 1.6 },
    { title: 'Số nhà', width: 1, align: 'right' },
    ...['BI', 'CI (%)', 'HI bọ gậy (%)', 'DI', 'Nhà có muỗi (%)'].map((title): Column => ({
      title,
      width: 1.1,
      align: 'right',
    })),
  ];
  const rows = inspections.map(({ inspectedOn, kind, houses, indices: { bi, ci, hi, di, hiAdults } }) => [
    printedDay(inspectedOn),
    inspectionKindNames[kind],
    number(houses),
    ...[bi, ci, hi, di, hiAdults].map(({ value }) => number(value, 2)),
  ]);
  return table(columns, rows, 'Chưa có đợt điều tra nào.');
}

function actionTable({ response: { actions } }: ReportFacts): Block {
  const columns: Column[] = [
    { title: 'Ngày', width: 2, align: 'center' },
    { title: 'Việc đã làm', width: 2.2 },
    { title: 'Số nhà', width: 0.9, align: 'right' },
    { title: 'Đã làm', width: 0.9, align: 'right' },
    { title: 'Bao phủ', width: 1.2, align: 'right' },
    { title: 'Số người', width: 1, align: 'right' },
    { title: 'Hóa chất', width: 1.4 },
    { title: 'Đơn vị', width: 1.8 },
  ];
  const rows = actions.map((one) => [
    printedDay(one.doneOn),
    one.round === null ? ACTIONS[one.kind] : `${ACTIONS[one.kind]} lần ${one.round}`,
    number(one.houses),
    number(one.housesDone),
    percent(one.coveragePercent),
    number(one.people),
    one.chemical ?? '',
    one.team ?? '',
  ]);
  return table(columns, rows, 'Chưa ghi việc nào.');
}

function stepTable({ response: { steps } }: ReportFacts): Block {
  const columns: Column[] = [
    { title: 'Việc theo hướng dẫn', width: 2.8 },
    { title: 'Hạn', width: 1.5, align: 'center' },
    { title: 'Ngày làm', width: 1.5, align: 'center' },
    { title: 'Kết quả', width: 2.6 },
  ];
  const inOrder = Object.keys(stepNames).flatMap((code) => steps.filter((step) => step.code === code));
  const rows = inOrder
    .filter(({ state }) => state !== 'needless')
    .map(({ code, state, dueOn, doneOn, daysLate, warnings }) => {
      const how = stateName(state) + (state === 'late' ? ` ${number(daysLate)} ngày` : '');
      return [
        stepNames[code],
        printedDay(dueOn),
        printedDay(doneOn),
        [how, ...warnings.map((one) => stepWarningNames[one])].join('; '),
      ];
    });
  return table(columns, rows, '');
}

/** What was typed; room to write by hand where nothing was. */
const typedPart = (title: string, text: string): Block[] => [
  part(title),
  { kind: 'paragraph', text: text || '……………………………………………………………………………………' },
];

/** Who issues it: the station of the ward, or the district's centre where the outbreak crosses a line. */
function bodies({ wards }: OutbreakWords): Pick<PrintedDocument, 'parentBody' | 'issuingBody'> {
  // The districts ended on 30/06/2025 (DOMAIN, two calendars).
  const district = wards.some(({ key }) => key.endsWith('@1995-10-28'));
  const stations = wards.map(({ name }) => name).join(', ');
  if (wards.length === 1)
    return { parentBody: district ? 'Trung tâm Y tế quận Tây Hồ' : '', issuingBody: `Trạm Y tế phường ${stations}` };
  return district
    ? { parentBody: 'Ủy ban nhân dân quận Tây Hồ', issuingBody: 'Trung tâm Y tế quận Tây Hồ' }
    : { parentBody: '', issuingBody: `Trạm Y tế các phường ${stations}` };
}

/** What the report says; where and when it was made stands in the head and foot that its maker adds. */
export function composeReport(facts: ReportFacts): Omit<PrintedDocument, 'placeAndDay' | 'footer' | 'madeAt'> {
  const { outbreak, entries } = facts;
  const { chair, writer, place, riskPoints, assessment, proposals } = entries;
  return {
    ...bodies(outbreak),
    reference: 'Số:        /BB',
    title: 'Biên bản xử lý ổ dịch',
    subtitle: `Ổ dịch sốt xuất huyết Dengue số ${outbreak.number}`,
    ribbon: outbreak.demo ? 'DỮ LIỆU MINH HỌA' : '',
    blocks: [
      ...(place ? [{ kind: 'paragraph', text: `Biên bản lập tại: ${place}.` } as const] : []),
      part('I. Thông tin ổ dịch'),
      generalFacts(facts),
      part('II. Danh sách ca bệnh (không ghi họ tên)'),
      ...casesPart(facts),
      part('III. Vùng xử lý'),
      zoneFacts(facts),
      part('IV. Điều tra véc tơ'),
      surveyTable(facts),
      part('V. Diệt bọ gậy, phun hóa chất'),
      actionTable(facts),
      part('VI. Đối chiếu với hướng dẫn'),
      stepTable(facts),
      ...typedPart('VII. Điểm nguy cơ', riskPoints),
      ...typedPart('VIII. Nhận định', assessment),
      ...typedPart('IX. Kiến nghị', proposals),
    ],
    signatures: [
      { role: 'Người lập', name: writer },
      { role: 'Đại diện UBND phường', name: '' },
      { role: 'Chủ trì', name: chair },
    ],
  };
}
