import type { Problem } from './contract.ts';

/**
 * A refusal is an answer, not an accident: thrown by actions and routes, sent as RFC 9457 problem+json, put into words
 * by the client. `code` comes from the closed lists of the contracts; nothing of the request is echoed.
 */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly problem: Problem;

  constructor(
    readonly status: number,
    readonly code: string,
    more: Partial<Problem> = {},
  ) {
    super(code);
    this.problem = problemOf(status, code, more);
  }
}

/** `changed_meanwhile` -> a whole problem titled "Changed meanwhile". */
export function problemOf(status: number, code: string, more: Partial<Problem> = {}): Problem {
  const words = code.replaceAll('_', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return { type: `urn:tayho-atlas:problem:${code}`, title, status, code, detail: title, ...more };
}
