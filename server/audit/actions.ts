import { addDays } from '../../geodata/dates.ts';
import type { CivilDate } from '../../geodata/schema.ts';
import { may, type Actor } from '../accounts/permission.ts';
import { bothNamesOfUsers } from '../accounts/user-actions.ts';
import { namesOfRelics } from '../heritage/restore-actions.ts';
import type { Services } from '../platform/services.ts';
import type { AuditChoices, AuditFilter, AuditRow } from './contract.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';
import { distinct, listRows, newestVersions } from './store.ts';
import { undoneBy, undoOf } from './undo.ts';

type Given = Pick<Services, 'db'>;

/** 00:00 of a day in Hà Nội, as an instant (UTC+7 without daylight saving since 1975). */
const dayBegins = (day: CivilDate): string => new Date(`${day}T00:00:00+07:00`).toISOString();

const userIdOf = (actor: string) => (actor.startsWith('user:') ? actor.slice(5) : '');

/** A page of the log, newest first. `actor` = who reads it: what they may take back is marked. */
export async function auditPage(
  { db }: Given,
  filter: AuditFilter,
  cursor: number | undefined,
  limit: number,
  actor: Actor,
): Promise<{ items: AuditRow[]; nextCursor: string | null }> {
  const { from, to, ...exact } = filter;
  const rows = await listRows(
    db,
    {
      ...exact,
      since: from && dayBegins(from),
      until: to && dayBegins(addDays(to, 1)),
      beforeSeq: cursor,
    },
    limit + 1,
  );
  const page = rows.slice(0, limit);
  const idsOf = (kind: string) => page.filter((row) => row.kind === kind).map((row) => row.record_id);
  const [users, relics] = await Promise.all([
    bothNamesOfUsers({ db }, [...new Set([...page.map((row) => userIdOf(row.actor)), ...idsOf('account')])]),
    namesOfRelics({ db }, [...new Set(idsOf('relic'))]),
  ]);
  const nameOf = ({ kind, record_id: id }: (typeof page)[number]) =>
    (kind === 'account' ? users.get(id)?.username : kind === 'relic' ? relics.get(id) : undefined) ?? null;
  const said = page.map((row) => ({
    verb: row.verb,
    before: JSON.parse(row.before) as unknown,
    after: JSON.parse(row.after) as unknown,
  }));
  const mayUndo = said.map((one) => {
    const undo = may(actor, 'change.undo') ? undoOf(one) : null;
    return undo !== null && may(actor, undo.permission);
  });
  const newest = await newestVersions(
    db,
    page.filter((_, index) => mayUndo[index]).map((row) => [row.kind, row.record_id] as const),
  );
  const items = page.map((row, index) => ({
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    actorName: users.get(userIdOf(row.actor))?.username ?? null,
    actorDisplayName: users.get(userIdOf(row.actor))?.displayName ?? null,
    verb: row.verb,
    kind: row.kind,
    recordId: row.record_id,
    recordName: nameOf(row),
    version: row.version,
    before: said[index]?.before,
    after: said[index]?.after,
    note: row.note,
    hash: row.hash,
    undoable: mayUndo[index] === true && newest.get(`${row.kind}/${row.record_id}`) === row.version,
    undoOf: undoneBy(said[index] ?? { after: null }),
  }));
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.seq) : null };
}

/** What the filters can choose from: who acted, on what, and how. */
export async function auditChoices({ db }: Given): Promise<AuditChoices> {
  const [actors, kinds, verbs] = await Promise.all([distinct(db, 'actor'), distinct(db, 'kind'), distinct(db, 'verb')]);
  const names = await bothNamesOfUsers({ db }, actors.map(userIdOf));
  return {
    actors: actors.map((actor) => ({
      actor,
      username: names.get(userIdOf(actor))?.username ?? null,
      displayName: names.get(userIdOf(actor))?.displayName ?? null,
    })),
    kinds,
    verbs,
  };
}

const COLUMNS = [
  'seq',
  'at',
  'actor',
  'actorName',
  'verb',
  'kind',
  'recordId',
  'recordName',
  'version',
  'before',
  'after',
  'note',
  'hash',
] as const;
const PAGE = 500;

/** The whole log under a filter, as text in pieces: read page by page while it is sent, never held whole. */
export async function* auditCsv(given: Given, filter: AuditFilter, actor: Actor): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS);
  let cursor: number | undefined;
  for (;;) {
    const { items, nextCursor } = await auditPage(given, filter, cursor, PAGE, actor);
    yield items
      .map((row) =>
        csvLine(
          COLUMNS.map((column) => {
            const value = row[column];
            return column === 'before' || column === 'after'
              ? JSON.stringify(value)
              : (value as string | number | null);
          }),
        ),
      )
      .join('');
    if (nextCursor === null) return;
    cursor = Number(nextCursor);
  }
}
