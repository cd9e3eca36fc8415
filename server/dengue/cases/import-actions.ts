/** The import of a line list: everything read and judged first, then all of it written as one change, or nothing. */
import { addDays } from '../../../geodata/dates.ts';
import type { WardKey } from '../../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../../accounts/permission.ts';
import type { Reader } from '../../platform/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { readSheet, SheetError, type SheetRow } from '../../platform/sheet.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { fold } from '../../search/fold.ts';
import { chooseWard } from '../../wards/actions.ts';
import { createCaseGrid } from '../case-grid.ts';
import { wardsOfCase, type StoredCase } from './case.ts';
import { writeDrafts } from './case-actions.ts';
import { casesByRegistry, casesNear, findCases } from './case-store.ts';
import { columnName, guessColumns } from './columns.ts';
import { contextOf, saidOf, type Given } from './context-actions.ts';
import { blankCase, composeCase, type Draft, type Entered } from './draft.ts';
import { duplicateReasonsOf, NEAR_DAYS, NEAR_METERS } from './duplicates.ts';
import type { ImportCases, ImportFault, ImportField, ImportResult } from './import-contract.ts';
import { FIELD_OF_PATH, readRow, systemOf, type Mapping, type RowContext, type RowFault } from './import-rows.ts';
import { personsLike } from './person-store.ts';

/** Bytes of a file, unpacked from base64. */
export const MOST_FILE_BYTES = 8 * 1024 * 1024;
const PREVIEW_ROWS = 20;
const MOST_FAULTS = 1000;
const CHUNK = 5000;

function openFile(content: string): { header: SheetRow; rows: SheetRow[] } {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > MOST_FILE_BYTES) throw new Refusal(413, 'file_too_large');
  let sheet: SheetRow[];
  try {
    sheet = readSheet(bytes);
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    throw new Refusal(422, error.reason === 'too-large' ? 'too_many_rows' : 'unreadable_file');
  }
  const [header, ...rows] = sheet;
  if (!header || rows.length === 0) throw new Refusal(422, 'empty_file');
  return { header, rows };
}

/** Wards by name, code or key, as tables write them: `Quảng An`, `P. Quảng An`, `00100`. */
function wardReader(services: Given): RowContext['readWard'] {
  const byName = new Map<string, WardKey>();
  for (const { key, name } of services.places.wardTable)
    if (key.endsWith('@1995-10-28')) byName.set(fold(name), key as WardKey);
  return (text) => {
    const named = byName.get(fold(text).replace(/^(phuong|p)\s+/, ''));
    if (named) return { key: named };
    try {
      return { key: chooseWard(services, text.trim()) };
    } catch (error) {
      if (error instanceof Refusal) return { code: error.code };
      throw error;
    }
  };
}

interface Judged {
  row: SheetRow;
  draft: Draft | null;
  faults: (RowFault & { firstRow?: number })[];
}

function compose(entered: Entered, id: string, actor: Actor, context: ReturnType<typeof contextOf>) {
  const blank = { stored: { ...blankCase(id, context.today), reportedOn: null }, person: null };
  const draft = composeCase(entered, blank, context);
  if (!('faults' in draft) && !may(actor, 'case.write', wardsOfCase(draft.stored)))
    return { faults: [{ path: 'ward', code: 'outside_scope' }] };
  return draft;
}

/** Judges every row; what the file says twice and what is there already is a fault of the later row. */
async function judgeRows(
  services: Given,
  db: Reader,
  rows: readonly SheetRow[],
  reading: RowContext,
  { correctSwapped, ward }: { correctSwapped: boolean; ward: WardKey | null },
  actor: Actor,
): Promise<Judged[]> {
  const context = contextOf(services, actor);
  const now = services.clock.now().getTime();
  const judged = rows.map((row): Judged => {
    const { entered, faults } = readRow(row.cells, reading);
    if (faults.length > 0) return { row, draft: null, faults };
    if (entered.wardKey === undefined && !entered.position && ward) entered.wardKey = ward;
    const id = `ca-${uuidv7(now)}`;
    let draft = compose(entered, id, actor, context);
    if (correctSwapped && 'faults' in draft && entered.position) {
      const swapped = draft.faults.find((fault) => 'corrected' in fault && fault.corrected);
      const corrected = swapped && 'corrected' in swapped ? swapped.corrected : undefined;
      if (corrected) {
        const position = { ...entered.position, ...corrected };
        draft = compose({ ...entered, position }, id, actor, context);
      }
    }
    if (!('faults' in draft)) return { row, draft, faults: [] };
    return {
      row,
      draft: null,
      faults: draft.faults.map(({ path, ...fault }) => {
        const field = FIELD_OF_PATH[path] ?? null;
        const onlyPair = field === 'lat' && reading.mapping.lat === undefined;
        return { ...fault, field: onlyPair ? 'position' : field };
      }),
    };
  });

  const numbered = judged.flatMap((one) =>
    one.draft?.stored.registryId ? [{ ...one, id: one.draft.stored.registryId }] : [],
  );
  const taken = await casesByRegistry(
    db,
    numbered.map(({ id }) => id),
  );
  const firstRow = new Map<string, number>();
  for (const one of judged) {
    const id = one.draft?.stored.registryId;
    if (!id) continue;
    const first = firstRow.get(id);
    if (first !== undefined) one.faults.push({ field: 'registryId', code: 'duplicate_id', firstRow: first });
    else if (taken.has(id)) one.faults.push({ field: 'registryId', code: 'duplicate_id' });
    else firstRow.set(id, one.row.number);
    if (one.faults.length > 0) one.draft = null;
  }
  return judged;
}

