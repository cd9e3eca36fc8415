/** The official list of the plan as rows and words, the same for workbook, document and map sheet. Pure. */
import type { Position } from '../../../geodata/schema.ts';
import { quantity, vietnameseDay, vietnameseNumber } from '../../meeting/paper.ts';
import { budgetOf, type BudgetRow, type Purse } from './budget-contract.ts';
import type { Plan, RestorationItem } from './contract.ts';
import { bodyWords, gradeWords, moneyWords, neededWords, partWords, rankWords, stageWords, workWords } from './sheet-words.ts'; // prettier-ignore

const MILLION = 1_000_000;
/** Millions of đồng; an en dash for what nobody knows. */
export const millions = (dong: number | null): string => (dong === null ? '–' : vietnameseNumber(dong / MILLION));

export interface PlanLine {
  /** Its number in the plan, kept when only part of the plan is printed. */
  number: number;
  item: RestorationItem;
  /** Items of other lists that it stands for. */
  origins: readonly RestorationItem[];
}

/** What the papers show: the lines of the plan that a filter left, and what was asked of it. */
export interface PlanPaper {
  plan: Plan;
  lines: readonly PlanLine[];
  /** In words, empty = all of it. */
  filter: string;
  missingWards: readonly string[];
  demo: boolean;
}

export const PURSES: readonly Purse[] = ['city', 'district', 'social', 'open'];
export const purseWords: Record<Purse, string> = { ...moneyWords, open: 'Chưa có nguồn' };

const moneyText = ({ money, unfundedDong }: RestorationItem): string =>
  [
    ...money.map(({ source, amountDong }) => `${moneyWords[source]}: ${amountDong === null ? 'chưa rõ' : millions(amountDong)}`), // prettier-ignore
    ...(unfundedDong !== null && unfundedDong > 0 && money.length > 0
      ? [`Chưa có nguồn: ${millions(unfundedDong)}`]
      : []),
  ].join('\n') || 'Chưa xác định';

const consentText = ({ consent, consentNeeded }: RestorationItem): string =>
  consent
    ? `${bodyWords[consent.body]}: ${consent.paper}, ngày ${vietnameseDay(consent.on)}`
    : `${neededWords[consentNeeded]}${consentNeeded === 'ministry' || consentNeeded === 'department' ? ', chưa có văn bản' : ''}`;

const originText = (origins: readonly RestorationItem[]): string =>
  origins.map(({ name, wardName }) => `Gộp với “${name}” của danh sách phường ${wardName}`).join('\n');

const conditionText = ({ grade, inspectedOn }: RestorationItem): string =>
  grade === null
    ? 'Chưa có số liệu'
    : `${gradeWords[grade - 1]}${inspectedOn ? `\n(${vietnameseDay(inspectedOn)})` : ''}`;

const nameText = ({ item, origins }: PlanLine): string =>
  [item.name, item.address, originText(origins)].filter(Boolean).join('\n');

/** Every column of the list, as the workbook and the map sheet print it. */
export const listColumns = [
  { title: 'TT', width: 0.9, align: 'center', of: ({ number }: PlanLine) => String(number) },
  { title: 'Di tích, địa chỉ', width: 5, align: 'left', of: nameText },
  { title: 'Phường', width: 2, align: 'left', of: ({ item }: PlanLine) => item.wardName },
  { title: 'Cấp xếp hạng', width: 2, align: 'left', of: ({ item }: PlanLine) => rankWords[item.rank ?? 'unknown'] },
  { title: 'Hạng mục', width: 2.4, align: 'left', of: ({ item }: PlanLine) => item.parts.map((part) => partWords[part]).join('; ') }, // prettier-ignore
  { title: 'Loại việc', width: 2, align: 'left', of: ({ item }: PlanLine) => workWords[item.work] },
  { title: 'Hiện trạng (ngày kiểm tra)', width: 2.5, align: 'left', of: ({ item }: PlanLine) => conditionText(item) },
  {
    title: 'Dự toán (triệu đồng)',
    width: 1.8,
    align: 'right',
    of: ({ item }: PlanLine) => millions(item.estimateDong),
  },
  { title: 'Nguồn vốn (triệu đồng)', width: 3.4, align: 'left', of: ({ item }: PlanLine) => moneyText(item) },
  { title: 'Giai đoạn', width: 2, align: 'left', of: ({ item }: PlanLine) => stageWords[item.stage] },
  {
    title: 'Năm',
    width: 1.1,
    align: 'center',
    of: ({ item }: PlanLine) => (item.year === null ? '–' : String(item.year)),
  },
  { title: 'Ý kiến của cơ quan chuyên môn', width: 3.4, align: 'left', of: ({ item }: PlanLine) => consentText(item) },
  {
    title: 'Điểm ưu tiên',
    width: 1.3,
    align: 'right',
    of: ({ item }: PlanLine) => vietnameseNumber(item.priority.score),
  },
] as const;

