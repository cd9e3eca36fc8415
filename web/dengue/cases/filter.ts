/** Which cases are looked at: the address's words, the query of the list, the features of the layer. Pure. */
import { addDays, daysBetween } from '../../../geodata/dates.ts';
import type { CaseProperties } from '../../../server/dengue/cases/contract.ts';

export interface CaseChoice {
  class: string;
  ward: string;
  /** So many days before the day looked at; empty = any. */
  days: string;
  /** `yes`, `no` = needs locating, or empty. */
  located: string;
  /** `yes` = the removed ones. */
  removed: string;
  sort: string;
}

/** The words of the address. */
export const choiceKeys: Record<keyof CaseChoice, string> = {
  class: 'lop',
  ward: 'phuong',
  days: 'ngay',
  located: 'dinhvi',
  removed: 'go',
  sort: 'xep',
};
export const LATEST_ONSET = '-onset';
const choiceNames = Object.keys(choiceKeys) as (keyof CaseChoice)[];

export const readChoice = (query: (key: string) => string | null): CaseChoice =>
  Object.fromEntries(choiceNames.map((name) => [name, query(choiceKeys[name]) ?? ''])) as unknown as CaseChoice;

export const isFiltered = (choice: CaseChoice): boolean =>
  choiceNames.some((name) => name !== 'sort' && choice[name] !== '');

const firstDay = (at: string, days: string): string => addDays(at, 1 - Number(days));

/** The query of the line list for the day looked at. */
export function queryOf(choice: CaseChoice, at: string, units: string): Record<string, string> {
  return {
    units,
    onsetTo: at,
    sort: choice.sort || LATEST_ONSET,
    ...(choice.class && { class: choice.class }),
    ...(choice.ward && { ward: choice.ward }),
    ...(choice.located && { located: choice.located }),
    ...(choice.removed && { removed: choice.removed }),
    ...(choice.days && { onsetFrom: firstDay(at, choice.days) }),
  };
}

export type CaseLayerData = GeoJSON.FeatureCollection<GeoJSON.Point, CaseProperties>;
export type DrawnCase = Pick<CaseProperties, 'id' | 'class' | 'needsLocating'> & {
  /** Days since onset on the day looked at. */
  age: number;
};
export type DrawnCases = GeoJSON.FeatureCollection<GeoJSON.Point, DrawnCase>;

/** The layer as the list is filtered, with the age of each case: what the map and the list show is one choice. */
export function drawnCases(layer: CaseLayerData, choice: CaseChoice, at: string): DrawnCases {
  const first = choice.days ? firstDay(at, choice.days) : '';
  const features = layer.features
    .filter(
      ({ properties: one }) =>
        (!choice.class || one.class === choice.class) &&
        (!choice.ward || one.wardKey === choice.ward) &&
        (!choice.located || (choice.located === 'no') === one.needsLocating) &&
        one.onsetOn >= first &&
        one.onsetOn <= at,
    )
    .map(({ properties: { id, class: kind, needsLocating, onsetOn }, geometry }) => ({
      type: 'Feature' as const,
      properties: { id, class: kind, needsLocating, age: daysBetween(onsetOn, at) },
      geometry,
    }));
  // Removed cases are on no map.
  return { type: 'FeatureCollection', features: choice.removed ? [] : features };
}

/** Above this many points dots seen from afar lie on one another: a heatmap says more. */
export const DENSE = 400;
