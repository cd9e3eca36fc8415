/** How close a layer snapshot comes to a bare `node:http` server that sends the same bytes; and 304 beside 200. */
import { startServer } from '../helpers/server.ts';
import { ask, throughput } from './load.ts';
import { file, startReference } from './reference.ts';
import { compared, median, type BenchRow } from './row.ts';

const PATH = '/api/layers/streets';
/** node:http writes these by itself; all other headers are the same for both. */
const ADDED_BY_NODE = ['connection', 'keep-alive', 'date'];
const ROUNDS = 8;
const ROUND_MS = 700;

export async function benchSnapshots(): Promise<BenchRow[]> {
  const server = await startServer();
  const accept = { 'accept-encoding': 'br' };
  const ours = { port: server.port, path: PATH, headers: accept };
  const { status, headers, body } = await ask(ours);
  if (status !== 200 || headers['content-encoding'] !== 'br') throw new Error(`no br snapshot at ${PATH}`);
  const { etag = '' } = headers;
  const notModified = { ...ours, headers: { ...accept, 'if-none-match': etag } };
  if ((await ask(notModified)).status !== 304) throw new Error(`${PATH} does not answer 304`);

  const same = Object.fromEntries(Object.entries(headers).filter(([name]) => !ADDED_BY_NODE.includes(name)));
  const bare = await startReference({ files: { [PATH]: file(body, same) }, fanOut: false });
  const theirs = { ...ours, port: bare.port };
  try {
    for (const warmUp of [ours, theirs, notModified]) await throughput(warmUp, ROUND_MS);
    const rounds: { ours: number; theirs: number; notModified: number }[] = [];
    for (let i = 0; i < ROUNDS; i += 1)
      rounds.push({
        ours: await throughput(ours, ROUND_MS),
        theirs: await throughput(theirs, ROUND_MS),
        notModified: await throughput(notModified, ROUND_MS),
      });
    const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
    return [
      compared({
        name: `layer snapshot (${(body.length / 1024).toFixed(0)} kB br) / bare node:http`,
        value: of((r) => r.ours),
        unit: 'answers/s',
        reference: of((r) => r.theirs),
        ratio: of((r) => r.ours / r.theirs),
        budget: { atLeast: 0.75 },
      }),
      compared({
        name: 'layer 304 / the same layer 200',
        value: of((r) => r.notModified),
        unit: 'answers/s',
        reference: of((r) => r.ours),
        ratio: of((r) => r.notModified / r.ours),
        budget: { atLeast: 1 },
      }),
    ];
  } finally {
    bare.stop();
    await server.stop();
  }
}
