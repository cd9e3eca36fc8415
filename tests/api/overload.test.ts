/** Too much at once, too large, too slow: answered with a code, at a bounded cost. Over a real port. */
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { gateLimits } from '../../server/platform/gate.ts';
import { bind } from '../../server/platform/listener.ts';
import { make } from '../helpers/make.ts';

vi.setConfig({ testTimeout: 90_000 });

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  code: string | undefined;
}

async function serve() {
  const server = await startServer(make.env(), { log: createLog('silent') });
  onTestFinished(() => server.close());
  // Fewer at once than a listening socket keeps waiting (511): beyond that the kernel resets them before we see them.
  const agent = new Agent({ maxSockets: 400 });
  onTestFinished(() => agent.destroy());
  const ask = (path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const { method = 'GET', headers = {}, body } = init;
      const options = { host: '127.0.0.1', port: server.port, path, method, headers, agent };
      const asking = request(options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += String(chunk)));
        response.on('end', () => {
          const problem = response.headers['content-type'] === 'application/problem+json';
          const code = problem ? (JSON.parse(text) as { code: string }).code : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, code });
        });
      });
      asking.on('error', reject).end(body);
    });
  return { ...server, ask };
}

describe('two thousand pending requests', () => {
  /** Watches what piles up while `work` runs. */
  async function watched(server: Awaited<ReturnType<typeof serve>>, work: () => Promise<Answer[]>) {
    let [underWay, queued] = [0, 0];
    const before = process.memoryUsage().rss;
    const timer = setInterval(() => {
      underWay = Math.max(underWay, server.services.gate.underWay);
      queued = Math.max(queued, server.services.db.queued);
    }, 1);
    const answers = await work();
    clearInterval(timer);
    return { answers, underWay, queued, grownBytes: process.memoryUsage().rss - before };
  }
  const all = (count: number, one: (n: number) => Promise<Answer>) =>
    Promise.all(Array.from({ length: count }, (_, n) => one(n)));

  test('to read: answered, or refused with the time to wait', async () => {
    const server = await serve();
    const { answers, underWay, grownBytes } = await watched(server, () =>
      all(2000, (n) => server.ask(`/api/search?q=chua%20${n}`)),
    );
    expect(new Set(answers.map(({ status, code }) => `${status} ${code ?? ''}`))).toEqual(
      new Set(['200 ', ...(answers.some(({ status }) => status === 503) ? ['503 overloaded'] : [])]),
    );
    for (const { status, headers } of answers) if (status === 503) expect(headers['retry-after']).toBe('1');
    expect(underWay).toBeLessThanOrEqual(gateLimits.most);
    // Both ends of two thousand connections are in this process.
    expect(grownBytes).toBeLessThan(250_000_000);
    expect((await server.ask('/api/layers')).status).toBe(200);
  });

  test('to write: each is done once or refused, and the log is whole', async () => {
    const server = await serve();
    const user = await make.user(server.services, { roles: ['heritage'] });
    const { cookie } = await make.session(server.services, user);
    const relics = await server.services.db.all<{ id: string; version: number }>(
      'SELECT id, version FROM relic WHERE lng IS NULL ORDER BY id LIMIT 20',
    );
    const before = await server.services.changes.head();
    const { answers, queued, grownBytes } = await watched(server, () =>
      all(2000, (n) => {
        const relic = relics[n % relics.length];
        return server.ask(`/api/heritage/relics/${relic?.id}`, {
          method: 'PATCH',
          headers: { cookie, 'content-type': 'application/json', 'if-match': `"${relic?.version}"` },
          body: JSON.stringify({
            changeId: make.changeId(),
            position: { lng: 105.8209, lat: 21.0668, errorMeters: 5 },
          }),
        });
      }),
    );
    const codes = new Set(answers.map(({ status, code }) => `${status} ${code ?? ''}`));
    for (const told of codes) expect(['200 ', '412 changed_meanwhile', '503 overloaded']).toContain(told);
    expect(codes).toContain('503 overloaded');
    expect(queued).toBeLessThanOrEqual(gateLimits.mostWrites);
    expect(grownBytes).toBeLessThan(250_000_000);
    const done = answers.filter(({ status }) => status === 200).length;
    expect(await server.services.changes.head()).toBe(before + done);
    expect(await server.services.changes.verify()).toMatchObject({ ok: true });
  });
});

describe('a body of a gigabyte', () => {
  const GIGABYTE = 1_073_741_824;

  test('that says so is refused before a byte of it is read', async () => {
    const { port } = await serve();
    const head = `POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${GIGABYTE}\r\n\r\n`;
    expect(await said(port, (socket) => socket.write(head))).toMatch(/^HTTP\/1.1 413 [^]*"code":"body_too_large"/);
  });

  test('that comes in pieces is refused when the limit is passed, and the rest is not taken', async () => {
    const { port } = await serve();
    const piece = Buffer.alloc(65_536, 0x20);
    const frame = Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]);
    let sent = 0;
    const text = await said(port, (socket) => {
      socket.write(
        'POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
      );
      const more = () => {
        while (!socket.destroyed && sent < GIGABYTE) {
          sent += piece.length;
          if (!socket.write(frame)) return void socket.once('drain', more);
        }
      };
      more();
    });
    expect(text).toMatch(/^HTTP\/1.1 413 [^]*"code":"body_too_large"/);
    expect(sent).toBeLessThan(GIGABYTE / 8);
  });
});

/** What a server says to a connection until it closes it. */
function said(port: number, begin: (socket: ReturnType<typeof connect>) => void): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => begin(socket));
    onTestFinished(() => void socket.destroy());
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
}

describe('whoever is too slow is cut off', () => {
  async function impatient() {
    const limits = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20, idleMs: 300 };
    const bound = await bind({ port: 0, host: '127.0.0.1', tls: null }, { limits });
    onTestFinished(() => bound.stop(0));
    // Reads to the end of the body before it answers; the path `/never` is never answered.
    bound.use((incoming, response) => {
      if (incoming.url !== '/never') incoming.resume().on('end', () => response.end('read'));
    });
    return bound.port;
  }

  test.each([
    ['head', 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: '],
    ['body', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf'],
  ])('with its %s, and told so', async (_, bytes) => {
    const text = await said(await impatient(), (socket) => socket.write(bytes));
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect([head.slice(0, 12), (JSON.parse(body) as { code: string }).code]).toEqual([
      'HTTP/1.1 408',
      'request_too_slow',
    ]);
  });

  test('when nothing happens any more on either side', async () => {
    expect(await said(await impatient(), (socket) => socket.write('GET /never HTTP/1.1\r\nhost: x\r\n\r\n'))).toBe('');
  });
});
