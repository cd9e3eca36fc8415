import type { BackupFaultCode } from '../backups/contract.ts';

export type BackupCode = BackupFaultCode;

export class BackupFault extends Error {
  override name = 'BackupFault';
  constructor(
    readonly code: BackupCode,
    /** For the log and the console: which part, which check. */
    detail = '',
  ) {
    super(detail ? `${code}: ${detail}` : code);
  }
}

/** What went wrong, as a code of the closed list. */
export const faultCodeOf = (error: unknown): BackupCode =>
  error instanceof BackupFault ? error.code : 'backup_failed';
