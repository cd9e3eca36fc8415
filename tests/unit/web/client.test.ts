import { describe, expect, it } from 'vitest';
import { ask } from '../../../web/api/client.ts';

const answer = (status: number, body: string) => Promise.resolve(new Response(body, { status }));

describe('asking the server', () => {
  it('gives the body of a good answer', async () => {
    expect(await ask(answer(200, '{"seq":7}'))).toEqual({ seq: 7 });
  });

  it("throws the server's own code when it refuses", async () => {
    const problem = { type: 'about:blank', title: '', status: 403, code: 'not_permitted', detail: '' };
    await expect(ask(answer(403, JSON.stringify(problem)))).rejects.toMatchObject({ code: 'not_permitted', problem });
  });

  it('is offline when no answer comes', async () => {
    await expect(ask(Promise.reject(new TypeError('Failed to fetch')))).rejects.toMatchObject({ code: 'offline' });
  });

  it.each([
    [502, '<html>a proxy speaks</html>'],
    [500, '{"message":"not a problem of ours"}'],
  ])('is unreadable when %s is not ours', async (status, body) => {
    await expect(ask(answer(status, body))).rejects.toMatchObject({ code: 'unreadable' });
  });
});
