import { i18n } from '../../i18n/i18n.svelte.ts';
import { workEn } from '../../i18n/work-en.ts';
import { workVi, type WorkWords } from '../../i18n/work-vi.ts';

/** The words of board, calendar and roll-ups in the reader's language; fetched with them. */
export const workWords = (): WorkWords => (i18n.lang === 'en' ? workEn : workVi);
