/**
 * Which works of the ward lists may be of one place: pure. It only points; a person decides, and nothing is merged by it.
 */
import { metersBetween } from '../../../geodata/measure.ts';
import type { Position } from '../../../geodata/schema.ts';
import type { Double } from './contract.ts';
import { isSlip, kindsAgree, readAddress, readName, type PlaceName } from './place-names.ts';

/** Two places nearer to each other than this may be one, whatever they are called. */
export const NEAR_METERS = 25;

/** Two positions of one place do not lie farther apart than this, however they were measured. */
const APART_METERS = 150;

export interface Listed {
  id: string;
  relicId: string | null;
  name: string;
  otherNames: readonly string[];
  address: string;
  place: { lng: number; lat: number } | null;
  /** Works that are done are history, not a second proposal. */
  done: boolean;
}
/** A relic of the register: by its other names two lists may mean one place that neither calls alike. */
export interface Registered {
  id: string;
  name: string;
  otherNames: readonly string[];
}

interface Profile {
  listed: Listed;
  name: PlaceName;
  others: PlaceName[];
  address: string | null;
  at: Position | null;
  relics: ReadonlySet<string>;
}

const join = ({ words }: PlaceName) => words.join(' ');
const sameName = (a: PlaceName, b: PlaceName): boolean => join(a) === join(b) && kindsAgree(a.kind, b.kind);

/** How much each reason speaks for one place. */
const WEIGHT: Record<Double['reasons'][number], number> = {
  relic: 1,
  name: 0.9,
  'other-name': 0.85,
  address: 0.7,
  spelling: 0.6,
  near: 0.5,
};

function profileOf(listed: Listed, register: readonly { id: string; names: PlaceName[] }[]): Profile {
  const name = readName(listed.name);
  const others = listed.otherNames.map(readName);
  const meant = register.filter(({ names }) => names.some((one) => one.kind === name.kind && sameName(one, name)));
  const at: Position | null = listed.place && [listed.place.lng, listed.place.lat];
  const relics = new Set(listed.relicId === null ? meant.map(({ id }) => id) : [listed.relicId]);
  return { listed, name, others, address: readAddress(listed.address), at, relics };
}

function compare(a: Profile, b: Profile): Double | null {
  if (a.listed.done !== b.listed.done) return null;
  const reasons: Double['reasons'] = [];
  const linked = a.listed.relicId !== null && a.listed.relicId === b.listed.relicId;
  if (linked) reasons.push('relic');
  const named = sameName(a.name, b.name);
  if (named) reasons.push('name');
  const known = [...a.relics].some((id) => b.relics.has(id));
  const others =
    a.others.some((one) => sameName(one, b.name) || b.others.some((other) => sameName(one, other))) ||
    b.others.some((one) => sameName(one, a.name));
  if (!named && !linked && (known || others)) reasons.push('other-name');
  const twoRelics = a.listed.relicId !== null && b.listed.relicId !== null && !linked;
  const meters = a.at && b.at ? metersBetween(a.at, b.at) : null;
  // Many villages are a letter apart: a slip is one only where nothing says that they are two places.
  const apart =
    (meters !== null && meters > APART_METERS) || (a.address !== null && b.address !== null && a.address !== b.address);
  if (!named && !twoRelics && !apart && kindsAgree(a.name.kind, b.name.kind) && isSlip(a.name.words, b.name.words))
    reasons.push('spelling');
  // Đình and chùa of a village often share a yard and an address: where the kinds differ, neither says one place.
  const alike = kindsAgree(a.name.kind, b.name.kind);
  if (alike && a.address !== null && a.address === b.address) reasons.push('address');
  if (alike && meters !== null && meters <= NEAR_METERS) reasons.push('near');
  // Two of the register's own relics are two: only a name they share speaks against it.
  if (twoRelics && reasons.every((reason) => reason === 'near' || reason === 'address')) return null;
  if (reasons.length === 0) return null;
  const doubt = reasons.reduce((left, reason) => left * (1 - WEIGHT[reason]), 1);
  const [first, second] = a.listed.id < b.listed.id ? [a, b] : [b, a];
  return {
    a: first.listed.id,
    b: second.listed.id,
    reasons,
    meters: meters === null ? null : Math.round(meters),
    likeness: Math.round((1 - doubt) * 100) / 100,
  };
}

/**
 * Every pair that may be one place, the likeliest first: the same relic, the same name without marks (kind and short
 * forms aside), a name the other or the register gives as another, one slip of the keyboard, the same numbered address,
 * or within `NEAR_METERS`. The same pairs come of the same items in any order.
 */
export function findDoubles(items: readonly Listed[], register: readonly Registered[] = []): Double[] {
  const known = register.map(({ id, name, otherNames }) => ({ id, names: [name, ...otherNames].map(readName) }));
  const profiles = items.map((item) => profileOf(item, known));
  const found: Double[] = [];
  for (let i = 1; i < profiles.length; i++)
    for (let j = 0; j < i; j++) {
      const double = compare(profiles[i]!, profiles[j]!);
      if (double) found.push(double);
    }
  return found.sort((x, y) => y.likeness - x.likeness || (x.a + x.b < y.a + y.b ? -1 : 1));
}
