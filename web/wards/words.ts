import { colouringEn } from '../i18n/colouring-en.ts';
import { colouringVi, type ColouringWords } from '../i18n/colouring-vi.ts';
import { i18n } from '../i18n/i18n.svelte.ts';
import { packsEn } from '../i18n/packs-en.ts';
import { packsVi, type PacksWords } from '../i18n/packs-vi.ts';

/** The words of colouring in the reader's language. */
export const colouringWords = (): ColouringWords => (i18n.lang === 'en' ? colouringEn : colouringVi);

/** The words of choosing a pack. */
export const packsWords = (): PacksWords => (i18n.lang === 'en' ? packsEn : packsVi);