/** Rows that look like a case the writer may see already. One look at the cases of these days, not one a row. */
async function duplicatesAmong(
  db: Reader,
  judged: readonly Judged[],
  actor: Actor,
): Promise<ImportResult['possibleDuplicates']> {
  const drafts = judged.flatMap(({ row, draft }) => (draft ? [{ row: row.number, draft }] : []));
  const located = drafts.filter(({ draft }) => draft.stored.position);
  const grid = createCaseGrid<{ lng: number; lat: number; one: StoredCase | null }>(NEAR_METERS);
  if (located.length > 0) {
    const days = located.map(({ draft }) => draft.stored.onsetOn).sort();
    const [from, to] = [addDays(days[0]!, -NEAR_DAYS), addDays(days.at(-1)!, NEAR_DAYS)];
    for (const one of await casesNear(db, [-180, -90, 180, 90], from, to))
      if (one.position) grid.add({ lng: one.position.lng, lat: one.position.lat, one });
  }
  const said = drafts.flatMap(({ draft }) => draft.person ?? []);
  const persons = await personsLike(
    db,
    said.flatMap(({ folded }) => folded ?? []),
    said.flatMap(({ phone }) => phone ?? []),
  );
  const ofPersons = await findCases(
    db,
    persons.map(({ caseId }) => caseId),
  );
  const byKey = new Map<string, typeof persons>();
  for (const person of persons)
    for (const key of [person.folded, person.phone]) if (key) byKey.set(key, [...(byKey.get(key) ?? []), person]);

  return drafts.flatMap(({ row, draft: { stored, person } }) => {
    const near = stored.position ? grid.near({ ...stored.position, one: null }).flatMap(({ one }) => one ?? []) : [];
    const like = [person?.folded, person?.phone].flatMap((key) => (key ? (byKey.get(key) ?? []) : []));
    const candidates = [
      ...near.map((one) => ({ one, person: null })),
      ...like.flatMap((other) => {
        const one = ofPersons.get(other.caseId);
        return one && !one.removed ? [{ one, person: other }] : [];
      }),
    ];
    const same = candidates.find(
      ({ one, person: other }) =>
        may(actor, 'case.read', wardsOfCase(one)) &&
        duplicateReasonsOf({ ...stored, person }, { ...one, person: other }).length > 0,
    );
    return same ? [{ row, caseId: same.one.id }] : [];
  });
}

const faultsOf = (judged: readonly Judged[], mapping: Mapping): ImportFault[] =>
  judged.flatMap(({ row, faults }) =>
    faults.map(({ field, ...fault }) => {
      const column = field === null ? undefined : mapping[field];
      return { row: row.number, column: column === undefined ? null : columnName(column), field, ...fault };
    }),
  );

const missingIn = (mapping: Mapping, { defaultClass }: ImportCases): ImportResult['missing'] =>
  (['onsetOn', 'class'] as const).filter(
    (field) => mapping[field] === undefined && (field === 'onsetOn' || defaultClass === undefined),
  );

function columnsOf(header: SheetRow, mapping: Mapping): ImportResult['columns'] {
  const fieldAt = new Map(Object.entries(mapping).map(([field, column]) => [column, field as ImportField]));
  return header.cells.map((cell, index) => ({ index, header: String(cell), field: fieldAt.get(index) ?? null }));
}

const nothingRead: ImportResult = {
  dryRun: true,
  rows: 0,
  imported: 0,
  faulty: 0,
  faults: [],
  columns: [],
  preview: [],
  possibleDuplicates: [],
  coordinates: null,
  missing: [],
};

