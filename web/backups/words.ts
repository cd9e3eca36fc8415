import { backupsEn } from '../i18n/backups-en.ts';
import { backupsVi, type BackupScreenWords } from '../i18n/backups-vi.ts';
import { i18n } from '../i18n/i18n.svelte.ts';

/** The words of this screen in the reader's language; fetched with it. */
export const backupWords = (): BackupScreenWords => (i18n.lang === 'en' ? backupsEn : backupsVi);
