/** One change to 500 listeners: from the moment it is sent in until the last has it, against a bare fan-out. */
import { Agent, request, type IncomingMessage } from 'node:http';

import { uuidv7 } from '../../web/lib/uuid.ts';
import { startServer } from '../helpers/server.ts';
import { startReference } from './reference.ts';
import { compared, median, reported, type BenchRow } from './row.ts';

const LISTENERS = 500;
const EVENTS = 7;
const WEST_LAKE = { lng: 105.8205, lat: 21.0545 };

interface Crowd {
  /** Resolves with the time at which the last listener has had one more change. */
  next(): Promise<{ at: number; text: string }>;
  leave(): void;
}

async function gather(port: number, path: string): Promise<Crowd> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  let waiting = 0;
  let done: (last: { at: number; text: string }) => void = () => {};
  const listen = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request({ port, path, agent, headers: { accept: 'text/event-stream' } }, (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`${path}: ${answer.statusCode}`));
        let rest = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          rest += text;
          for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
            const event = rest.slice(0, end);
            rest = rest.slice(end + 2);
            if (event.includes('event: hello')) resolve(answer);
            else if (event.includes('event: change') && --waiting === 0) done({ at: performance.now(), text: event });
          }
        });
      });
      asked.on('error', reject).end();
    });
  const answers: IncomingMessage[] = [];
  // In groups: a burst of 500 connections overflows the queue of a listening socket, and the kernel then waits a second.
  while (answers.length < LISTENERS) answers.push(...(await Promise.all(Array.from({ length: 50 }, listen))));
  return {
    next() {
      waiting = LISTENERS;
      return new Promise((resolve) => (done = resolve));
    },
    leave() {
      for (const answer of answers) answer.destroy();
      agent.destroy();
    },
  };
}

export async function benchFanOut(): Promise<BenchRow[]> {
  const server = await startServer({ demo: true });
  const bare = await startReference({ files: {}, fanOut: true });
  const ours = await gather(server.port, '/api/changes');
  const theirs = await gather(bare.port, '/events');
  const headers = { 'content-type': 'application/json' };
  try {
    const { items } = await server.get<{ items: { id: string; version: number; position: unknown }[] }>(
      '/api/heritage/relics',
    );
    const unplaced = items.filter((relic) => relic.position === null).slice(0, EVENTS);
    if (unplaced.length < EVENTS) throw new Error('too few relics without a position');

    const rounds: { ours: number; theirs: number }[] = [];
    for (const relic of unplaced) {
      const got = ours.next();
      const sent = performance.now();
      const answer = await fetch(`${server.url}/api/heritage/relics/${relic.id}`, {
        method: 'PATCH',
        headers: { ...headers, 'if-match': `"${relic.version}"` },
        body: JSON.stringify({ changeId: uuidv7(), position: { ...WEST_LAKE, errorMeters: 100 } }),
      });
      if (!answer.ok) throw new Error(`placing ${relic.id}: ${answer.status} ${await answer.text()}`);
      const { at, text } = await got;

      const data = text.split('\n').find((line) => line.startsWith('data: ')) ?? '';
      const bareGot = theirs.next();
      const bareSent = performance.now();
      await fetch(`http://127.0.0.1:${bare.port}/fire`, { method: 'POST', headers, body: data.slice('data: '.length) });
      rounds.push({ ours: at - sent, theirs: (await bareGot).at - bareSent });
    }
    const value = median(rounds.map((round) => round.ours));
    return [
      compared({
        name: `a change to ${LISTENERS} listeners, last one / bare fan-out`,
        value,
        unit: 'ms',
        reference: median(rounds.map((round) => round.theirs)),
        ratio: median(rounds.map((round) => round.ours / round.theirs)),
        // The bare one keeps no log: ours writes the change to the disk first, and that is in the time.
        budget: { atMost: 5 },
      }),
      reported({
        name: `a change to ${LISTENERS} listeners, last one`,
        value,
        unit: 'ms',
        budget: { atMost: 150 },
      }),
    ];
  } finally {
    ours.leave();
    theirs.leave();
    bare.stop();
    await server.stop();
  }
}