/** The narrow list of an upright sheet: what belongs together in one column. */
export const narrowColumns = [
  { title: 'TT', width: 0.8, align: 'center', of: ({ number }: PlanLine) => String(number) },
  { title: 'Di tích, địa chỉ, cấp xếp hạng', width: 4.2, align: 'left', of: (line: PlanLine) => `${nameText(line)}\nPhường ${line.item.wardName}; ${rankWords[line.item.rank ?? 'unknown'].toLowerCase()}` }, // prettier-ignore
  { title: 'Hạng mục, loại việc, hiện trạng', width: 3.2, align: 'left', of: ({ item }: PlanLine) => `${workWords[item.work]}: ${item.parts.map((part) => partWords[part].toLowerCase()).join('; ')}\n${conditionText(item)}` }, // prettier-ignore
  {
    title: 'Dự toán (triệu đồng)',
    width: 1.7,
    align: 'right',
    of: ({ item }: PlanLine) => millions(item.estimateDong),
  },
  { title: 'Nguồn vốn (triệu đồng)', width: 3, align: 'left', of: ({ item }: PlanLine) => moneyText(item) },
  { title: 'Giai đoạn, năm, ý kiến', width: 3.4, align: 'left', of: ({ item }: PlanLine) => `${stageWords[item.stage]}${item.year === null ? ', chưa định năm' : `, ${item.year}`}\n${consentText(item)}` }, // prettier-ignore
  { title: 'Điểm', width: 1.3, align: 'right', of: ({ item }: PlanLine) => vietnameseNumber(item.priority.score) },
] as const;

const budgetRow = (name: string, row: BudgetRow): string[] => [
  name,
  String(row.items),
  ...PURSES.map((purse) => millions(row.dong[purse])),
  millions(row.total),
  row.unestimated === 0 ? '–' : `${row.unestimated} việc`,
];
export const budgetColumns = ['Năm', 'Số việc', ...PURSES.map((purse) => purseWords[purse]), 'Cộng', 'Chưa có dự toán'];
/** By year, and the sum last; millions of đồng. */
export function budgetTable(lines: readonly PlanLine[]): string[][] {
  const { rows, sum } = budgetOf(lines.map(({ item }) => item));
  return [
    ...rows.map((row) => budgetRow(row.year === null ? 'Chưa định năm' : String(row.year), row)),
    budgetRow('Cộng', sum),
  ];
}

/** What a reader must know beside the table. */
export function notesOf({ plan, lines, filter, missingWards }: PlanPaper): string[] {
  const unestimated = lines.filter(({ item }) => item.estimateDong === null).length;
  const { grade, rank, age, danger } = plan.weights;
  return [
    ...(filter ? [`Trích theo: ${filter}. Số thứ tự giữ theo kế hoạch.`] : []),
    ...(missingWards.length > 0 ? [`Chưa gửi danh sách khi lập kế hoạch: ${missingWards.map((name) => `phường ${name}`).join(', ')}.`] : []), // prettier-ignore
    ...(unestimated > 0 ? [`${unestimated} việc chưa có dự toán, không nằm trong các số cộng.`] : []),
    `Điểm ưu tiên (0–100) theo quy tắc làm việc của quận, trọng số khi lập kế hoạch: hiện trạng ${grade}, cấp xếp hạng ${rank}, thời gian từ lần kiểm tra gần nhất ${age}, nguy hiểm ${danger}. Điều chưa biết tính theo mức giữa thang; chưa kiểm tra lần nào tính như đã quá ${quantity(24, 'tháng')}.`,
    'Nơi cho ý kiến theo cấp xếp hạng: độ tin cậy trung bình, cần đối chiếu văn bản hiện hành.',
  ];
}

export interface Spot {
  numbers: number[];
  item: RestorationItem;
  at: Position;
}
/** One sign a place: works on one relic share it. */
export function spotsOf(lines: readonly PlanLine[]): { spots: Spot[]; unplaced: number[] } {
  const spots = new Map<string, Spot>();
  const unplaced: number[] = [];
  for (const { number, item } of lines) {
    const { place } = item;
    if (!place) {
      unplaced.push(number);
      continue;
    }
    const key = `${place.lng.toFixed(5)} ${place.lat.toFixed(5)}`;
    const spot = spots.get(key) ?? { numbers: [], item, at: [place.lng, place.lat] };
    spot.numbers.push(number);
    spots.set(key, spot);
  }
  return { spots: [...spots.values()], unplaced };
}

/** Moves signs apart until none lies on another: the same places give the same drawing. */
export function apart(points: readonly (readonly [number, number])[], gap: number): [number, number][] {
  const moved = points.map(([x, y]): [number, number] => [x, y]);
  for (let round = 0; round < 200; round++) {
    let still = true;
    for (let i = 1; i < moved.length; i++)
      for (let j = 0; j < i; j++) {
        const [a, b] = [moved[i]!, moved[j]!];
        // Two at one spot part sideways, by their order.
        const [dx, dy] = a[0] === b[0] && a[1] === b[1] ? [1, (i - j) * 0.1] : [a[0] - b[0], a[1] - b[1]];
        const distance = Math.hypot(dx, dy);
        if (distance >= gap) continue;
        still = false;
        const push = (gap - Math.min(distance, gap)) / 2 / Math.max(distance, 0.01);
        a[0] += dx * push;
        a[1] += dy * push;
        b[0] -= dx * push;
        b[1] -= dy * push;
      }
    if (still) break;
  }
  return moved;
}
