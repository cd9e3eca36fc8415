/** Makes the report about an outbreak, keeps both files as they were made, and gives them to whoever may see its cases. */
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { bothNamesOfUsers } from '../accounts/user-actions.ts';
import { wardsOfCase } from '../dengue/cases/case.ts';
import { casesInScope } from '../dengue/cases/list-actions.ts';
import { openFiles } from '../platform/files.ts';
import { headOfLog, placeAndDay } from '../platform/print/document.ts';
import { printDocx } from '../platform/print/docx.ts';
import { printPdf } from '../platform/print/pdf.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { wardName } from '../wards/actions.ts';
import { keeperOf, type Given as KeepGiven } from './keep-actions.ts';
import { demandOutbreak, oneOutbreak } from './read-actions.ts';
import { composeReport } from './report.ts';
import { readResponse } from './response-actions.ts';
import type { MakeReport, ReportEntries, ReportFormat, ReportKept } from './response-contract.ts';
import { findReport, insertReport, reportsOf, type StoredReport } from './response-store.ts';
import { inspectionPage } from './vector-actions.ts';
import { isInScope } from './view.ts';

type Given = KeepGiven & Pick<Services, 'env' | 'disk'>;

/** Everything in it is what its maker may see, so whoever may see every case in it may see it. */
const mayRead = (actor: Actor, { caseWards }: StoredReport): boolean =>
  may(actor, 'case.read') && caseWards.every((wards) => may(actor, 'case.read', wards));

async function inWords(services: Given, reports: readonly StoredReport[]): Promise<ReportKept[]> {
  const idOf = ({ madeBy }: StoredReport) => madeBy.replace(/^user:/, '');
  const names = await bothNamesOfUsers(services, [...new Set(reports.map(idOf))]);
  return reports.map((report) => {
    const { id, number, madeOn, madeAt, head } = report;
    return { id, number, madeOn, madeAt, by: names.get(idOf(report))?.displayName ?? null, head };
  });
}

/** Both files of the report as things stand, on the disk, and the wards of the cases listed. */
async function printReport(services: Given, number: string, entries: ReportEntries, actor: Actor) {
  const outbreak = await oneOutbreak(services, number, actor);
  const listed = await casesInScope(services.db, outbreak.caseIds, actor);
  const { items: inspections } = await inspectionPage(services, { number, limit: 500 }, actor);
  const file = services.places.outbreakRules.find(({ id }) => id === outbreak.ruleId);
  const composed = composeReport({
    outbreak,
    response: await readResponse(services, number, actor),
    inspections: inspections.toReversed(),
    cases: listed.map((one) => ({ ...one, ward: one.wardKey && wardName(services, one.wardKey) })),
    ruleTitle: file?.title.vi ?? outbreak.ruleId,
    entries,
  });
  const head = await services.changes.chainHead();
  const printed = {
    ...composed,
    placeAndDay: placeAndDay('Tây Hồ', services.clock.today()),
    footer: headOfLog(head),
    madeAt: services.clock.now(),
  };
  const [docx, pdf] = [await printDocx(printed), await printPdf(printed)];
  // On the disk before the row says so: a row without its files would be a lie.
  const files = openFiles(services.env);
  const keep = (bytes: Buffer) => services.disk.write(() => files.keep(bytes));
  return { head, caseWards: listed.map(wardsOfCase), docx: await keep(docx), pdf: await keep(pdf) };
}

/**
 * Makes a report and keeps it: what cases become later does not change it.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_outbreak`
 */
export async function makeReport(
  services: Given,
  number: string,
  { changeId, entries }: MakeReport,
  actor: Actor,
): Promise<ReportKept> {
  const kept = demandOutbreak(await keeperOf(services), number);
  if (!may(actor, 'outbreak.write', kept.wards)) throw new Refusal(403, 'outside_scope');
  const id = `re-${changeId}`;
  if (!(await findReport(services.db, id))) {
    const printed = await printReport(services, kept.number, entries, actor);
    const report: StoredReport = {
      id,
      number: kept.number,
      madeOn: services.clock.today(),
      madeAt: services.clock.now().toISOString(),
      madeBy: nameOfActor(actor),
      ...printed,
    };
    await services.changes.commit(
      changeId,
      'makeOutbreakReport',
      async (tx) => {
        await insertReport(tx, report);
        const { docx, pdf, head } = report;
        const after = { number: kept.number, docx, pdf, head, cases: report.caseWards.length };
        return {
          outcome: { id },
          change: {
            kind: 'outbreak-report',
            verb: 'makeOutbreakReport',
            recordId: id,
            version: 1,
            layers: [],
            actor: nameOfActor(actor),
            after,
            privateAfter: entries,
          },
        };
      },
      id,
    );
  }
  const [words] = await inWords(services, [await demandReport(services, id, actor)]);
  return words!;
}

/** The reports made about an outbreak that this reader may read, latest first. @throws {Refusal} 403 `outside_scope`; 404 `unknown_outbreak` */
export async function reportList(services: Given, number: string, actor: Actor): Promise<{ items: ReportKept[] }> {
  const kept = demandOutbreak(await keeperOf(services), number);
  if (!isInScope(actor, kept)) throw new Refusal(403, 'outside_scope');
  const reports = await reportsOf(services.db, [kept.number, ...kept.aliases]);
  return { items: await inWords(services, reports.filter((report) => mayRead(actor, report))) }; // prettier-ignore
}

async function demandReport(services: Given, id: string, actor: Actor): Promise<StoredReport> {
  const report = await findReport(services.db, id);
  if (!report) throw new Refusal(404, 'unknown_report');
  if (!mayRead(actor, report)) throw new Refusal(403, 'outside_scope');
  return report;
}

/** A file of a report, byte for byte as it was made. @throws {Refusal} 403 `outside_scope`; 404 `unknown_report` */
export async function readReport(
  services: Given,
  id: string,
  format: ReportFormat,
  actor: Actor,
): Promise<{ name: string; bytes: Buffer }> {
  const report = await demandReport(services, id, actor);
  const bytes = await openFiles(services.env).read(report[format]);
  if (!bytes) throw new Refusal(404, 'unknown_report');
  return { name: `${report.number}-${report.madeOn}.${format}`, bytes };
}
