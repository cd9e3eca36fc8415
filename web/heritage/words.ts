import { i18n } from '../i18n/i18n.svelte.ts';
import { heritageEn } from '../i18n/heritage-en.ts';
import { heritageVi, type HeritageWords } from '../i18n/heritage-vi.ts';

/** Words of field work on relics in the reader's language; fetched with its screens. */
export const fieldWords = (): HeritageWords => (i18n.lang === 'en' ? heritageEn : heritageVi);
