/** What the verbs of cases share: the ground they stand on, the writer's scope, the refusal of a faulty entry. */
import type { Units, WardKey } from '../../../geodata/schema.ts';
import { may, type Actor, type Permission } from '../../accounts/permission.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Services } from '../../platform/services.ts';
import { chooseWard } from '../../wards/actions.ts';
import { wardsOfCase, type StoredCase } from './case.ts';
import type { EditCase } from './contract.ts';
import type { DraftContext, DraftFault, Entered, Person } from './draft.ts';
import type { Ground } from './placing.ts';

export type Given = Pick<Services, 'db' | 'places' | 'changes' | 'clock'>;

export function groundOf({ places }: Pick<Services, 'places'>): Ground {
  const district = places.collections.district.features[0]?.geometry;
  if (!district) throw new Error('geodata has no district');
  return { index: places.index, district, water: places.collections.water.features };
}

export const scopeOf = (actor: Actor): readonly WardKey[] | null =>
  actor.kind === 'user' && actor.scope !== 'district' ? actor.scope : null;

export const contextOf = (services: Pick<Services, 'places' | 'clock'>, actor: Actor): DraftContext => ({
  ground: groundOf(services),
  today: services.clock.today(),
  now: services.clock.now().toISOString(),
  wards: scopeOf(actor),
});

/** @throws {Refusal} 403 `outside_scope` */
export function demandScope(actor: Actor, permission: Permission, stored: StoredCase): void {
  if (!may(actor, permission, wardsOfCase(stored))) throw new Refusal(403, 'outside_scope');
}

/** The refusal of an entry with faults: the first one's code, each with its path. */
export function refuseFaults(faults: readonly DraftFault[]): never {
  const [first] = faults;
  throw new Refusal(422, first?.code ?? 'invalid_request', {
    errors: faults.map(({ path, code }) => ({ path, code })),
    ...(faults.find(({ corrected }) => corrected) && {
      corrected: faults.find(({ corrected }) => corrected)!.corrected!,
    }),
  });
}

/** What a change says of a case in private: all of it, and the person. */
export const saidOf = (stored: StoredCase, person: Person | null) => ({ case: stored, person });

export function readEntered(
  services: Pick<Services, 'places'>,
  { ward, ...given }: Omit<EditCase, 'changeId'>,
  units?: Units,
): Entered {
  if (ward === undefined) return given;
  return { ...given, wardKey: chooseWard(services, ward, units) };
}

/** The wards a list is cut to; `null` = the district. @throws {Refusal} 403 `outside_scope` for a named ward that is not one's own */
export function scopeOfList(
  services: Pick<Services, 'places'>,
  actor: Actor,
  permission: Permission,
  ward?: string,
  units?: Units,
): { wards: readonly WardKey[] | null } {
  if (ward === undefined) return { wards: scopeOf(actor) };
  const key = chooseWard(services, ward, units);
  if (!may(actor, permission, key)) throw new Refusal(403, 'outside_scope');
  return { wards: [key] };
}
