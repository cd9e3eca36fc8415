/** Headers every answer shares. MapLibre's worker may come as a blob; styles are set inline by the map and by Svelte. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Of the page and its files. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'geolocation=(self), camera=(self), microphone=(), payment=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Of data, which is no page: it may load nothing, be framed by nobody and be read by our own origin alone. */
export const dataHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export type Encoding = 'br' | 'gzip' | 'identity';

/** Which of our two encodings the reader takes (RFC 9110, 12.5.3); `br;q=0` is a refusal. */
export function bestEncoding(acceptEncoding: string | undefined): Encoding {
  if (!acceptEncoding) return 'identity';
  let best: Encoding = 'identity';
  let bestWeight = 0;
  for (const part of acceptEncoding.split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = weightOf(parameters);
    if (weight <= 0) continue;
    if (name === 'br' && weight >= bestWeight) [best, bestWeight] = ['br', weight];
    else if (name === 'gzip' && weight > bestWeight) [best, bestWeight] = ['gzip', weight];
  }
  return best;
}

function weightOf(parameters: string[]): number {
  for (const parameter of parameters) {
    const match = /^\s*q=([\d.]+)\s*$/.exec(parameter);
    if (match) return Number(match[1]);
  }
  return 1;
}

/** Does `If-None-Match` name this entity tag? Weak comparison (RFC 9110, 8.8.3.2). */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch === etag) return true;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === opaque);
}

/** The strong tag of one encoding of a snapshot: different bytes need different tags. */
export const encodedEtag = (etag: string, encoding: Encoding): string =>
  encoding === 'identity' ? etag : `${etag.slice(0, -1)}-${encoding}"`;
