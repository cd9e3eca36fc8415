/** Invented units and targets for the topics of the criteria pack: for the demo alone, no law says them. */
import type { CriteriaPack } from '../../geodata/schema.ts';

export const DEMO_SOURCE = 'Dữ liệu minh họa';
export const DEMO_PACK = 'qd04-2022-demo';

export interface Measure {
  unit: string;
  direction: 'at-least' | 'at-most';
  target: number;
  nearMargin: number;
  /** The best value there can be. */
  best: number;
  decimals: number;
}

const share = (target: number, nearMargin = 5): Measure => ({
  unit: '%',
  direction: 'at-least',
  target,
  nearMargin,
  best: 100,
  decimals: 1,
});
const count = (unit: string, target: number, best: number, nearMargin = 1): Measure => ({
  unit,
  direction: 'at-least',
  target,
  nearMargin,
  best,
  decimals: 0,
});
const atMost = (unit: string, target: number, nearMargin: number, decimals: number): Measure => ({
  unit,
  direction: 'at-most',
  target,
  nearMargin,
  best: 0,
  decimals,
});

export const measures: Readonly<Record<string, Measure>> = {
  '1.1': share(95),
  '1.2': share(95, 3),
  '1.3': count('tuyến', 3, 6),
  '1.4': share(98, 2),
  '1.5': share(95, 3),
  '2.1': share(95, 3),
  '2.2': share(95, 3),
  '2.3': atMost('vụ', 8, 3, 0),
  '2.4': share(90),
  '2.5': count('điểm đỗ', 3, 7),
  '3.1': share(95, 3),
  '3.2': share(98, 1.5),
  '3.3': share(70, 8),
  '3.4': { unit: 'm²/người', direction: 'at-least', target: 4, nearMargin: 0.5, best: 7, decimals: 1 },
  '3.5': share(90),
  '3.6': share(95, 4),
  '3.7': share(80),
  '4.1': count('điểm', 90, 99, 4),
  '4.2': atMost('vụ', 2, 1, 0),
  '4.3': share(90),
  '4.4': count('mô hình', 5, 10),
  '5.1': share(95, 4),
  '5.2': share(60, 8),
  '5.3': share(85),
  '5.4': share(85),
  '6.1': share(95, 2),
  '6.2': share(75),
  '6.3': { unit: 'lần', direction: 'at-least', target: 1, nearMargin: 0.05, best: 1.4, decimals: 2 },
  '6.4': atMost('%', 0.6, 0.3, 2),
  '7.1': share(88, 3),
  '7.2': share(75),
  '7.3': share(80),
  '7.4': share(42),
  '7.5': share(85),
  '7.6': share(90),
  '8.1': share(95, 2),
  '8.2': count('điểm', 80, 98, 4),
  '8.3': share(90),
  '8.4': share(70, 8),
  '8.5': share(98, 1.5),
  '9.1': count('điểm', 85, 98, 4),
  '9.2': share(96, 3),
  '9.3': count('điểm', 80, 97, 4),
  '9.4': share(95, 3),
  '9.5': share(90, 3),
  '9.6': share(90),
};

/** Invented: what a value must come with, and for how many months that holds. */
export const neededEvidence: Readonly<Record<string, { title: CriteriaPack['title']; months: number | null }>> = {
  '3.6': {
    title: { vi: 'Biên bản kiểm tra an toàn thực phẩm', en: 'Minutes of the food-safety inspection' },
    months: 12,
  },
  '4.3': { title: { vi: 'Giấy xác nhận của Công an phường', en: 'Certificate of the ward police' }, months: 12 },
  '8.2': { title: { vi: 'Quyết định công nhận của ngành y tế', en: 'Decision of the health sector' }, months: null },
  '9.6': { title: { vi: 'Phiếu khảo sát người dân', en: 'Survey of residents' }, months: 24 },
};

/** The pack that ships, with the invented measures put in, and every line of it marked. */
export function demoPack(pack: CriteriaPack): CriteriaPack {
  return {
    ...pack,
    id: DEMO_PACK,
    title: { vi: `${pack.title.vi} – dữ liệu minh họa`, en: `${pack.title.en} – demo data` },
    demo: true,
    criteria: pack.criteria.map((criterion) => ({
      ...criterion,
      indicators: criterion.indicators.map((indicator) => {
        const measure = measures[indicator.id];
        if (!measure) return indicator;
        const { unit, direction, target, nearMargin } = measure;
        const needed = neededEvidence[indicator.id];
        return {
          ...indicator,
          ...{ unit, direction, target, nearMargin, source: DEMO_SOURCE },
          ...(needed && { evidenceNeeded: needed.title, evidenceMonths: needed.months }),
        };
      }),
    })),
  };
}
