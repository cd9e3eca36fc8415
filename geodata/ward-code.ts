/** Reads a ward code as people write it. A code alone is no key: 00091, 00097 and 00103 name two lands each. */
import { wardCodeSchema, wardKeySchema, type Units, type WardFeature, type WardKey } from './schema.ts';
import { unitSets } from './vocabulary.ts';

export interface WardReading {
  key: WardKey;
  name: string;
  /** First day of the ward set. */
  validFrom: Units;
}
/** Every ward of every set, in the order of the sets and then of the codes. */
export type WardTable = readonly WardReading[];

export type WardCodeAnswer =
  { key: WardKey } | { refusal: 'unknown_ward' } | { refusal: 'code_needs_date'; readings: WardReading[] };

export const wardTable = (wards: Record<Units, readonly WardFeature[]>): WardTable =>
  unitSets.flatMap((units) =>
    wards[units].map(({ properties }) => ({
      key: properties.key as WardKey,
      name: properties.name,
      validFrom: properties.validFrom,
    })),
  );

/**
 * The ward that `text` names: a key (`00097@1995-10-28`) speaks for itself, a bare code (`00097`) is settled by
 * `units`, or by there being one ward of that code. A bare code with two readings and no `units` is refused with
 * `code_needs_date` and both; whatever names no ward is refused with `unknown_ward`.
 */
export function readWardCode(text: string, table: WardTable, units?: Units): WardCodeAnswer {
  const word = text.trim();
  if (wardKeySchema.safeParse(word).success) {
    const ward = table.find(({ key }) => key === word);
    return ward ? { key: ward.key } : { refusal: 'unknown_ward' };
  }
  if (!wardCodeSchema.safeParse(word).success) return { refusal: 'unknown_ward' };
  const readings = table.filter(
    ({ key, validFrom }) => key.startsWith(`${word}@`) && (units === undefined || validFrom === units),
  );
  const [first] = readings;
  if (first === undefined) return { refusal: 'unknown_ward' };
  return readings.length === 1 ? { key: first.key } : { refusal: 'code_needs_date', readings };
}
