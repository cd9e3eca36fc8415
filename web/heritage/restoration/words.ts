import { i18n } from '../../i18n/i18n.svelte.ts';
import { restorationEn } from '../../i18n/restoration-en.ts';
import { restorationVi, type RestorationWords } from '../../i18n/restoration-vi.ts';

/** Words of restoration in the reader's language; fetched with its screens. */
export const restorationWords = (): RestorationWords => (i18n.lang === 'en' ? restorationEn : restorationVi);

/** `1.250,5 triệu đồng`; an en dash where nobody knows. */
export const millions = (dong: number | null): string =>
  dong === null ? '–' : restorationWords().millions(i18n.number(dong / 1_000_000));
/** The same without its unit, for columns that say it. */
export const bareMillions = (dong: number | null): string => (dong === null ? '–' : i18n.number(dong / 1_000_000));
