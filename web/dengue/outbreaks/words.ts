import { i18n } from '../../i18n/i18n.svelte.ts';
import { outbreaksEn } from '../../i18n/outbreaks-en.ts';
import { outbreaksVi, type OutbreakWords } from '../../i18n/outbreaks-vi.ts';

/** The words of these screens in the reader's language; a chunk of their own, fetched with the screens. */
export const outbreakWords = (): OutbreakWords => (i18n.lang === 'en' ? outbreaksEn : outbreaksVi);
