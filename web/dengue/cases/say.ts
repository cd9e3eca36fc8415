/** A value of a case in the words of a catalogue: for card, table, history and the two sides of a conflict. Pure. */
import type { CaseScreenWords } from '../../i18n/cases-vi.ts';
import { formatDate } from '../../lib/format.ts';

type Table = Readonly<Record<string, string>>;
const wordOf = (table: Table, key: unknown, other: string): string =>
  typeof key === 'string' ? (table[key] ?? key) : other;

interface Spot {
  lng: number;
  lat: number;
  accuracyMeters: number | null;
}
const isSpot = (value: unknown): value is Spot =>
  typeof value === 'object' && value !== null && 'lng' in value && 'lat' in value;

/** `21.06450, 105.82660 (± 10 m)` */
export function sayPlace(value: unknown, w: CaseScreenWords): string {
  if (!isSpot(value)) return w.needsLocating;
  const { lng, lat, accuracyMeters } = value;
  const accuracy = accuracyMeters == null ? w.accuracyUnknown : w.accuracy(accuracyMeters);
  return `${lat.toFixed(5)}, ${lng.toFixed(5)} (${accuracy})`;
}

function sayTest(value: unknown, w: CaseScreenWords): string {
  const { kind, result } = value as { kind?: string; result?: string };
  return `${wordOf(w.tests, kind, '')} ${wordOf(w.results, result, '')}`.trim();
}

/** @param field a field of the case or of its form; what has no words is shown as it is */
export function sayField(
  field: string,
  value: unknown,
  w: CaseScreenWords,
  ward = (key: string): string => key,
): string {
  if (field === 'position') return sayPlace(value, w);
  if (field === 'removed' && (value === null || value === undefined)) return w.filter.inList;
  if (value === null || value === undefined || value === '') return w.unknownValue;
  switch (field) {
    case 'class':
      return wordOf(w.classes, value, w.unknownValue);
    case 'onsetOn':
    case 'reportedOn':
      return formatDate(String(value));
    case 'wardKey':
    case 'ward':
      return ward(String(value));
    case 'origin':
      return wordOf(w.origins, value, w.unknownValue);
    case 'severity':
      return wordOf(w.severities, value, w.unknownValue);
    case 'sex':
      return wordOf(w.sexes, value, w.unknownValue);
    case 'outcome':
      return wordOf(w.outcomes, value, w.unknownValue);
    case 'ageGroup':
      return wordOf(w.ages, value, w.unknownValue);
    case 'test':
      return sayTest(value, w);
    case 'testKind':
      return wordOf(w.tests, value, w.unknownValue);
    case 'testResult':
      return wordOf(w.results, value, w.unknownValue);
    case 'removed':
      return wordOf(w.removals, (value as { reason?: unknown }).reason, w.removed);
    default:
      return String(value);
  }
}
