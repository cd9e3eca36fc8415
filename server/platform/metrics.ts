/**
 * What the server counts about itself, as Prometheus reads it (text format 0.0.4). Labels are method, route template
 * and class of status: closed lists, so that no label ever holds an id, a person or what somebody typed.
 */

/** Upper bounds of the latency histogram, in seconds. */
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Answers that no route of the application makes. */
export type Shortcut = 'fast lane' | 'page' | 'base map';

export interface Metrics {
  /** `route` = the template (`/api/wards/{code}`), never the path. */
  count(method: string, route: string, status: number, seconds: number): void;
  /** Counted without a clock: the fast lane has no time for one. */
  countShortcut(route: Shortcut, status: number): void;
  text(gauges: readonly Gauge[]): string;
}
/** `value: null` = nothing to tell: the line is left out. */
export interface Gauge {
  name: string;
  help: string;
  value: number | null;
  type?: 'gauge' | 'counter';
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const escaped = (text: string): string => text.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));

export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const latencies = new Map<string, { counts: number[]; sum: number; count: number }>();
  const add = (method: string, route: string, status: number) => {
    const labels = `method="${METHODS.has(method) ? method : 'other'}",route="${escaped(route)}",status="${Math.floor(status / 100)}xx"`;
    requests.set(labels, (requests.get(labels) ?? 0) + 1);
  };
  return {
    count(method, route, status, seconds) {
      add(method, route, status);
      let latency = latencies.get(route);
      if (!latency) latencies.set(route, (latency = { counts: BUCKETS.map(() => 0), sum: 0, count: 0 }));
      const bucket = BUCKETS.findIndex((bound) => seconds <= bound);
      if (bucket >= 0) latency.counts[bucket] = (latency.counts[bucket] ?? 0) + 1;
      latency.sum += seconds;
      latency.count += 1;
    },
    countShortcut: (route, status) => add('GET', route, status),
    text(gauges) {
      const lines = head('atlas_requests_total', 'Requests answered.', 'counter');
      for (const [labels, value] of [...requests].sort()) lines.push(`atlas_requests_total{${labels}} ${value}`);
      lines.push(...head('atlas_request_seconds', 'Time until the answer was made.', 'histogram'));
      for (const [route, { counts, sum, count }] of [...latencies].sort()) {
        const label = `route="${escaped(route)}"`;
        let below = 0;
        BUCKETS.forEach((bound, index) => {
          below += counts[index] ?? 0;
          lines.push(`atlas_request_seconds_bucket{${label},le="${bound}"} ${below}`);
        });
        lines.push(`atlas_request_seconds_bucket{${label},le="+Inf"} ${count}`);
        lines.push(`atlas_request_seconds_sum{${label}} ${sum}`, `atlas_request_seconds_count{${label}} ${count}`);
      }
      for (const { name, help, value, type = 'gauge' } of gauges) {
        if (value !== null) lines.push(...head(name, help, type), `${name} ${value}`);
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

const head = (name: string, help: string, type: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];
