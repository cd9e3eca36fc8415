import type { WardKey } from '../../../geodata/schema.ts';
import type { Reader, Writer } from '../../platform/database.ts';
import type { ItemFields, Plan, Weights, WeightsInForce } from './contract.ts';
import { fieldsOf, type StoredItem } from './item.ts';

interface ItemRow {
  id: string;
  version: number;
  ward_key: string;
  state: string;
  merged_into: string | null;
  removed: 0 | 1;
  demo: 0 | 1;
}
const itemOf = (row: ItemRow): StoredItem => ({
  ...(JSON.parse(row.state) as ItemFields),
  id: row.id,
  version: row.version,
  wardKey: row.ward_key as WardKey,
  mergedInto: row.merged_into,
  removed: row.removed === 1,
  demo: row.demo === 1,
});

/** Every item, those that were taken out too. */
export const listItems = async (db: Reader): Promise<StoredItem[]> =>
  (await db.all<ItemRow>('SELECT * FROM restoration_item ORDER BY id', [])).map(itemOf);

export const ITEMS_OF_WARD = 'SELECT * FROM restoration_item WHERE ward_key = ? AND removed = 0';
export const itemsOfWard = async (db: Reader, wardKey: string): Promise<StoredItem[]> =>
  (await db.all<ItemRow>(ITEMS_OF_WARD, [wardKey])).map(itemOf);

export const itemsMergedInto = async (db: Reader, id: string): Promise<StoredItem[]> =>
  (await db.all<ItemRow>('SELECT * FROM restoration_item WHERE merged_into = ? AND removed = 0', [id])).map(itemOf);

export async function findItem(db: Reader, id: string): Promise<StoredItem | null> {
  const row = await db.get<ItemRow>('SELECT * FROM restoration_item WHERE id = ?', [id]);
  return row ? itemOf(row) : null;
}

export interface Written {
  reason: string;
  /** As the change log names who did it. */
  by: string;
  at: string;
}

