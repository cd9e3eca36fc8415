import { describe, expect, it } from 'vitest';
import { firstAdministratorLink } from '../../server/accounts/own-actions.ts';
import { closeEndedStreams } from '../../server/accounts/session-actions.ts';
import { IDLE_MS } from '../../server/accounts/session.ts';
import { browserOn } from '../helpers/asking.ts';
import { make, PASSWORD } from '../helpers/make.ts';

const NEW_PASSWORD = 'thuyền con trên hồ rộng';

async function home() {
  const clock = make.clock();
  const { app, services } = await make.app({ clock });
  const user = await make.user(services, { username: 'can.bo', roles: ['viewer'] });
  const browser = async (of = user) => browserOn(app, await make.session(services, of));
  return { app, services, clock, user, browser, stranger: () => browserOn(app) };
}

describe('the first administrator', () => {
  const start = async () => {
    const { app, services } = await make.app();
    const token = async () => (await firstAdministratorLink(services))?.replace('/#link=', '') ?? null;
    const use = (given: object) =>
      browserOn(app).send('POST', '/api/session/link/use', { password: PASSWORD, ...given });
    return { app, services, token, use };
  };

  it('is made by the link of the start, and is one', async () => {
    const { token, use } = await start();
    const { status, body } = await use({ token: await token(), username: 'quan.tri', displayName: 'Quản trị' });
    expect([status, body.user.roles, body.scope]).toEqual([200, ['admin'], 'district']);
    expect(body.permissions).toContain('users.manage');
  });

  it('chooses a name', async () => {
    const { token, use } = await start();
    const { status, body } = await use({ token: await token() });
    expect([status, body.code]).toEqual([422, 'invalid_request']);
  });

  it('is made by the newest link only, and once', async () => {
    const { token, use } = await start();
    const old = await token();
    const current = await token();
    const given = { username: 'quan.tri', displayName: 'Quản trị' };
    expect((await use({ token: old, ...given })).body.code).toBe('link_expired');
    expect((await use({ token: current, ...given })).status).toBe(200);
    expect((await use({ token: current, ...given, username: 'quan.tri2' })).body.code).toBe('link_used');
  });

  it('is not made by two at the same moment', async () => {
    const { token, use } = await start();
    const current = await token();
    const both = await Promise.all(
      ['mot', 'hai'].map((username) => use({ token: current, username: `quan.tri.${username}`, displayName: 'Q' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  it('is not made when there is an account already', async () => {
    const { services, token, use } = await start();
    const before = await token();
    await make.user(services);
    expect(await token()).toBeNull();
    expect((await use({ token: before, username: 'ke.gian', displayName: 'X' })).status).toBe(410);
  });

  it('is in the log by name, without the link', async () => {
    const { services, token, use } = await start();
    const current = await token();
    await use({ token: current, username: 'quan.tri', displayName: 'Quản trị' });
    const row = await services.db.get<{ after: string }>("SELECT * FROM change WHERE verb = 'addFirstAdministrator'");
    expect(JSON.parse(row?.after ?? '')).toMatchObject({ username: 'quan.tri', roles: ['admin'] });
    expect(JSON.stringify(row)).not.toContain(current);
  });
});

describe('one’s own profile', () => {
  it('changes name and unit', async () => {
    const { browser } = await home();
    const own = await browser();
    const body = { changeId: make.changeId(), displayName: 'Lê Cúc', unit: 'Phòng Văn hóa' };
    const answer = await own.send('PATCH', '/api/session/profile', body, { 'if-match': '"1"' });
    expect(answer.body).toMatchObject({ displayName: 'Lê Cúc', unit: 'Phòng Văn hóa', version: 2 });
  });

  it('gives nobody a role', async () => {
    const { browser } = await home();
    const body = { changeId: make.changeId(), roles: ['admin'] };
    const answer = await (await browser()).send('PATCH', '/api/session/profile', body, { 'if-match': '"1"' });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_request']);
  });

  it('seen in an older version is not overwritten', async () => {
    const { browser } = await home();
    const body = { changeId: make.changeId(), displayName: 'Lê Cúc' };
    const answer = await (await browser()).send('PATCH', '/api/session/profile', body, { 'if-match': '"9"' });
    expect([answer.status, answer.body.code]).toEqual([412, 'changed_meanwhile']);
  });
});

describe('changing the password', () => {
  const change = (own: ReturnType<typeof browserOn>, more: object = {}) =>
    own.send('POST', '/api/session/password', {
      changeId: make.changeId(),
      currentPassword: PASSWORD,
      newPassword: NEW_PASSWORD,
      ...more,
    });

  it('gives this browser a new session and ends all the others', async () => {
    const { browser } = await home();
    const [own, other] = [await browser(), await browser()];
    const before = own.cookies.get('atlas-session');
    expect((await change(own)).status).toBe(200);
    expect(own.cookies.get('atlas-session')).not.toBe(before);
    expect([(await own.get('/api/sessions')).status, (await other.get('/api/sessions')).status]).toEqual([200, 401]);
  });

  it('ends the old one', async () => {
    const { browser, stranger } = await home();
    await change(await browser());
    const signIn = async (password: string) =>
      (await stranger().send('POST', '/api/session', { username: 'can.bo', password })).status;
    expect([await signIn(PASSWORD), await signIn(NEW_PASSWORD)]).toEqual([401, 200]);
  });

  it.each([
    [{ currentPassword: 'không phải thế' }, 'wrong_password'],
    [{ newPassword: 'ngắn' }, 'weak_password'],
    [{ newPassword: 'can.bo can.bo' }, 'weak_password'],
  ])('with %j is refused', async (more, code) => {
    const { browser } = await home();
    const { status, body } = await change(await browser(), more);
    expect([status, body.code]).toEqual([422, code]);
  });

  it('does not let the thief of a session guess', async () => {
    const { browser } = await home();
    const own = await browser();
    const codes: string[] = [];
    for (let n = 0; n < 11; n++) codes.push((await change(own, { currentPassword: `đoán lần ${n}` })).body.code);
    expect(codes).toEqual([...Array(10).fill('wrong_password'), 'too_many_tries']);
  });
});

describe('one’s own sessions', () => {
  it('are listed, this one marked, others’ not', async () => {
    const { services, browser } = await home();
    const [own] = [await browser(), await browser()];
    await browser(await make.user(services));
    const { body } = await own.get('/api/sessions');
    expect(body.items.map(({ current }: { current: boolean }) => current).sort()).toEqual([false, true]);
    expect(JSON.stringify(body)).not.toContain(own.cookies.get('atlas-session'));
  });

  it('are ended one by one', async () => {
    const { browser } = await home();
    const [own, other] = [await browser(), await browser()];
    const { body } = await own.get('/api/sessions');
    const { id } = body.items.find(({ current }: { current: boolean }) => !current);
    expect((await own.send('DELETE', `/api/sessions/${id}`)).body).toEqual({ ended: 1 });
    expect((await other.get('/api/sessions')).body.code).toBe('signed_out');
  });

  it('are ended all but this one', async () => {
    const { browser } = await home();
    const [own, ...others] = [await browser(), await browser(), await browser()];
    expect((await own.send('DELETE', '/api/sessions')).body).toEqual({ ended: 2 });
    expect(await Promise.all(others.map(async (one) => (await one.get('/api/sessions')).status))).toEqual([401, 401]);
    expect((await own.get('/api/sessions')).status).toBe(200);
  });

  it('are not another’s to end', async () => {
    const { services, browser } = await home();
    const own = await browser();
    const other = await browser(await make.user(services));
    const { body } = await other.get('/api/sessions');
    const answer = await own.send('DELETE', `/api/sessions/${body.items[0].id}`);
    expect([answer.status, answer.body.code]).toEqual([404, 'unknown_session']);
    expect((await other.get('/api/sessions')).status).toBe(200);
  });
});

describe('an event stream', () => {
  /** Opens the stream of a browser; `heard` grows, `ended` resolves. */
  async function listen(app: Awaited<ReturnType<typeof home>>['app'], headers: Record<string, string>) {
    const answer = await app.request('/api/changes', { headers: { accept: 'text/event-stream', ...headers } });
    const stream = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const ended = (async () => {
      for (;;) {
        const { done, value } = await stream.read();
        if (done) return heard;
        heard += value;
      }
    })();
    const until = async (text: string) => {
      while (!heard.includes(text)) await new Promise((turn) => setImmediate(turn));
    };
    await until('event: hello');
    return { ended, until, heard: () => heard };
  }

  it('ends with its session, and says why', async () => {
    const { app, services, user } = await home();
    const headers = await make.session(services, user);
    const { ended } = await listen(app, headers);
    await browserOn(app, headers).send('DELETE', '/api/session');
    expect(await ended).toContain('event: signed-out');
  });

  it.each([
    ['disabled', { disabled: true }],
    ['given another scope', { scope: ['00100@1995-10-28'] }],
  ])('ends when its account is %s, and no other does', async (_, more) => {
    const { app, services, user } = await home();
    const admin = await make.user(services);
    const [headers, desk] = [await make.session(services, user), await make.session(services, admin)];
    const [stream, other] = [await listen(app, headers), await listen(app, desk)];
    const body = { changeId: make.changeId(), ...more };
    await browserOn(app, desk).send('PATCH', `/api/users/${user.id}`, body, { 'if-match': '"1"' });
    expect(await stream.ended).toContain('event: signed-out');
    expect(other.heard()).not.toContain('signed-out');
    services.events.close();
  });

  it('ends when the session has run out, or was ended by another process', async () => {
    const { app, services, clock, user } = await home();
    const [one, two] = [await make.session(services, user), await make.session(services, user)];
    const streams = [await listen(app, one), await listen(app, two)];
    await closeEndedStreams(services);
    expect(services.events.listeners).toBe(2);
    clock.pass(IDLE_MS);
    await closeEndedStreams(services);
    for (const { ended } of streams) expect(await ended).toContain('event: signed-out');
  });

  it('tells acts of accounts to administrators and to nobody else', async () => {
    const { app, services, user } = await home();
    const admin = await make.user(services);
    const listeners = [
      await listen(app, {}),
      await listen(app, await make.session(services, user)),
      await listen(app, await make.session(services, admin)),
    ];
    await browserOn(app).send('POST', '/api/session', { username: 'can.bo', password: PASSWORD });
    await listeners[2]!.until('"verb":"signIn"');
    await services.changes.commit(make.changeId(), 'placeRelic', async () => ({
      change: make.change(),
      outcome: null,
    }));
    for (const { until } of listeners) await until('"verb":"placeRelic"');
    expect(listeners.map(({ heard }) => heard().includes('signIn'))).toEqual([false, false, true]);
    services.events.close();
  });

  it('does not tell them on replay or as a page either', async () => {
    const { app, services, user } = await home();
    await browserOn(app).send('POST', '/api/session', { username: 'can.bo', password: PASSWORD });
    const replayed = await listen(app, { 'last-event-id': '0' });
    expect(replayed.heard()).not.toContain('signIn');
    services.events.close();
    const page = async (headers: { cookie?: string }) =>
      JSON.stringify((await browserOn(app, headers as Record<string, string>).get('/api/changes')).body);
    expect(await page(await make.session(services, user))).not.toContain('signIn');
    expect(await page({})).not.toContain('signIn');
    expect(await page(await make.session(services, await make.user(services)))).toContain('signIn');
  });
});
