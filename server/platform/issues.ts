import type { Problem } from './contract.ts';
import { problemOf } from './refusal.ts';

/** What we read of a zod issue; its words and the value it saw are left out on purpose. */
interface Issue {
  code?: string | undefined;
  path: readonly PropertyKey[];
  message: string;
  format?: unknown;
}

/**
 * zod's issues as one 422: each gets a closed code. A contract names its own code by giving it as the message
 * (`.refine(…, 'bbox_out_of_order')`); otherwise the parameter tells. The problem's code is that of the first issue.
 */
export function problemOfIssues(issues: readonly Issue[]): Problem {
  const errors = issues.map((issue) => ({ path: issue.path.map(String).join('.'), code: codeOf(issue) }));
  return problemOf(422, errors[0]?.code ?? 'invalid_request', { errors });
}

function codeOf(issue: Issue): string {
  if (/^[a-z]+(_[a-z]+)+$/.test(issue.message)) return issue.message;
  if (issue.format === 'date') return 'invalid_date';
  const last = issue.path.at(-1);
  if (last === 'at') return 'invalid_date';
  if (last === 'units') return 'unknown_units';
  if (last === 'bbox') return 'invalid_bbox';
  return 'invalid_request';
}
