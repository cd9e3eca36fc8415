import type { WardKey } from '../../../geodata/schema.ts';
import type { Reader, Writer } from '../../platform/database.ts';
import type { PersonWords } from './person-contract.ts';

/** `folded`: the name without marks, in lower case. */
export interface StoredPerson extends PersonWords {
  folded: string | null;
}
interface Row {
  case_id: string;
  name: string | null;
  folded: string | null;
  born: string | null;
  phone: string | null;
  national_id: string | null;
  address: string | null;
  workplace: string | null;
  note: string | null;
  demo: 0 | 1;
}
const COLUMNS = 'case_id name folded born phone national_id address workplace note demo'.split(' ');

const fromRow = ({ case_id, national_id, demo, ...row }: Row): StoredPerson => ({
  ...row,
  caseId: case_id,
  nationalId: national_id,
  demo: demo === 1,
});

export async function findPersons(db: Reader, caseIds: readonly string[]): Promise<Map<string, StoredPerson>> {
  const rows = await db.all<Row>(
    `SELECT ${COLUMNS.join(', ')} FROM dengue_person WHERE case_id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(caseIds)],
  );
  return new Map(rows.map((row) => [row.case_id, fromRow(row)]));
}

export async function putPersons(tx: Writer, persons: readonly StoredPerson[]): Promise<void> {
  if (persons.length === 0) return;
  const rows = persons.map(({ caseId, nationalId, demo, ...person }) => ({
    ...person,
    case_id: caseId,
    national_id: nationalId,
    demo: demo ? 1 : 0,
  }));
  await tx.run(
    `INSERT INTO dengue_person (${COLUMNS.join(', ')})
     SELECT ${COLUMNS.map((name) => `value->>'${name}'`).join(', ')} FROM json_each(?)
     WHERE true ON CONFLICT (case_id) DO UPDATE SET
       ${COLUMNS.slice(1)
         .map((name) => `${name} = excluded.${name}`)
         .join(', ')}`,
    [JSON.stringify(rows)],
  );
}

export async function deletePersons(tx: Writer, caseIds: readonly string[]): Promise<number> {
  const { changes } = await tx.run('DELETE FROM dengue_person WHERE case_id IN (SELECT value FROM json_each(?))', [
    JSON.stringify(caseIds),
  ]);
  return changes;
}

export async function countPersons(db: Reader, caseIds: readonly string[]): Promise<number> {
  const row = await db.get<{ n: number }>(
    'SELECT count(*) AS n FROM dengue_person WHERE case_id IN (SELECT value FROM json_each(?))',
    [JSON.stringify(caseIds)],
  );
  return row?.n ?? 0;
}

/** Cases of persons that may be the same: one of these names or phones. */
export async function personsLike(
  db: Reader,
  folded: readonly string[],
  phones: readonly string[],
): Promise<StoredPerson[]> {
  const rows = await db.all<Row>(
    `SELECT ${COLUMNS.join(', ')} FROM dengue_person WHERE folded IN (SELECT value FROM json_each(?1))
     UNION SELECT ${COLUMNS.join(', ')} FROM dengue_person WHERE phone IN (SELECT value FROM json_each(?2))`,
    [JSON.stringify(folded), JSON.stringify(phones)],
  );
  return rows.map(fromRow);
}

const literal = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Persons whose name holds `folded` or whose phone begins with `phone`, of cases in these wards (`null` = all). */
export async function searchPersons(
  db: Reader,
  { folded, phone }: { folded: string; phone: string | null },
  wards: readonly WardKey[] | null,
  limit: number,
): Promise<StoredPerson[]> {
  const scope = wards && JSON.stringify(wards);
  const inWards = 'IN (SELECT value FROM json_each(?))';
  const rows = await db.all<Row>(
    `SELECT ${COLUMNS.map((name) => `p.${name}`).join(', ')} FROM dengue_person p JOIN dengue_case c ON c.id = p.case_id
     WHERE (p.folded LIKE ? ESCAPE '\\' OR p.phone LIKE ? ESCAPE '\\')
     ${scope ? `AND (c.ward_key ${inWards} OR c.other_ward_key ${inWards})` : ''}
     ORDER BY c.onset_on DESC, c.id LIMIT ${Math.trunc(limit)}`,
    [`%${literal(folded)}%`, phone === null ? '' : `${literal(phone)}%`, ...(scope ? [scope, scope] : [])],
  );
  return rows.map(fromRow);
}
