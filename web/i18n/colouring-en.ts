import type { ColouringWords } from './colouring-vi.ts';

const n = (value: number): string => new Intl.NumberFormat('en-GB').format(value);

export const colouringEn: ColouringWords = {
  board: 'Leader’s board',
  sinceLast: 'Changed since the last meeting',
  titleRegister: 'Register of the title',
  titleSteps: 'Steps and papers',
  criterion: (number, title) => `Criterion ${number}. ${title}`,
  wholeCriterion: 'The whole criterion',
  lateTasks: 'Late tasks',
  tasks: 'Tasks',
  task: (title) => `Task: ${title}`,
  notOfTask: 'Not part of the task',
  taskNote: (unit, due) => `${unit} · due ${due}`,
  late: (count) => `${n(count)} late ${count === 1 ? 'task' : 'tasks'}`,
  method: 'Classes',
  methods: {
    'trang-thai': 'By state',
    deu: 'Equal intervals',
    'phan-vi': 'Quantiles (equal numbers of wards)',
    'tu-nhien': 'Natural breaks',
    tay: 'Own boundaries',
  },
  breaks: 'Boundaries between classes',
  breaksHint: 'At most 4 numbers, separated by semicolons, for example: 60; 75.5; 90',
  breaksWrong: 'Something here is not a number.',
  breaksNone: 'No boundary yet, so the intervals are equal.',
  onBoundary: 'A value on a boundary belongs to the upper class.',
  rules: {
    'trang-thai': 'By the target of the indicator, not by classes of numbers.',
    deu: (classes) => `${n(classes)} equal intervals between the least and the greatest value.`,
    'phan-vi': (classes) => `${n(classes)} classes of about as many wards each (quantiles, linear interpolation).`,
    'tu-nhien': (classes) =>
      `${n(classes)} classes with the least deviation within each (Ckmeans); a boundary is the least value of the class above it.`,
    tay: 'Boundaries set by the reader.',
  },
  below: (high) => `below ${high}`,
  from: (low) => `${low} or more`,
  between: (low, high) => `${low} to below ${high}`,
  upTo: (low, high) => `${low} – ${high}`,
  says: (name, label, detail) => `${name}: ${label}${detail ? `, ${detail}` : ''}`,
};
