import type { StatusWords } from './status-vi.ts';

const n = (value: number) => value.toLocaleString('en-GB');

export const statusEn: StatusWords = {
  evidence: {
    open: 'Open the evidence',
    noFile: 'no file attached',
    withdrawnOn: (date) => `withdrawn on ${date}`,
    withdraw: 'Withdraw the evidence',
    withdrawLong: (title) => `Withdraw the evidence “${title}”`,
    withdrawHint: 'The file stays in the history. The ward’s status changes at once.',
    why: 'Why it is withdrawn',
    restore: 'Put the evidence back',
    withdrawn: 'Evidence withdrawn, status recomputed.',
    restored: 'Evidence put back, status recomputed.',
    history: 'What was published',
    historyHide: 'Hide what was published',
    historyEmpty: 'Nothing has been published yet.',
    value: (value, period, day) => `${value} · period ${period}, as of ${day}`,
    approvedBy: (who) => `approved by ${who}`,
    knownAt: (day) => `written on ${day}`,
    withdrawnBy: (who, day, reason) => `${who} withdrew the evidence on ${day}: ${reason}`,
    withdrawnOfCell: (date) => `The evidence of the published figure was withdrawn on ${date}.`,
    needed: (what) => `Evidence needed: ${what}`,
  },
  sheet: {
    out: 'Get the Excel sheet',
    in: 'Read from Excel…',
    reading: 'Reading the file…',
    preview: 'What the Excel file says',
    found: (changed, same) => `${n(changed)} rows change something, ${n(same)} stay as they are.`,
    faulty: (rows) => `${n(rows)} rows have faults; nothing has been written.`,
    cell: 'Cell',
    fault: 'Fault',
    said: 'What stands there',
    more: (count) => `and ${n(count)} more faults`,
    moved: (cell, ward, indicator, ours, theirs, who) =>
      `Cell ${cell} (${ward}, ${indicator}): the file says ${ours}, and ${who} has just entered ${theirs}. Saving asks which to keep.`,
    take: (count) => `Put ${n(count)} cells into the sheet`,
    takeRight: (count) => `Leave the faulty rows out, put ${n(count)} right cells into the sheet`,
    taken: (count) => `${n(count)} cells from Excel stand in the sheet, not saved yet.`,
  },
};
