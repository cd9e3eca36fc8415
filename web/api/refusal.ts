import type { Problem } from '../../server/platform/contract.ts';

/** A refusal as the client holds it: the server's problem, or a code of our own when no answer came. */
export class Refused extends Error {
  readonly code: string;
  readonly problem: Problem | null;

  constructor(code: string, problem: Problem | null = null) {
    super(code);
    this.code = code;
    this.problem = problem;
  }
}

/** `offline`: no answer at all; `unreadable`: an answer that is not ours (a proxy's page, say). */
export const clientRefusals = ['offline', 'unreadable'] as const;

export const asRefused = (fault: unknown): Refused => (fault instanceof Refused ? fault : new Refused('offline'));
