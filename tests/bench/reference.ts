/**
 * The bare servers to compare with: `node:http` and nothing else, each a process of its own, as ours is. Started by
 * running the bench file again with `--reference`; what to serve comes as one message.
 */
import { fork } from 'node:child_process';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';

interface File {
  headers: Record<string, string>;
  body: string;
}
/** Path -> what to answer; bodies in base64. `fanOut` adds an event stream at /events and POST /fire. */
export interface ReferenceWork {
  files: Record<string, File>;
  fanOut: boolean;
}
export interface Reference {
  port: number;
  stop(): void;
}

export const file = (body: Buffer, headers: Record<string, string>): File => ({
  headers: { ...headers, 'content-length': String(body.length) },
  body: body.toString('base64'),
});

export function startReference(work: ReferenceWork): Promise<Reference> {
  const child = fork(process.argv[1] ?? '', ['--reference'], { execArgv: [] });
  child.send(work);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (port) => resolve({ port: Number(port), stop: () => void child.kill() }));
  });
}

/** The body of the child process. */
export function serveReference(): void {
  process.once('message', (work: ReferenceWork) => {
    const files = new Map(
      Object.entries(work.files).map(([path, { headers, body }]) => [
        path,
        { headers, body: Buffer.from(body, 'base64') },
      ]),
    );
    const listeners = new Set<ServerResponse>();
    let seq = 0;
    const answer: RequestListener = (request, response) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const found = files.get(path);
      if (found) {
        response.writeHead(200, found.headers).end(found.body);
      } else if (work.fanOut && path === '/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('event: hello\ndata: {}\n\n');
        listeners.add(response);
        request.on('close', () => listeners.delete(response));
      } else if (work.fanOut && path === '/fire') {
        seq += 1;
        request.setEncoding('utf8');
        let body = '';
        request.on('data', (text: string) => (body += text));
        request.on('end', () => {
          for (const listener of listeners) listener.write(`event: change\nid: ${seq}\ndata: ${body}\n\n`);
          response.end('{}');
        });
      } else {
        response.writeHead(404).end();
      }
    };
    const server = createServer(answer);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') process.send?.(address.port);
    });
  });
  process.once('disconnect', () => process.exit(0));
}
