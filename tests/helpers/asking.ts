/** Requests as a browser of one person sends them: cookies kept between answers, JSON in and out. */
import type { App } from '../../server/app.ts';

export interface Answered {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  headers: Headers;
}

export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** Name -> value of what the server set. */
  cookies: Map<string, string>;
}

/** `headers` go with every request; `x-forwarded-for` is an address where the proxy is trusted. */
export function browserOn(app: App, headers: Record<string, string> = {}): Browser {
  const cookies = new Map<string, string>();
  if (headers['cookie']) {
    const [name = '', value = ''] = headers['cookie'].split('=');
    cookies.set(name, value);
  }
  const ask = async (path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answered> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await app.request(path, {
      ...init,
      headers: { ...headers, ...init.headers, ...(cookie && { cookie }) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, body: isJson ? JSON.parse(text) : text, headers: answer.headers };
  };
  return {
    cookies,
    get: (path, more = {}) => ask(path, { headers: { accept: 'application/json', ...more } }),
    send: (method, path, body, more = {}) =>
      ask(path, {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...more },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}