/** Writes an item as it now is, and this version beside all the earlier ones. */
export async function putItem(tx: Writer, item: StoredItem, { reason, by, at }: Written): Promise<void> {
  const state = JSON.stringify(fieldsOf(item));
  const flags = [item.mergedInto, item.removed ? 1 : 0] as const;
  await tx.run(
    `INSERT INTO restoration_item (id, version, ward_key, state, merged_into, removed, demo) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, ward_key = excluded.ward_key, state = excluded.state,
       merged_into = excluded.merged_into, removed = excluded.removed`,
    [item.id, item.version, item.wardKey, state, ...flags, item.demo ? 1 : 0],
  );
  await tx.run(
    `INSERT INTO restoration_item_version (item_id, version, state, merged_into, removed, reason, written_by, written_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [item.id, item.version, state, ...flags, reason, by, at],
  );
}

export interface StoredVersion {
  version: number;
  fields: ItemFields;
  mergedInto: string | null;
  removed: boolean;
  reason: string;
  by: string;
  at: string;
}
interface VersionRow extends Omit<ItemRow, 'id' | 'ward_key' | 'demo'> {
  reason: string;
  written_by: string;
  written_at: string;
}
/** Newest first. */
export async function versionsOf(db: Reader, id: string): Promise<StoredVersion[]> {
  const rows = await db.all<VersionRow>(
    'SELECT * FROM restoration_item_version WHERE item_id = ? ORDER BY version DESC',
    [id],
  );
  return rows.map(({ version, state, merged_into, removed, reason, written_by, written_at }) => ({
    ...{ version, mergedInto: merged_into, removed: removed === 1, reason, by: written_by, at: written_at },
    fields: JSON.parse(state) as ItemFields,
  }));
}

// --- the wards' lists ---------------------------------------------------------------------------------------------

export interface StoredList {
  wardKey: string;
  version: number;
  submittedOn: string | null;
  submittedBy: string | null;
}
interface ListRow {
  ward_key: string;
  version: number;
  submitted_on: string | null;
  submitted_by: string | null;
}
const listOf = (row: ListRow): StoredList => ({
  wardKey: row.ward_key,
  version: row.version,
  submittedOn: row.submitted_on,
  submittedBy: row.submitted_by,
});
export const listLists = async (db: Reader): Promise<StoredList[]> =>
  (await db.all<ListRow>('SELECT * FROM restoration_list', [])).map(listOf);

/** Of a ward nobody touched: version 0, not submitted. */
export async function findList(db: Reader, wardKey: string): Promise<StoredList> {
  const row = await db.get<ListRow>('SELECT * FROM restoration_list WHERE ward_key = ?', [wardKey]);
  return row ? listOf(row) : { wardKey, version: 0, submittedOn: null, submittedBy: null };
}

export async function putList(tx: Writer, { wardKey, version, submittedOn, submittedBy }: StoredList): Promise<void> {
  await tx.run(
    `INSERT INTO restoration_list (ward_key, version, submitted_on, submitted_by) VALUES (?, ?, ?, ?)
     ON CONFLICT (ward_key) DO UPDATE SET version = excluded.version, submitted_on = excluded.submitted_on,
       submitted_by = excluded.submitted_by`,
    [wardKey, version, submittedOn, submittedBy],
  );
}

// --- doubles ------------------------------------------------------------------------------------------------------

export interface StoredPair {
  a: string;
  b: string;
  decision: 'same' | 'distinct' | 'open';
  kept: string | null;
}
/** What was decided last about each pair. */
export const listPairs = (db: Reader): Promise<StoredPair[]> =>
  db.all<StoredPair>(
    `SELECT a, b, decision, kept FROM restoration_pair p
     WHERE seq = (SELECT max(seq) FROM restoration_pair q WHERE q.a = p.a AND q.b = p.b)`,
    [],
  );

export const PAIR = 'SELECT a, b, decision, kept FROM restoration_pair WHERE a = ? AND b = ? ORDER BY seq DESC LIMIT 1';
export const findPair = async (db: Reader, a: string, b: string): Promise<StoredPair | null> =>
  (await db.get<StoredPair>(PAIR, [a, b])) ?? null;

export async function insertPair(tx: Writer, pair: StoredPair, by: string, at: string): Promise<void> {
  await tx.run(
    'INSERT INTO restoration_pair (a, b, decision, kept, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?)',
    [pair.a, pair.b, pair.decision, pair.kept, by, at],
  );
}

// --- plans and weights --------------------------------------------------------------------------------------------

interface PlanRow {
  number: number;
  title: string;
  formed_on: string;
  formed_by: string;
  items: string;
  missing_wards: string;
  weights: string;
  demo: 0 | 1;
}
export interface StoredPlan extends Omit<Plan, 'formedBy'> {
  formedBy: string;
}
/** The plan formed last. */
export async function newestPlan(db: Reader): Promise<StoredPlan | null> {
  const row = await db.get<PlanRow>('SELECT * FROM restoration_plan ORDER BY number DESC LIMIT 1', []);
  return row
    ? {
        ...{ number: row.number, title: row.title, formedOn: row.formed_on, formedBy: row.formed_by },
        items: JSON.parse(row.items) as string[],
        missingWards: JSON.parse(row.missing_wards) as string[],
        weights: JSON.parse(row.weights) as Weights,
        demo: row.demo === 1,
      }
    : null;
}

export async function insertPlan(tx: Writer, plan: StoredPlan, at: string): Promise<void> {
  await tx.run(
    `INSERT INTO restoration_plan (number, title, formed_on, formed_at, formed_by, items, missing_wards, weights, demo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[plan.number, plan.title, plan.formedOn, at, plan.formedBy, JSON.stringify(plan.items)],
      ...[JSON.stringify(plan.missingWards), JSON.stringify(plan.weights), plan.demo ? 1 : 0],
    ],
  );
}

interface WeightsRow {
  version: number;
  weights: string;
  reason: string;
  set_by: string;
  set_at: string;
}
/** `null` = those of geodata are in force. */
export async function newestWeights(db: Reader): Promise<WeightsInForce | null> {
  const row = await db.get<WeightsRow>('SELECT * FROM restoration_weights ORDER BY version DESC LIMIT 1', []);
  return row
    ? {
        ...{ version: row.version, reason: row.reason, setBy: row.set_by, setAt: row.set_at },
        weights: JSON.parse(row.weights) as Weights,
      }
    : null;
}

export async function insertWeights(tx: Writer, { version, weights, reason }: WeightsInForce, by: string, at: string) {
  await tx.run('INSERT INTO restoration_weights (version, weights, reason, set_by, set_at) VALUES (?, ?, ?, ?, ?)', [
    ...[version, JSON.stringify(weights), reason, by, at],
  ]);
}
