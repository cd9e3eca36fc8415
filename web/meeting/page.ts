/** Which snapshot and which page of it the address means: `2` or `2/00112@1995-10-28`; `` = the newest. Pure. */
export const MEETING_KEY = 'hop';

export interface MeetingPage {
  number: number | null;
  /** `null` = the whole district. */
  ward: string | null;
}

export function parsePage(text: string): MeetingPage {
  const [number = '', ward] = text.split('/');
  return { number: /^[1-9]\d{0,5}$/.test(number) ? Number(number) : null, ward: ward || null };
}

export const formatPage = ({ number, ward }: MeetingPage): string =>
  `${number ?? 'moi'}${ward === null ? '' : `/${ward}`}`;

/** The page so many steps on: the district first, then ward after ward; it stops at both ends. */
export function pageAfter(wards: readonly string[], ward: string | null, steps: number): string | null {
  const at = ward === null ? 0 : wards.indexOf(ward) + 1;
  const next = Math.min(wards.length, Math.max(0, at + steps));
  return next === 0 ? null : (wards[next - 1] ?? null);
}
