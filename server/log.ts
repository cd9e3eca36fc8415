/** Structured logs, one JSON line each, on stderr: stdout carries only what is said to people. */
import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Keys whose values may speak of a person or lead to a home; censored at any depth. */
const PRIVATE_KEYS = new Set(
  'name displayName fullName username phone email address lng lat position point geometry coordinates bbox q password token cookie authorization before after'.split(
    ' ',
  ),
);
const CENSORED = '[redacted]';

/** `silent` in tests. `destination` defaults to stderr. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pinoTime,
      serializers: { err: describeError },
      // Without a message of our own pino repeats the error's, unmasked.
      hooks: {
        logMethod(args, method) {
          if (args.length === 1 && typeof args[0] === 'object') method.call(this, args[0] as object, '');
          else method.apply(this, args);
        },
      },
      formatters: { level: (label) => ({ level: label }), log: (entry) => censor(entry, 0) as Record<string, unknown> },
    },
    destination ?? process.stderr,
  );
}

const pinoTime = () => `,"at":"${new Date().toISOString()}"`;

function censor(value: unknown, depth: number): unknown {
  if (value instanceof Error || value === null || typeof value !== 'object') return value;
  if (depth > 6) return CENSORED;
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => censor(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, PRIVATE_KEYS.has(key) ? CENSORED : censor(inner, depth + 1)]),
  );
}

/** An error's message may quote a value; long numbers (phones) and coordinates are masked, the frames stay. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  return { type: error.name, code, message: mask(error.message), stack: mask(error.stack ?? '') };
}

const mask = (text: string): string => text.replace(/\d{1,3}\.\d{3,}|\b0?\d{8,}\b/g, CENSORED);
