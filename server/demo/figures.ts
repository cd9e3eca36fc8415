/** Invented ward figures and steps of the title. */
import { addDays } from '../../geodata/dates.ts';
import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import type { titleSteps } from '../../geodata/vocabulary.ts';
import { DEMO_PACK, DEMO_SOURCE, measures, neededEvidence, type Measure } from './measures.ts';
import type { Random } from './random.ts';

export interface Figure {
  wardKey: WardKey;
  pack: string;
  indicator: string;
  period: string;
  value: number;
  asOf: CivilDate;
  source: string;
  evidence: { title: string; expiresOn: CivilDate | null } | null;
}
export interface Step {
  wardKey: WardKey;
  step: (typeof titleSteps)[number];
  since: CivilDate;
  source: string;
  /** A day its paper sets for what comes next. */
  dueOn: CivilDate | null;
}

type Wanted = 'met' | 'near' | 'not-met' | 'expired' | 'no-data';

interface Portrait {
  ward: string;
  /** Topics that are not met, and how. */
  but: Partial<Record<Exclude<Wanted, 'met'>, readonly string[]>>;
  /** Steps of the title after the order of 27 September 2022, which found none registered. */
  steps: readonly (readonly [step: Step['step'], since: CivilDate, dueOn?: CivilDate])[];
}

/** Eight wards that show every state, as wards might in a first autumn of a new standard. */
const portraits: readonly Portrait[] = [
  {
    ward: '00091',
    but: { expired: ['3.6', '4.3', '8.2'] },
    steps: [['registered', '2022-10-17']],
  },
  {
    ward: '00094',
    but: { near: ['5.2', '7.3'], expired: ['4.3'] },
    steps: [
      ['registered', '2022-10-12'],
      ['self-assessment', '2022-10-28', '2022-11-08'],
    ],
  },
  {
    ward: '00097',
    but: { 'not-met': ['3.3', '7.3'], near: ['2.1', '3.4', '6.2', '8.4'], 'no-data': ['5.3'] },
    steps: [],
  },
  {
    ward: '00100',
    but: {},
    steps: [
      ['registered', '2022-10-10'],
      ['self-assessment', '2022-10-24'],
      ['consultation', '2022-11-02'],
    ],
  },
  {
    ward: '00103',
    but: { 'no-data': ['2.5', '3.5', '5.3', '6.2', '7.4'] },
    steps: [
      ['registered', '2022-10-14'],
      ['self-assessment', '2022-11-01'],
    ],
  },
  {
    ward: '00106',
    but: { 'not-met': ['1.2', '2.3', '7.1'], near: ['3.3', '4.2', '9.4'], expired: ['3.6'] },
    steps: [['registered', '2022-10-31', '2022-11-02']],
  },
  {
    ward: '00109',
    but: { 'not-met': ['2.3'], near: ['1.3', '7.3', '8.4'], expired: ['4.3'], 'no-data': ['3.5'] },
    steps: [
      ['registered', '2022-10-20'],
      ['self-assessment', '2022-11-03'],
    ],
  },
  {
    ward: '00112',
    but: { 'not-met': ['3.3'], 'no-data': ['1.4', '3.5', '5.3', '5.4', '6.3', '7.4', '9.6'] },
    steps: [],
  },
];

const ORDERED_ON = '2022-09-27';
/** Months between the quarters, so that a trend has more than two points. */
const periods = [
  { period: '2022-04', asOf: '2022-04-30', progress: 0.1 },
  { period: '2022-05', asOf: '2022-05-31', progress: 0.2 },
  { period: '2022-Q2', asOf: '2022-06-30', progress: 0.35 },
  { period: '2022-07', asOf: '2022-07-31', progress: 0.5 },
  { period: '2022-08', asOf: '2022-08-31', progress: 0.8 },
  { period: '2022-Q3', asOf: '2022-09-30', progress: 1 },
] as const;
const evidenceTitles = [
  'Báo cáo của UBND phường (minh họa)',
  'Biên bản kiểm tra (minh họa)',
  'Giấy xác nhận (minh họa)',
] as const;

const key = (ward: string): WardKey => `${ward}@1995-10-28`;

function wantedOf({ but }: Portrait, indicator: string): Wanted {
  const found = (Object.keys(but) as Exclude<Wanted, 'met'>[]).find((state) => but[state]?.includes(indicator));
  return found ?? 'met';
}

/** A value that a measure judges as wanted (`expired` is a value that is met, with evidence that has run out). */
export function valueFor(measure: Measure, wanted: Exclude<Wanted, 'no-data'>, random: Random): number {
  const { target, nearMargin, best, decimals } = measure;
  const unit = 10 ** -decimals;
  const worse = measure.direction === 'at-least' ? -1 : 1;
  const far = Math.max(nearMargin * 1.2 + unit, nearMargin * random.between(1.3, 2.2));
  const value =
    wanted === 'near'
      ? target + worse * Math.max(unit, nearMargin * random.between(0.2, 0.9))
      : wanted === 'not-met'
        ? target + worse * far
        : target + (best - target) * random.between(0.1, 0.85);
  return Number(Math.max(0, value).toFixed(decimals));
}

/** Figures from April to September 2022 for every ward and topic that has one. */
export function generateFigures(random: Random): Figure[] {
  return portraits.flatMap((portrait) =>
    Object.entries(measures).flatMap(([indicator, measure]) => {
      const wanted = wantedOf(portrait, indicator);
      if (wanted === 'no-data') return [];
      const value = valueFor(measure, wanted, random);
      const worse = measure.direction === 'at-least' ? random.between(0.9, 0.99) : random.between(1.05, 1.3);
      const start = Number((value * worse).toFixed(measure.decimals));
      const given = evidenceFor(wanted, random);
      const needed = neededEvidence[indicator];
      const evidence = given ?? (needed ? { title: `${needed.title.vi} (minh họa)`, expiresOn: null } : null);
      return periods.map(({ period, asOf, progress }): Figure => {
        const then = progress === 1 ? value : Number((start + (value - start) * progress).toFixed(measure.decimals));
        return { wardKey: key(portrait.ward), pack: DEMO_PACK, indicator, period, value: then, asOf, source: DEMO_SOURCE, evidence }; // prettier-ignore
      });
    }),
  );
}

function evidenceFor(wanted: Wanted, random: Random): Figure['evidence'] {
  if (wanted === 'expired') {
    return { title: random.pick(evidenceTitles), expiresOn: addDays('2022-10-01', random.whole(0, 33)) };
  }
  if (wanted !== 'met' || random.chance(0.55)) return null;
  const expiresOn = random.chance(0.5) ? addDays('2023-03-31', random.whole(0, 600)) : null;
  return { title: random.pick(evidenceTitles), expiresOn };
}

export const titleStepsOf = (): Step[] =>
  portraits.flatMap(({ ward, steps }) =>
    ([['not-registered', ORDERED_ON], ...steps] as const).map(([step, since, dueOn = null]) => ({
      wardKey: key(ward),
      step,
      since,
      dueOn,
      source: DEMO_SOURCE,
    })),
  );
