import type { Reader } from '../platform/database.ts';

/** The verb of the change with this id; `null` = there is none. */
export async function verbOfChange(db: Reader, changeId: string): Promise<string | null> {
  return (await db.get<{ verb: string }>('SELECT verb FROM change WHERE id = ?', [changeId]))?.verb ?? null;
}