/**
 * Reads a file and says what would come of it (`dryRun`), or writes it: all rows, or, with `skipFaulty`, all but the
 * faulty ones, in one transaction and one change; each case's words are private under its own id.
 * @throws {Refusal} 403 `outside_scope`; 413 `file_too_large`; 422 `unreadable_file`, `too_many_rows`, `empty_file`,
 *   `mapping_incomplete`, `faulty_rows` with each fault as `rows.<row>.<field>`
 */
export async function importCases(services: Given, given: ImportCases, actor: Actor): Promise<ImportResult> {
  const ward = given.ward === undefined ? null : chooseWard(services, given.ward);
  if (ward && !may(actor, 'case.write', ward)) throw new Refusal(403, 'outside_scope');
  const { header, rows } = openFile(given.content);
  const mapping: Mapping = given.mapping ?? guessColumns(header.cells);
  const missing = missingIn(mapping, given);
  const columns = columnsOf(header, mapping);
  if (missing.length > 0 && given.dryRun)
    return { ...nothingRead, rows: rows.length, faulty: rows.length, columns, missing };
  if (missing.length > 0) {
    const errors = missing.map((field) => ({ path: `mapping.${field}`, code: 'mapping_incomplete' }));
    throw new Refusal(422, 'mapping_incomplete', { errors });
  }
  const guessed = systemOf(
    rows.map(({ cells }) => cells),
    mapping,
  );
  const system = given.coordinates === 'auto' ? guessed : given.coordinates;
  const reading: RowContext = {
    mapping,
    system: system ?? 'wgs84',
    today: services.clock.today(),
    defaultClass: given.defaultClass ?? null,
    accuracyMeters: given.accuracyMeters,
    readWard: wardReader(services),
  };
  const judge = async (db: Reader) => {
    const judged = await judgeRows(services, db, rows, reading, { correctSwapped: given.correctSwapped, ward }, actor);
    const drafts = judged.flatMap(({ draft }) => draft ?? []);
    const result: ImportResult = {
      dryRun: given.dryRun,
      rows: rows.length,
      imported: drafts.length,
      faulty: rows.length - drafts.length,
      faults: faultsOf(judged, mapping).slice(0, MOST_FAULTS),
      columns,
      preview: judged.slice(0, PREVIEW_ROWS).map(({ row, draft }) => ({
        row: row.number,
        class: draft?.stored.class ?? null,
        onsetOn: draft?.stored.onsetOn ?? null,
        reportedOn: draft?.stored.reportedOn ?? null,
        wardKey: draft?.stored.wardKey ?? null,
        position: draft?.stored.position ? { lng: draft.stored.position.lng, lat: draft.stored.position.lat } : null,
        personFields: (['name', 'born', 'phone', 'nationalId', 'address', 'workplace', 'note'] as const).filter(
          (field) => (draft?.person?.[field] ?? null) !== null,
        ),
      })),
      possibleDuplicates: (await duplicatesAmong(db, judged, actor)).slice(0, MOST_FAULTS),
      coordinates: system,
      missing: [],
    };
    return { drafts, result };
  };
  if (given.dryRun) return (await judge(services.db)).result;

  const recordId = `import-${given.changeId}`;
  let full: ImportResult | null = null;
  const told = await services.changes.commit(
    given.changeId,
    'importCases',
    async (tx) => {
      const { drafts, result } = await judge(tx);
      if (result.faulty > 0 && !given.skipFaulty) {
        const errors = result.faults.map(({ row, field, code }) => ({ path: `rows.${row}.${field ?? ''}`, code }));
        throw new Refusal(422, 'faulty_rows', { errors });
      }
      for (let at = 0; at < drafts.length; at += CHUNK) await writeDrafts(tx, drafts.slice(at, at + CHUNK));
      full = result;
      return {
        outcome: { rows: result.rows, imported: result.imported, faulty: result.faulty },
        change: {
          kind: 'case',
          verb: 'importCases',
          recordId,
          version: 1,
          layers: ['cases'],
          actor: nameOfActor(actor),
          after: { rows: result.rows, imported: result.imported, faulty: result.faulty },
          privateParts: drafts.map(({ stored, person }) => ({ recordId: stored.id, after: saidOf(stored, person) })),
        },
      };
    },
    recordId,
  );
  // A retry after a lost reply: what was written is known, how it was read is not looked up again.
  return full ?? { ...nothingRead, dryRun: false, coordinates: system, ...told };
}
