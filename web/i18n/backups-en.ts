import type { BackupScreenWords } from './backups-vi.ts';

const n = (value: number): string => new Intl.NumberFormat('en-GB').format(value);
const many = (count: number, one: string, more: string) => `${n(count)} ${count === 1 ? one : more}`;

export const backupsEn: BackupScreenWords = {
  title: 'Backups',
  make: 'Back up now',
  making: 'Backing up…',
  makingShare: (percent: number) => `Backing up… ${n(percent)}%`,
  readingBack: 'Reading all of it back to check it…',
  goesOn: 'You may close this window: the server goes on, and the backup is in the list when it is done.',
  stop: 'Stop',
  stopping: 'Stopping…',
  stopped: 'The backup was stopped; nothing half done is left.',
  made: 'The backup is made, and all of it was checked.',
  last: 'Last backup',
  none: 'No backup yet',
  noneLead:
    'The server makes the first one about a minute after it has started. You can make one now; nobody at work is interrupted.',
  next: (instant: string) => `Next automatic one: ${instant}`,
  nextSoon: 'The server will make one by itself within the hour.',
  ago: {
    now: 'just now',
    minutes: (count: number) => `${many(count, 'minute', 'minutes')} ago`,
    hours: (count: number) => `${many(count, 'hour', 'hours')} ago`,
    days: (count: number) => `${many(count, 'day', 'days')} ago`,
  },
  stale:
    'The last one is older than two days. What was entered since has no copy. Back up now, and find out why the schedule did not run.',
  failed: (instant: string) => `The backup of ${instant} failed.`,
  triesAgain: 'The server tries again every hour.',
  faults: {
    backup_damaged: 'The file is damaged and cannot be restored.',
    backup_newer: 'The file is of a newer version of this program.',
    backup_foreign: 'This file is no backup of this program.',
    backup_of_other_kind: 'Real and sample data are mixed up.',
    backup_unreadable: 'The file cannot be read.',
    backup_exists: 'A file of that name exists already.',
    backup_no_space: 'Not enough free disk.',
    backup_folder_unwritable: 'The folder of backups cannot be opened or written. Perhaps its disk is not mounted.',
    backup_source_damaged:
      'The database or the change log is damaged, so no copy was made. Run doctor and audit verify.',
    backup_no_database: 'There is no database yet.',
    backup_in_use: 'The data folder is in use.',
    backup_stopped: 'The backup was stopped.',
    backup_failed: 'The reason is not known; the log of the server has the details.',
  },
  list: 'Backups, newest first',
  count: (count: number, total: string) => `${many(count, 'backup', 'backups')}, ${total} in all`,
  whole: 'Whole',
  wholeChecked: (instant: string) => `Every byte checked at ${instant}`,
  outline: 'Structure is right',
  outlineOnly: 'The length fits; not every byte was read',
  holds: (seq: number, attachments: number) =>
    `Change log up to row ${n(seq)}, ${many(attachments, 'attachment', 'attachments')}`,
  schema: (version: number) => `schema ${n(version)}`,
  check: 'Check',
  checking: 'Checking…',
  of: (instant: string) => `the backup of ${instant}`,
  take: 'Download',
  takeSure:
    'A backup holds all the data, personal data of patients too. Keep it on an encrypted device only. The change log records the download.',
  takeNow: 'Download to this computer',
  takeWhole: 'Only administrators of the whole district may download backups.',
  plan: 'Schedule and keeping',
  planWhen:
    'Every day at 02:30, Hà Nội time, also while people are at work. When that was missed, soon after the server has started.',
  planKeep: (newest: number, days: number, weeks: number) =>
    `Always the ${n(newest)} newest; one a day for ${n(days)} days; then one a week for ${n(weeks)} weeks. An old one is removed only after a new one was checked.`,
  planFolder: 'Folder',
  planDisk:
    'Best on another disk than the data, and copied to another machine regularly. Keep the file private.key of the data folder too, apart from the backups.',
  restore: 'Restoring',
  restoreLead:
    'Restoring is for whoever runs the server, because the server must be stopped. The program checks the file first and keeps the old database beside the new one.',
  restoreSteps: [
    'Stop the server.',
    'In the folder of the program, with the same DATA_DIR, run:',
    'Start the server again.',
  ],
  off: 'Automatic backups are off',
  offLead: 'The server does not know where to put them, so it makes none. If the disk fails, the data is lost.',
  offSteps: [
    'Choose a folder, best on another disk, readable only by the account that runs the server:',
    'Start the server again with the variable BACKUP_DIR:',
  ],
  offMeanwhile: 'Meanwhile one can be made by the command line, without stopping the server:',
};
