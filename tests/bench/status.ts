/** The status of wards by a pack of 52 indicators: of every ward and period at once, and of the one a change touches. */
import type { CriteriaPack } from '../../geodata/schema.ts';
import { wardStatus, type IndicatorEntry } from '../../server/status/criteria.ts';
import { compared, median, reported, seeded, type BenchRow } from './row.ts';

const INDICATORS = 52;
const CRITERIA = 9;
const PERIODS = 60;
const ROUNDS = 9;
const DISTRICT = 8;
/** Every ward of Hà Nội since 2025. */
const CITY = 126;
const AT = '2022-11-04';

type Ward = ReadonlyMap<string, IndicatorEntry>;

const pack = {
  criteria: Array.from({ length: CRITERIA }, (_, c) => ({
    id: `${c + 1}`,
    indicators: Array.from({ length: INDICATORS }, (_, i) => i)
      .filter((i) => i % CRITERIA === c)
      .map((i) => ({ id: `i${i}`, unit: '%', direction: 'at-least', target: 90, nearMargin: 3 })),
  })),
} as unknown as CriteriaPack;

/** One map of figures a ward and period. */
function figuresOf(wards: number, periods: number): Ward[] {
  const random = seeded(2022);
  return Array.from({ length: wards * periods }, (): Ward => {
    const entry = (): IndicatorEntry => ({
      value: 85 + random() * 15,
      asOf: AT,
      source: 'x',
      evidence: random() < 0.5 ? { title: 'x', expiresOn: '2022-12-31' } : null,
      demo: false,
    });
    return new Map(Array.from({ length: INDICATORS }, (_, i) => [`i${i}`, entry()]));
  });
}

function millisecondsFor(wards: readonly Ward[]): number {
  const began = performance.now();
  let judged = 0;
  for (const ward of wards) judged += wardStatus(pack, ward, AT).criteriaTotal;
  const passed = performance.now() - began;
  if (judged !== wards.length * CRITERIA) throw new Error('a criterion was left out');
  return passed;
}

export function benchStatus(): BenchRow[] {
  const [district, city] = [figuresOf(DISTRICT, PERIODS), figuresOf(CITY, PERIODS)];
  const all = { district, city, change: district.slice(0, 1) };
  for (let i = 0; i < 3; i += 1) Object.values(all).forEach(millisecondsFor);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    district: millisecondsFor(district),
    city: millisecondsFor(city),
    change: millisecondsFor(all.change),
  }));
  const each = { district: median(rounds.map((one) => one.district)), city: median(rounds.map((one) => one.city)) };
  return [
    reported({
      name: `status of ${DISTRICT} wards x ${INDICATORS} indicators x ${PERIODS} periods`,
      value: each.district,
      unit: 'ms',
      budget: { atMost: 50 },
    }),
    reported({
      name: `status of the ward a change touches, ${INDICATORS} indicators`,
      value: median(rounds.map((one) => one.change)),
      unit: 'ms',
      budget: { atMost: 1 },
    }),
    compared({
      name: `status a ward, ${CITY} wards / ${DISTRICT} wards x ${PERIODS} periods`,
      value: each.city / CITY,
      unit: 'ms',
      reference: each.district / DISTRICT,
      ratio: median(rounds.map((one) => one.city / CITY / (one.district / DISTRICT))),
      budget: { atMost: 1.6 },
    }),
  ];
}
