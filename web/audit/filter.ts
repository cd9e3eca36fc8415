/** Which part of the log is shown, as one word of the page's address: `so=verb:placeRelic,from:2022-11-01`. Pure. */
export const auditFields = ['actor', 'kind', 'recordId', 'verb', 'from', 'to'] as const;
export type AuditField = (typeof auditFields)[number];
export type AuditFilter = Partial<Record<AuditField, string>>;

/** The key in the address; while it is there the log is open. */
export const AUDIT_KEY = 'so';
const EVERYTHING = 'tat-ca';

export function formatFilter(filter: AuditFilter): string {
  const said = auditFields.flatMap((field) => (filter[field] ? `${field}:${encodeURIComponent(filter[field])}` : []));
  return said.join(',') || EVERYTHING;
}

/** What is no field or no text is left out: an address is typed by people. */
export function parseFilter(text: string): AuditFilter {
  const filter: AuditFilter = {};
  for (const part of text.split(',')) {
    const colon = part.indexOf(':');
    const field = auditFields.find((one) => one === part.slice(0, colon));
    if (!field) continue;
    try {
      const value = decodeURIComponent(part.slice(colon + 1));
      if (value) filter[field] = value;
    } catch {
      // Half an escape: not a value.
    }
  }
  return filter;
}
