/**
 * A load generator that costs little, so that the server is the slower side: plain sockets, one request at a time on
 * each, answers counted by their length, which is the same for every answer to the same request.
 */
import { connect, type Socket } from 'node:net';

export interface Target {
  port: number;
  path: string;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Bytes of head and body together. */
  length: number;
}

const requestOf = ({ port, path, headers = {} }: Target) =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...Object.entries(headers).map(([k, v]) => `${k}: ${v}`),
    '',
    '',
  ].join('\r\n');

/** One answer, read whole. It must state its length. */
export function ask(target: Target): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(target.port, '127.0.0.1');
    let bytes = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
      const headers = Object.fromEntries(
        lines.map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 1).trim()]),
      );
      const status = Number(first.split(' ')[1]);
      const stated = headers['content-length'];
      if (stated === undefined && status !== 304) {
        socket.destroy();
        reject(new Error(`${target.path} does not state its length`));
      }
      const length = end + 4 + Number(stated ?? 0);
      if (bytes.length < length && status !== 304) return;
      socket.destroy();
      resolve({ status, headers, body: bytes.subarray(end + 4), length: status === 304 ? end + 4 : length });
    });
    socket.write(requestOf(target));
  });
}

/** Answers a second over `milliseconds`, with `connections` kept alive. */
export async function throughput(target: Target, milliseconds: number, connections = 16): Promise<number> {
  const { length } = await ask(target);
  const request = requestOf(target);
  let answers = 0;
  const drive = (socket: Socket) => {
    let got = 0;
    socket.on('data', (chunk: Buffer) => {
      got += chunk.length;
      if (got < length) return;
      if (got > length) throw new Error(`${target.path}: an answer of another length (${got}, expected ${length})`);
      got = 0;
      answers += 1;
      socket.write(request);
    });
    socket.write(request);
  };
  const sockets = await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(target.port, '127.0.0.1', () => resolve(socket));
          socket.setNoDelay(true);
          socket.on('error', reject);
        }),
    ),
  );
  const began = performance.now();
  sockets.forEach(drive);
  await new Promise((done) => setTimeout(done, milliseconds));
  const seconds = (performance.now() - began) / 1000;
  for (const socket of sockets) socket.destroy();
  return answers / seconds;
}
