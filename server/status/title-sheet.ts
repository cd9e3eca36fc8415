/** The register of the title as a sheet of a workbook. Pure. */
import type { TitleProcedure } from '../../geodata/procedure-schema.ts';
import type { WrittenCell, WrittenSheet } from '../platform/sheet-write.ts';
import type { Deadline, RegisterLine, TitleRegister } from './title-contract.ts';
import { formDay } from './title-form.ts';
import { documentsOf } from './title-record.ts';

const day = (on: string | null): string | null => on && formDay(on);

/** What a deadline says in a cell: how many working days are left, or how many it is late. */
export function lateness({ state, daysLeft, unknownYears }: Deadline): string {
  const years = unknownYears.length > 0 ? ` (chưa có lịch nghỉ lễ ${unknownYears.join(', ')})` : '';
  if (state === 'late') return (daysLeft === 0 ? 'quá hạn' : `quá hạn ${-daysLeft} ngày làm việc`) + years;
  if (state === 'open') return `đã đủ thời gian${years}`;
  return `còn ${daysLeft} ngày làm việc${years}`;
}

/** The step as the procedure or its list of standings calls it. */
function stepName(step: string | null, { steps }: TitleProcedure): string {
  if (step === null) return 'Chưa rõ';
  const others: Partial<Record<string, string>> = {
    'not-registered': 'Chưa đăng ký',
    appraisal: 'Đang thẩm định',
    refused: 'Chưa đạt (từ chối bằng văn bản)',
    'recognition-due': 'Đến hạn công nhận lại',
  };
  return steps.find(({ id }) => id === step)?.title.vi ?? others[step] ?? step;
}

const HEADINGS = ['TT', 'Mã', 'Phường', 'Bước', 'Ngày', 'Số văn bản', 'Việc tiếp theo', 'Hạn', 'Còn lại', 'Tiêu chí đạt', 'Hài lòng (%)', 'Phường văn hóa', 'Giấy tờ có', 'Giấy tờ thiếu', 'Nguồn']; // prettier-ignore

export function registerSheet(register: TitleRegister, procedure: TitleProcedure): WrittenSheet {
  const names = documentsOf(procedure);
  const bare = (value: string): WrittenCell => ({ value, look: 'bare' });
  const cells = (line: RegisterLine, i: number): (string | number | null)[] => {
    const [next] = line.deadlines;
    const cultural = line.culturalWard;
    return [
      i + 1,
      line.code,
      line.name,
      stepName(line.step, procedure),
      day(line.since),
      line.paper,
      next ? (next.kind === 'paper' ? stepName(next.next, procedure) : next.title.vi) : null,
      day(next?.dueOn ?? null),
      next ? lateness(next) : null,
      line.criteriaKnown ? `${line.criteriaMet}/${line.criteriaTotal}` : 'chưa có số liệu',
      line.satisfaction ?? 'chưa có số liệu',
      cultural?.state === 'recognised' ? `Đã công nhận ${cultural.year}` : cultural ? 'Chưa công nhận' : 'Chưa rõ',
      `${line.documents.present}/${line.documents.needed}`,
      line.documents.missing.map((id) => names.get(id)?.title.vi ?? id).join('; '),
      line.source,
    ];
  };
  return {
    name: 'Sổ đăng ký',
    widths: [5, 8, 14, 26, 12, 16, 34, 12, 24, 12, 12, 20, 10, 44, 40],
    rows: [
      [{ value: `Sổ đăng ký phường đạt chuẩn đô thị văn minh, ngày ${formDay(register.at)}`, look: 'title' }],
      [bare(register.demo ? 'Dữ liệu minh họa' : procedure.title.vi)],
      [],
      HEADINGS.map((value): WrittenCell => ({ value, look: 'heading' })),
      ...register.wards.map((line, i) => cells(line, i).map((value): WrittenCell => ({ value }))),
      [],
      [bare(procedure.note.vi)],
    ],
  };
}
