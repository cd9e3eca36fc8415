/** The annex of a meeting: the wards by the nine criteria, as a printed table and as a workbook. */
import { placeAndDay } from '../platform/print/document.ts';
import { printPdf } from '../platform/print/pdf.ts';
import type { Services } from '../platform/services.ts';
import { writeXlsx, type WrittenCell } from '../platform/sheet-write.ts';
import { readSnapshot } from './actions.ts';
import { quantity, reasonWords, shortStates, stateWords, vietnameseDay, vouchedBy, wantingOf } from './paper.ts';

type Given = Pick<Services, 'db'>;

const NOT_LEGAL = 'Chỉ gồm số liệu đã duyệt. Trạng thái của tiêu chí là trạng thái kém nhất trong các nội dung của nó.';

/** @throws {Refusal} 404 `unknown_snapshot` */
export async function printAnnex(services: Given, number: number): Promise<Buffer> {
  const snapshot = await readSnapshot(services, number);
  const { status, pack } = snapshot.content;
  return printPdf({
    parentBody: '',
    issuingBody: 'Ủy ban nhân dân quận Tây Hồ',
    reference: `Bản chốt số liệu số ${number}`,
    placeAndDay: placeAndDay('Tây Hồ', snapshot.at),
    title: 'Phụ lục',
    subtitle: `Trạng thái các phường theo ${pack.criteria.length} tiêu chí, ngày ${vietnameseDay(snapshot.at)}`,
    ribbon: snapshot.demo ? 'Dữ liệu minh họa' : '',
    blocks: [
      {
        kind: 'paragraph',
        text: `Kỳ họp: ${snapshot.title}. ${pack.decree ? `Căn cứ văn bản số ${pack.decree.number}` : pack.title.vi}.`,
        italic: true,
      },
      {
        kind: 'table',
        columns: [
          { title: 'TT', width: 1.1, align: 'center' },
          { title: 'Phường', width: 2.6 },
          ...pack.criteria.map((criterion) => ({
            title: `TC ${criterion.number}`,
            width: 1.85,
            align: 'center' as const,
          })),
          { title: 'Số TC đạt', width: 1.7, align: 'center' },
        ],
        rows: status.wards.map((ward, i) => [
          String(i + 1),
          ward.name,
          ...ward.criteria.map(({ state }) => shortStates[state]),
          `${ward.criteriaMet}/${ward.criteriaTotal}`,
        ]),
        empty: 'Không có phường nào.',
      },
      {
        kind: 'paragraph',
        text: `${pack.criteria.map((criterion) => `TC ${criterion.number}: ${criterion.title.vi}`).join('; ')}.`,
      },
      { kind: 'paragraph', text: `Dấu “–”: chưa có số liệu. ${NOT_LEGAL}`, italic: true },
      { kind: 'part', text: 'Các nội dung chưa đạt, sát ngưỡng, hết hạn minh chứng hoặc chưa có số liệu' },
      {
        kind: 'table',
        columns: [
          { title: 'Phường', width: 2 },
          { title: 'Nội dung', width: 4.5 },
          { title: 'Giá trị', width: 2.15, align: 'right' },
          { title: 'Ngưỡng', width: 2.15, align: 'right' },
          { title: 'Lý do', width: 2.8 },
        ],
        rows: wantingOf(snapshot.content).map(({ ward, indicator, title }) => [
          ward.name,
          `${indicator.id} ${title}`,
          quantity(indicator.value, indicator.unit),
          quantity(indicator.target, indicator.unit),
          reasonWords[indicator.reason],
        ]),
        empty: 'Mọi nội dung đều đạt.',
      },
    ],
    signatures: [
      { role: 'Người lập biểu', name: '' },
      { role: 'Thủ trưởng đơn vị', name: '' },
    ],
    footer: vouchedBy(snapshot),
    madeAt: new Date(snapshot.frozenAt),
  });
}

const heading = (value: string): WrittenCell => ({ value, look: 'heading' });
const bare = (value: string): WrittenCell => ({ value, look: 'bare' });

/** @throws {Refusal} 404 `unknown_snapshot` */
export async function writeAnnex(services: Given, number: number): Promise<Buffer> {
  const snapshot = await readSnapshot(services, number);
  const { status, pack } = snapshot.content;
  const title: WrittenCell[][] = [
    [{ value: `Trạng thái các phường ngày ${vietnameseDay(snapshot.at)}`, look: 'title' }],
    [bare(`${snapshot.title}${snapshot.demo ? ' – dữ liệu minh họa' : ''}`)],
    ...vouchedBy(snapshot)
      .split('\n')
      .map((line) => [bare(line)]),
    [],
  ];
  return writeXlsx([
    {
      name: 'Theo tiêu chí',
      widths: [6, 16, ...pack.criteria.map(() => 16), 12, 20],
      rows: [
        ...title,
        ['TT', 'Phường', ...pack.criteria.map((one) => `${one.number}. ${one.title.vi}`), 'Số tiêu chí đạt', 'Trạng thái chung'].map(heading), // prettier-ignore
        ...status.wards.map(
          (ward, i) =>
          [i + 1, ward.name, ...ward.criteria.map(({ state }) => stateWords[state]), ward.criteriaMet, stateWords[ward.state]].map((value) => ({ value })), // prettier-ignore
        ),
        [],
        [bare(NOT_LEGAL)],
      ],
    },
    {
      name: 'Từng nội dung',
      widths: [16, 10, 50, 12, 14, 12, 20, 26, 14, 40],
      rows: [
        ['Phường', 'Nội dung', 'Tên nội dung', 'Giá trị', 'Đơn vị', 'Ngưỡng', 'Trạng thái', 'Lý do', 'Ngày', 'Nguồn'].map(heading), // prettier-ignore
        ...status.wards.flatMap((ward) =>
          ward.criteria.flatMap(({ id, indicators }) =>
            indicators.map((one) => {
              const about = pack.criteria.find((criterion) => criterion.id === id)?.indicators.find((i) => i.id === one.id); // prettier-ignore
              const day = one.asOf === null ? null : vietnameseDay(one.asOf);
              return [ward.name, one.id, about?.title.vi ?? '', one.value, one.unit, one.target, stateWords[one.state], reasonWords[one.reason], day, one.source].map((value) => ({ value })); // prettier-ignore
            }),
          ),
        ),
      ],
    },
  ]);
}
