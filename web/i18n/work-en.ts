import type { WorkWords } from './work-vi.ts';

const n = (value: number): string => new Intl.NumberFormat('en-GB').format(value);

export const workEn: WorkWords = {
  evidence: {
    one: 'Evidence',
    title: 'Name of the evidence',
    file: 'File',
    place: 'Where it lies, or its address',
    digest: 'SHA-256 of the file there (if known)',
    checksum: (start) => `digest ${start}…`,
    add: 'Add evidence',
    remove: 'Remove this evidence',
    uploading: 'Uploading…',
  },
  title: 'Programme 03: work',
  views: { bang: 'Board', lich: 'Calendar' },
  lead: 'Late ones first. “Late” and “No report yet” follow from the day and the reports; nothing is moved there by hand.',
  moves: 'Choose a card and press Shift + → or Shift + ← to report it into another column; ← → ↑ ↓ walk between cards.',
  column: (state, count) => `${state}: ${n(count)} ${count === 1 ? 'task' : 'tasks'}`,
  empty: 'No task.',
  moveTo: (state) => `Report “${state}”`,
  open: 'Open the task',
  moved: (state) => `Reported: ${state}.`,
  month: (month, year) =>
    `${new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1))} ${year}`,
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  due: 'Due',
  event: 'Event',
  today: 'The day shown',
  emptyMonth: 'Nothing is due and no event is held this month.',
  lateBefore: 'Late from earlier months',
  undated: 'Events whose source names no day',
  computed: 'Counted from what was recorded',
  computedLead: 'Press a figure to see each row it counts.',
  figures: {
    'own-late': 'of the district’s tasks late',
    'own-going': 'of the district’s tasks in progress',
    'own-done': 'of the district’s tasks done',
    registered: 'wards registered for the title',
    recognised: 'wards recognised',
  },
  unknownSteps: 'Nobody has recorded a step of any ward, so this cannot be counted.',
  none: 'No row.',
  since: (date) => `since ${date}`,
};
