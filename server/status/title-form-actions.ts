/** The registration form printed, for one ward or all; the register as a workbook. The same facts give the same bytes. */
import { createHash } from 'node:crypto';
import type { CivilDate, Units, WardKey } from '../../geodata/schema.ts';
import { canonicalJson } from '../platform/canonical.ts';
import type { PrintedDocument } from '../platform/print/document.ts';
import { printDocx } from '../platform/print/docx.ts';
import { printPdfs } from '../platform/print/pdf.ts';
import type { Services } from '../platform/services.ts';
import { writeXlsx } from '../platform/sheet-write.ts';
import { chooseWard } from '../wards/actions.ts';
import { districtStatus, findPack } from './actions.ts';
import { composeForm } from './title-form.ts';
import { titleRegister } from './title-register-actions.ts';
import { registerSheet } from './title-sheet.ts';

type Given = Pick<Services, 'db' | 'places' | 'clock'>;

/** Midnight in Hà Nội: a form is of a day, not of the moment in which somebody prints it. */
const midnight = (day: CivilDate): Date => new Date(`${day}T00:00:00+07:00`);

/** The sheet vouches for its own content, not for the log, which goes on while nothing on the sheet changes. */
function sealed(composed: Omit<PrintedDocument, 'footer' | 'madeAt'>, at: CivilDate): PrintedDocument {
  const digest = createHash('sha256').update(canonicalJson(composed)).digest('hex');
  return { ...composed, footer: `Bản đồ số Tây Hồ, số liệu đến ngày ${at.split('-').reverse().join('/')}, mã nội dung ${digest}`, madeAt: midnight(at) }; // prettier-ignore
}

async function forms(services: Given, at: CivilDate, units: Units, only: WardKey | null): Promise<PrintedDocument[]> {
  const { places } = services;
  const [status, register] = await Promise.all([
    districtStatus(services, at, units),
    titleRegister(services, at, units),
  ]);
  const pack = await findPack(services, status.pack);
  return register.wards.flatMap((line, i) => {
    if (only !== null && line.key !== only) return [];
    const facts = places.facts.wards.find(({ key }) => key === line.key) ?? null;
    const about = { line, facts, status: status.wards[i]!, procedure: places.titleProcedure, pack, at };
    return [sealed(composeForm({ ...about, ofDistrict: units === '1995-10-28' }), at)];
  });
}

/**
 * The form of one ward.
 * @throws {Refusal} 404 `unknown_ward`; 422 `code_needs_date`
 */
export async function printForm(
  services: Given,
  text: string,
  format: 'pdf' | 'docx',
  at: CivilDate,
  units: Units,
): Promise<{ name: string; bytes: Buffer }> {
  const key = chooseWard(services, text, units, 404);
  const [form] = await forms(services, at, key.split('@')[1] as Units, key);
  const bytes = format === 'pdf' ? await printPdfs([form!]) : await printDocx(form!);
  return { name: `ban-dang-ky-${key.slice(0, 5)}-${at}.${format}`, bytes };
}

/** The forms of every ward of a set as one PDF, each with its own page numbers. */
export async function printForms(
  services: Given,
  at: CivilDate,
  units: Units,
): Promise<{ name: string; bytes: Buffer }> {
  const [first, ...others] = await forms(services, at, units, null);
  return { name: `ban-dang-ky-cac-phuong-${at}.pdf`, bytes: await printPdfs([first!, ...others]) };
}

/** The register of a day as XLSX. */
export async function writeRegister(
  services: Given,
  at: CivilDate,
  units: Units,
): Promise<{ name: string; bytes: Buffer }> {
  const register = await titleRegister(services, at, units);
  const bytes = writeXlsx([registerSheet(register, services.places.titleProcedure)]);
  return { name: `so-dang-ky-danh-hieu-${at}.xlsx`, bytes };
}
