import { i18n } from '../i18n/i18n.svelte.ts';
import { statusEn } from '../i18n/status-en.ts';
import { statusVi, type StatusWords } from '../i18n/status-vi.ts';

/** The words of evidence, sheets, packs and the title in the reader's language; fetched with their screens. */
export const statusWords = (): StatusWords => (i18n.lang === 'en' ? statusEn : statusVi);
