import type { Units, WardFeature, WardKey } from '../../geodata/schema.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Ward } from './contract.ts';
import { describeWard } from './describe.ts';

type WithPlaces = Pick<Services, 'places'>;

export const wardName = ({ places }: WithPlaces, key: string): string =>
  places.wardTable.find((ward) => ward.key === key)?.name ?? key;

/**
 * The ward somebody named, by key or by code. Without `units` a code of two readings is refused: nothing settles it.
 * @throws {Refusal} `unknown_ward` with the status given, 422 `code_needs_date` with both readings
 */
export function chooseWard({ places }: WithPlaces, text: string, units?: Units, unknownStatus = 422): WardKey {
  const answer = places.readWardCode(text, units);
  if ('key' in answer) return answer.key;
  if (answer.refusal === 'unknown_ward') throw new Refusal(unknownStatus, 'unknown_ward');
  throw new Refusal(422, 'code_needs_date', { readings: answer.readings });
}

export function wardFeature({ places }: WithPlaces, key: WardKey): WardFeature {
  const units = key.split('@')[1] as Units;
  const feature = places.wards[units].find(({ properties }) => properties.key === key);
  if (!feature) throw new Refusal(404, 'unknown_ward');
  return feature;
}

const describe = (services: WithPlaces, feature: WardFeature): Ward =>
  describeWard(feature, services.places.facts, (key) => wardName(services, key));

/** The wards of a set, in the order of their codes. */
export const listWards = (services: WithPlaces, units: Units): Ward[] =>
  services.places.wards[units].map((feature) => describe(services, feature));

/** One ward by code or key; a bare code is read in `units`. */
export const findWard = (services: WithPlaces, text: string, units: Units): Ward =>
  describe(services, wardFeature(services, chooseWard(services, text, units, 404)));
