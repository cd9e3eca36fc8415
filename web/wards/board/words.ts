import { boardEn } from '../../i18n/board-en.ts';
import { boardVi, type BoardWords } from '../../i18n/board-vi.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';

/** The words of the board in the reader's language; fetched with it. */
export const boardWords = (): BoardWords => (i18n.lang === 'en' ? boardEn : boardVi);
