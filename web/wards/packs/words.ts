import { i18n } from '../../i18n/i18n.svelte.ts';
import { packDeskEn } from '../../i18n/pack-desk-en.ts';
import { packDeskVi, type PackDeskWords } from '../../i18n/pack-desk-vi.ts';

/** The words of the screen of packs in the reader's language; fetched with it. */
export const deskWords = (): PackDeskWords => (i18n.lang === 'en' ? packDeskEn : packDeskVi);
