import { i18n } from '../i18n/i18n.svelte.ts';
import { meetingEn } from '../i18n/meeting-en.ts';
import { meetingVi, type MeetingWords } from '../i18n/meeting-vi.ts';

/** The words of this screen in the reader's language; fetched with it. */
export const meetingWords = (): MeetingWords => (i18n.lang === 'en' ? meetingEn : meetingVi);
