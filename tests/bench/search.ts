/** Search over a city's worth of names: 6,000 relics with another name each, 4,000 streets. */
import { createSearchIndex, type SearchEntry } from '../../server/search/match.ts';
import { percentile, reported, seeded, type BenchRow } from './row.ts';

const SYLLABLES = (
  'An Bưởi Chùa Đình Đền Đông Hà Hồ Hoàng Kim Lạc Liên Long Mẫu Nghĩa Ngọc Nhật Phú Phủ Quảng Quán Tảo Tân Thánh ' +
  'Thụy Thượng Tiên Trấn Trích Trúc Tứ Vạn Võ Vệ Xuân Yên Đức Bạch Khuê Lâm Sách Ấp Ứng Ước'
).split(' ');
const QUERIES = 2_000;
const WARM_UP = 200;

export function benchSearch(): BenchRow[] {
  const random = seeded(6000);
  const pick = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? '';
  const name = () => Array.from({ length: 2 + Math.floor(random() * 3) }, pick).join(' ');
  const entry = (type: SearchEntry['type'], i: number, otherNames: string[]): SearchEntry => ({
    type,
    id: `${type}-${i}`,
    name: name(),
    otherNames,
    context: null,
    kind: null,
    position: null,
    bbox: null,
  });
  const entries = [
    ...Array.from({ length: 6_000 }, (_, i) => entry('relic', i, [name()])),
    ...Array.from({ length: 4_000 }, (_, i) => entry('street', i, [])),
  ];
  const index = createSearchIndex(entries);

  const unmarked = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
  const times: number[] = [];
  let hits = 0;
  for (let i = 0; i < QUERIES + WARM_UP; i += 1) {
    const whole = entries[Math.floor(random() * entries.length)]?.name ?? '';
    // As it is typed: unfinished, and as often without the marks as with them.
    const typed = whole.slice(0, 2 + Math.floor(random() * (whole.length - 1)));
    const query = random() < 0.5 ? typed : unmarked(typed);
    const began = performance.now();
    hits += index.find(query, 20).length;
    if (i >= WARM_UP) times.push(performance.now() - began);
  }
  if (hits < QUERIES) throw new Error('the search found too little to be one');
  return [
    reported({
      name: 'search of 6,000 relics + 4,000 streets, p95',
      value: percentile(times, 0.95),
      unit: 'ms',
      budget: { atMost: 5 },
    }),
  ];
}
