import { colouringEn } from '../i18n/colouring-en.ts';
import { colouringVi, type ColouringWords } from '../i18n/colouring-vi.ts';
import { i18n } from '../i18n/i18n.svelte.ts';

/** The words of colouring in the reader's language. */
export const colouringWords = (): ColouringWords => (i18n.lang === 'en' ? colouringEn : colouringVi);
