import { i18n } from '../../i18n/i18n.svelte.ts';
import { casesEn } from '../../i18n/cases-en.ts';
import { casesVi, type CaseScreenWords } from '../../i18n/cases-vi.ts';

/** The words of these screens in the reader's language; a chunk of their own, fetched with the screens. */
export const caseWords = (): CaseScreenWords => (i18n.lang === 'en' ? casesEn : casesVi);
