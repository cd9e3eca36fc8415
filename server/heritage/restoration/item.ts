/** What a work of restoration may say of itself, and how it goes on: pure. */
import { consentOfRank, restorationStages, WORKS_FROM } from '../../../geodata/restoration-vocabulary.ts';
import type { CivilDate, WardKey } from '../../../geodata/schema.ts';
import type { Relic } from '../contract.ts';
import type { ItemFields, Money, RestorationItem } from './contract.ts';

/** An item as the store holds it. */
export interface StoredItem extends ItemFields {
  id: string;
  version: number;
  wardKey: WardKey;
  mergedInto: string | null;
  removed: boolean;
  demo: boolean;
}

export type ConsentNeeded = RestorationItem['consentNeeded'];
export interface ItemFault {
  path: string;
  code: string;
}

const stageIndex = (stage: ItemFields['stage']): number => restorationStages.indexOf(stage);
const hasWorks = ({ stage }: Pick<ItemFields, 'stage'>): boolean => stageIndex(stage) >= stageIndex(WORKS_FROM);

/** Whose consent works need; `unknown` while the rank is not known, which is not `none`. */
export const consentNeeded = (rank: Relic['rank']): ConsentNeeded =>
  rank === null ? 'unknown' : (consentOfRank[rank] ?? 'none');

/** Đồng that the sources are known to give. */
export const knownMoney = (money: readonly Money[]): number =>
  money.reduce((sum, { amountDong }) => sum + (amountDong ?? 0), 0);

/** Đồng of the estimate that no source stands for; `null` where the estimate or one of the amounts is not known. */
export const unfunded = ({ estimateDong, money }: Pick<ItemFields, 'estimateDong' | 'money'>): number | null =>
  estimateDong === null || money.some(({ amountDong }) => amountDong === null)
    ? null
    : estimateDong - knownMoney(money);

function refuseConsent({ consent, ...item }: ItemFields, rank: Relic['rank'], today: CivilDate): ItemFault | null {
  const needed = consentNeeded(rank);
  if (consent && consent.on > today) return { path: 'consent.on', code: 'consent_in_future' };
  if (consent && (needed === 'ministry' || needed === 'department') && consent.body !== needed)
    return { path: 'consent.body', code: 'consent_of_other_body' };
  if (!hasWorks(item) || consent || needed === 'none') return null;
  return { path: 'stage', code: needed === 'unknown' ? 'consent_body_unknown' : 'consent_missing' };
}

/**
 * Why an item cannot stand as it is, or `null`. Works (`under-way`, `done`) need the consent of the body that the rank
 * names; where the rank is not known, one that was given settles it, and without one nobody knows whom to ask.
 * @returns `part_twice`, `source_twice`, `sources_exceed_estimate`, `consent_missing`, `consent_body_unknown`,
 *   `consent_of_other_body`, `consent_in_future`
 */
export function refuseItem(item: ItemFields, rank: Relic['rank'], today: CivilDate): ItemFault | null {
  if (new Set(item.parts).size < item.parts.length) return { path: 'parts', code: 'part_twice' };
  if (new Set(item.money.map(({ source }) => source)).size < item.money.length)
    return { path: 'money', code: 'source_twice' };
  if (item.estimateDong !== null && knownMoney(item.money) > item.estimateDong)
    return { path: 'money', code: 'sources_exceed_estimate' };
  return refuseConsent(item, rank, today);
}

/** Stages go forward; back only as a correction that says why. */
export const refuseStep = (before: ItemFields, after: ItemFields, reason: string): ItemFault | null =>
  stageIndex(after.stage) < stageIndex(before.stage) && reason === ''
    ? { path: 'stage', code: 'stage_backwards' }
    : null;

const FIELDS = [
  'relicId',
  'name',
  'otherNames',
  'address',
  'position',
  'parts',
  'work',
  'estimateDong',
  'money',
  'stage',
  'year',
  'consent',
  'note',
] as const satisfies readonly (keyof ItemFields)[];

/** The fields of an item and nothing else, always in the same order: what is stored and compared. */
export const fieldsOf = (item: ItemFields): ItemFields =>
  Object.fromEntries(FIELDS.map((field) => [field, item[field]])) as unknown as ItemFields;

export const sameFields = (a: ItemFields, b: ItemFields): boolean =>
  JSON.stringify(ordered(fieldsOf(a))) === JSON.stringify(ordered(fieldsOf(b)));

/** Parts and sources are sets: in which order they were entered says nothing. */
const ordered = (fields: ItemFields): ItemFields => ({
  ...fields,
  position: fields.position && { lng: fields.position.lng, lat: fields.position.lat },
  consent: fields.consent && { body: fields.consent.body, paper: fields.consent.paper, on: fields.consent.on },
  parts: [...fields.parts].sort(),
  money: fields.money
    .map(({ source, amountDong }) => ({ source, amountDong }))
    .sort((a, b) => (a.source < b.source ? -1 : 1)),
});
