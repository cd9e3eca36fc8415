/** Numbers and dates in the reader's form. Civil dates are strings `YYYY-MM-DD`; no time zone enters here. */
export type Lang = 'vi' | 'en';

const locales: Record<Lang, string> = { vi: 'vi-VN', en: 'en-GB' };

/** `1.234,5` in Vietnamese, `1,234.5` in English. */
export const formatNumber = (value: number, lang: Lang, digits = 2): string =>
  new Intl.NumberFormat(locales[lang], { maximumFractionDigits: digits }).format(value);

/** `12,4 MB`, in steps of a thousand as disks are sold. */
export function formatBytes(bytes: number, lang: Lang): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatNumber(value, lang, unit === 0 || value >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** `27/09/2022` in both languages: the form the district's papers use. */
export const formatDate = (date: string): string => {
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
};

/** An instant (RFC 3339) as the clocks of Hà Nội show it: `27/09/2022 10:03` (UTC+7 without daylight saving since 1975). */
export const formatInstant = (at: string): string => {
  const local = new Date(Date.parse(at) + 7 * 3_600_000).toISOString();
  return `${formatDate(local.slice(0, 10))} ${local.slice(11, 16)}`;
};

/** `24/10 – 30/10/2022` */
export const formatSpan = (from: string, to: string): string => `${formatDate(from).slice(0, 5)} – ${formatDate(to)}`;

/** `W44` of `2022-W44` in words is the caller's; this is its number. */
export const weekNumber = (week: string): number => Number(week.slice(-2));
