import { i18n } from '../../i18n/i18n.svelte.ts';
import { titleEn } from '../../i18n/title-en.ts';
import { titleVi, type TitleWords } from '../../i18n/title-vi.ts';

/** The words of the title's procedure in the reader's language; fetched with its screens. */
export const titleWords = (): TitleWords => (i18n.lang === 'en' ? titleEn : titleVi);
