import type { StatusWords } from './status-vi.ts';

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
};
