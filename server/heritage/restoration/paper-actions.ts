/** The plan as the official list: a workbook, a document to go on writing, and A3 sheets with the map. */
import type { Actor } from '../../accounts/permission.ts';
import { vietnameseDay } from '../../meeting/paper.ts';
import { headOfLog, placeAndDay, type PrintedDocument } from '../../platform/print/document.ts';
import { printDocx } from '../../platform/print/docx.ts';
import { Refusal } from '../../platform/refusal.ts';
import { writeXlsx, type WrittenCell } from '../../platform/sheet-write.ts';
import { wardName } from '../../wards/actions.ts';
import { isShown } from './budget-contract.ts';
import type { PlanQuery } from './contract.ts';
import { printPlanSheets } from './plan-sheet-actions.ts';
import { budgetColumns, budgetTable, listColumns, narrowColumns, notesOf, type PlanPaper } from './plan-paper.ts'; // prettier-ignore
import { readRestoration, type Given } from './read-actions.ts';
import { moneyWords, stageWords } from './sheet-words.ts';

const BODY = 'Ủy ban nhân dân quận Tây Hồ';

/** @throws {Refusal} 404 `no_plan` */
async function paperOf(services: Given, query: PlanQuery, actor: Actor): Promise<PlanPaper> {
  const { plan, items } = await readRestoration(services, actor);
  if (!plan) throw new Refusal(404, 'no_plan');
  const lines = plan.items.flatMap((id, i) => {
    const item = items.find((one) => one.id === id);
    const origins = items.filter(({ mergedInto }) => mergedInto === id);
    return item && isShown(item, query) ? [{ number: i + 1, item, origins }] : [];
  });
  const filter = [
    query.ward && `phường ${wardName(services, query.ward)}`,
    query.stage && `giai đoạn ${stageWords[query.stage].toLowerCase()}`,
    query.year && (query.year === 'none' ? 'chưa định năm' : `năm ${query.year}`),
    query.source && (query.source === 'none' ? 'chưa có nguồn vốn' : moneyWords[query.source].toLowerCase()),
  ];
  const missingWards = plan.missingWards.map((key) => wardName(services, key));
  return { plan, lines, filter: filter.filter(Boolean).join(', '), missingWards, demo: services.env.demo };
}

const titleOf = ({ plan }: PlanPaper) =>
  `Danh mục di tích đề nghị tu bổ: ${plan.title} (kế hoạch số ${plan.number}, lập ngày ${vietnameseDay(plan.formedOn)})`;

function workbook(paper: PlanPaper): Buffer {
  const cells = (values: readonly string[], look: WrittenCell['look'] = 'plain'): WrittenCell[] =>
    values.map((value) => ({ value, look: look as 'plain' }));
  const bare = (value: string): WrittenCell[] => [{ value, look: 'bare' }];
  const head = [[{ value: titleOf(paper), look: 'title' as const }], ...(paper.demo ? [bare('Dữ liệu minh họa')] : [])];
  const amounts = new Set(['Dự toán (triệu đồng)', 'Điểm ưu tiên', 'TT']);
  return writeXlsx([
    {
      name: 'Danh mục',
      widths: listColumns.map(({ width }) => Math.round(width * 7)),
      rows: [
        ...head,
        cells(listColumns.map(({ title }) => title), 'heading'), // prettier-ignore
        ...paper.lines.map((line): WrittenCell[] =>
          listColumns.map(({ title, of }) => {
            const { item, number } = line;
            if (!amounts.has(title)) return { value: of(line) };
            const figures = { TT: number, 'Điểm ưu tiên': item.priority.score } as Record<string, number>;
            return { value: figures[title] ?? (item.estimateDong === null ? null : item.estimateDong / 1_000_000) };
          }),
        ),
        ...notesOf(paper).map(bare),
      ],
    },
    {
      name: 'Kinh phí',
      widths: [18, 10, 18, 16, 16, 16, 16, 18],
      rows: [
        ...head,
        bare('Đơn vị: triệu đồng'),
        cells(budgetColumns, 'heading'),
        ...budgetTable(paper.lines).map((row) => cells(row)),
      ],
    },
  ]);
}

async function documentOf(services: Given, paper: PlanPaper): Promise<PrintedDocument> {
  const total = budgetTable(paper.lines).at(-1)!;
  return {
    parentBody: '',
    issuingBody: BODY,
    reference: '',
    placeAndDay: placeAndDay('Tây Hồ', services.clock.today()),
    title: 'Danh mục di tích đề nghị tu bổ',
    subtitle: `${paper.plan.title} (kế hoạch số ${paper.plan.number}, lập ngày ${vietnameseDay(paper.plan.formedOn)})`,
    ribbon: paper.demo ? 'Dữ liệu minh họa' : '',
    blocks: [
      {
        kind: 'paragraph',
        text: `Danh mục gồm ${paper.lines.length} việc; tổng dự toán đã biết ${total[6]} triệu đồng.`,
      },
      {
        kind: 'table',
        columns: narrowColumns.map(({ title, width, align }) => ({ title, width, align })),
        rows: paper.lines.map((line) => narrowColumns.map(({ of }) => of(line))),
        empty: 'Không có việc nào.',
      },
      { kind: 'part', text: 'Kinh phí theo năm và nguồn vốn (triệu đồng)' },
      {
        kind: 'table',
        columns: budgetColumns.map((title, i) => ({ title, width: i === 0 ? 2.2 : 2, align: i === 0 ? ('left' as const) : ('right' as const) })), // prettier-ignore
        rows: budgetTable(paper.lines),
        empty: '',
      },
      ...notesOf(paper).map((text) => ({ kind: 'paragraph' as const, text, italic: true })),
    ],
    signatures: [
      { role: 'Người lập biểu', name: '' },
      { role: 'Thủ trưởng đơn vị', name: '' },
    ],
    footer: headOfLog(await services.changes.chainHead()),
    madeAt: services.clock.now(),
  };
}

/** The plan formed last, or the part of it that a filter leaves, as a file. @throws {Refusal} 404 `no_plan` */
export async function printPlan(
  services: Given,
  format: 'xlsx' | 'docx' | 'pdf',
  query: PlanQuery,
  actor: Actor,
): Promise<{ bytes: Buffer; name: string }> {
  const paper = await paperOf(services, query, actor);
  const name = `ke-hoach-tu-bo-so-${paper.plan.number}.${format}`;
  if (format === 'xlsx') return { bytes: workbook(paper), name };
  const document = await documentOf(services, paper);
  if (format === 'docx') return { bytes: await printDocx(document), name };
  return { bytes: await printPlanSheets(services, paper, document), name };
}
