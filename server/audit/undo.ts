/**
 * Which changes can be taken back, and to what: pure. Undoing is an ordinary verb with its own permission and its own
 * row; nothing is ever removed from the log. A verb without a line here cannot be undone: a session that was ended does
 * not come back, and a password that was set is not known.
 */
import { z } from 'zod';
import { relicPositionSchema, wardKeySchema } from '../../geodata/schema.ts';
import { roleSchema, scopeSchema, type UpdateUser } from '../accounts/contract.ts';
import type { Permission } from '../accounts/permission.ts';
import { recordFieldsSchema, type RecordFields } from '../heritage/record-contract.ts';
import { itemFieldsSchema } from '../heritage/restoration/contract.ts';
import type { Verb } from '../platform/verb-contract.ts';

export type Undo =
  | { action: 'restoreRelicPlace'; permission: Permission; to: z.infer<typeof placeSchema> }
  | { action: 'returnRestorationItem'; permission: Permission; to: z.infer<typeof workSchema> }
  | { action: 'editRelic'; permission: Permission; to: RecordFields }
  | { action: 'restorePhoto'; permission: Permission }
  | { action: 'updateUser'; permission: Permission; to: Pick<UpdateUser, 'disabled' | 'roles' | 'scope'> };

/** What a change said, as the log holds it. */
export interface Said {
  verb: string;
  before: unknown;
  after: unknown;
}

const placeSchema = z.object({ position: relicPositionSchema.nullable(), wardKey: wardKeySchema });
const rightsSchema = z.object({ disabled: z.boolean(), roles: z.array(roleSchema).min(1), scope: scopeSchema });
/** Name and unit are not in the log, only that they changed: such a change cannot be taken back whole. */
const changedRightsSchema = rightsSchema.extend({ changed: z.undefined().optional() });

function placeBefore({ before }: Said): Undo | null {
  const place = placeSchema.safeParse(before);
  return place.success ? { action: 'restoreRelicPlace', permission: 'relic.place', to: place.data } : null;
}

const workSchema = itemFieldsSchema.extend({ removed: z.boolean() });
function workBefore({ before }: Said): Undo | null {
  const work = workSchema.safeParse(before);
  return work.success ? { action: 'returnRestorationItem', permission: 'restoration.write', to: work.data } : null;
}

function recordBefore({ before }: Said): Undo | null {
  const record = recordFieldsSchema.safeParse(before);
  return record.success ? { action: 'editRelic', permission: 'relic.write', to: record.data } : null;
}

function rightsBefore(said: Said): Undo | null {
  const before = rightsSchema.safeParse(said.before);
  const after = changedRightsSchema.safeParse(said.after);
  if (!before.success || !after.success) return null;
  const differs = (field: keyof typeof before.data) =>
    JSON.stringify(before.data[field]) !== JSON.stringify(after.data[field]);
  const { disabled, roles, scope } = before.data;
  const to = {
    ...(differs('disabled') && { disabled }),
    ...(differs('roles') && { roles }),
    ...(differs('scope') && { scope }),
  };
  return Object.keys(to).length > 0 ? { action: 'updateUser', permission: 'users.manage', to } : null;
}

function photoBefore({ before }: Said): Undo | null {
  const there = z.object({ removed: z.literal(false) }).safeParse(before);
  return there.success ? { action: 'restorePhoto', permission: 'photo.write' } : null;
}

const table: Partial<Record<Verb, (said: Said) => Undo | null>> = {
  placeRelic: placeBefore,
  restoreRelicPlace: placeBefore,
  updateRestorationItem: workBefore,
  moveRestorationStage: workBefore,
  removeRestorationItem: workBefore,
  restoreRestorationItem: workBefore,
  returnRestorationItem: workBefore,
  editRelic: recordBefore,
  removePhoto: photoBefore,
  updateUser: rightsBefore,
  disableUser: rightsBefore,
  enableUser: rightsBefore,
};

/** How a change is taken back; `null` = it cannot be. */
export const undoOf = (said: Said): Undo | null =>
  Object.hasOwn(table, said.verb) ? (table[said.verb as Verb]?.(said) ?? null) : null;

/** The seq of the change a row took back, as the row says; `null` = it was no undoing. */
export function undoneBy({ after }: Pick<Said, 'after'>): number | null {
  const said = z.object({ undoOf: z.number().int() }).safeParse(after);
  return said.success ? said.data.undoOf : null;
}
