import type { Actor } from '../../accounts/permission.ts';
import { bothNamesOfUsers } from '../../accounts/user-actions.ts';
import { partsOfRecord } from '../../platform/private.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Services } from '../../platform/services.ts';
import { findCases } from './case-store.ts';
import { demandScope } from './context-actions.ts';
import type { CaseHistory } from './contract.ts';
import { casePartsChanged } from './history.ts';

const userIdOf = (actor: string): string => (actor.startsWith('user:') ? actor.slice(5) : '');

/** What became of one case, newest first. @throws {Refusal} 404 `unknown_case`, 403 `outside_scope` */
export async function caseHistory({ db }: Pick<Services, 'db'>, id: string, actor: Actor): Promise<CaseHistory> {
  const stored = (await findCases(db, [id])).get(id);
  if (!stored) throw new Refusal(404, 'unknown_case');
  demandScope(actor, 'case.read', stored);
  const parts = await partsOfRecord(db, id);
  const names = await bothNamesOfUsers({ db }, [...new Set(parts.map((part) => userIdOf(part.actor)))]);
  const items = parts.map(({ seq, at, actor: who, verb, before, after }) => ({
    seq,
    at,
    by: names.get(userIdOf(who))?.displayName ?? null,
    verb,
    ...casePartsChanged(before, after),
    purged: before === null && after === null,
  }));
  return { items: items.reverse() };
}
