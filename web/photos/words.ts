import { i18n } from '../i18n/i18n.svelte.ts';
import { photosEn } from '../i18n/photos-en.ts';
import { photosVi, type PhotoWords } from '../i18n/photos-vi.ts';

/** Words about photos in the reader's language; fetched with them. */
export const photoWords = (): PhotoWords => (i18n.lang === 'en' ? photosEn : photosVi);
