import { describe, expect, it } from 'vitest';
import { PASSWORD_COST } from '../../server/accounts/password.ts';
import { IDLE_MS, ABSOLUTE_MS } from '../../server/accounts/session.ts';
import { browserOn } from '../helpers/asking.ts';
import { make, PASSWORD, type ServicesOptions } from '../helpers/make.ts';

const MINUTE = 60_000;

async function house(options: ServicesOptions = {}) {
  const clock = make.clock();
  const { app, services } = await make.app({ clock, ...options, env: { trustProxy: true, ...options.env } });
  const user = await make.user(services, { username: 'nguyen.an', roles: ['viewer'] });
  const from = (address: string) => browserOn(app, { 'x-forwarded-for': address });
  const tryOn = (browser: ReturnType<typeof from>, password = PASSWORD, username = 'nguyen.an') =>
    browser.send('POST', '/api/session', { username, password });
  return { app, services, clock, user, from, tryOn };
}

describe('signing in', () => {
  it('tells who one is and what one may do, and keeps it for the next request', async () => {
    const { from, tryOn, user } = await house();
    const browser = from('192.0.2.1');
    const { status, body } = await tryOn(browser);
    expect(status).toBe(200);
    expect(body).toMatchObject({ user: { id: user.id, username: 'nguyen.an' }, scope: 'district' });
    expect(body.permissions).toContain('session.own');
    expect((await browser.get('/api/session')).body).toEqual({ ...body, user: body.user });
  });

  it('takes the name in any case', async () => {
    const { from, tryOn } = await house();
    expect((await tryOn(from('192.0.2.1'), PASSWORD, ' Nguyen.An ')).status).toBe(200);
  });

  it('sets a cookie that no script and no other site can use', async () => {
    const { from, tryOn } = await house();
    const { headers } = await tryOn(from('192.0.2.1'));
    for (const line of headers.getSetCookie()) expect(line).toMatch(/; HttpOnly; SameSite=Strict$/);
  });

  it('behind a proxy with TLS binds the cookie to this host', async () => {
    const { app } = await house();
    const browser = browserOn(app, { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' });
    const { headers } = await browser.send('POST', '/api/session', { username: 'nguyen.an', password: PASSWORD });
    expect(headers.getSetCookie()[0]).toMatch(/^__Host-atlas-session=.+; Path=\/; .+; Secure$/);
    expect((await browser.get('/api/session')).body.user.username).toBe('nguyen.an');
  });

  it('keeps neither the token nor the password anywhere', async () => {
    const { services, from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    const tables = ['change', 'session', 'user_account', 'known_device', 'sign_in_try'];
    const rows = await Promise.all(tables.map((table) => services.db.all(`SELECT * FROM ${table}`)));
    const kept = JSON.stringify(rows);
    expect(kept).not.toContain(PASSWORD);
    for (const value of browser.cookies.values()) expect(kept).not.toContain(value);
  });

  it('gives a new token each time, and ends the session it replaces', async () => {
    const { services, from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    const first = browser.cookies.get('atlas-session');
    await tryOn(browser);
    expect(browser.cookies.get('atlas-session')).not.toBe(first);
    expect(await services.db.all('SELECT id FROM session')).toHaveLength(1);
  });

  it('is one change of the log, by the account itself', async () => {
    const { services, from, tryOn, user } = await house();
    await tryOn(from('192.0.2.1'));
    const rows = await services.db.all("SELECT verb, actor, record_id, after FROM change WHERE kind = 'account'");
    expect(rows).toEqual([
      { verb: 'signIn', actor: `user:${user.id}`, record_id: user.id, after: '{"username":"nguyen.an"}' },
    ]);
  });
});

describe('the same refusal, wrong_credentials', () => {
  it.each([
    ['a wrong password', 'nguyen.an', 'sai mật khẩu rồi', {}],
    ['an unknown name', 'nobody', PASSWORD, {}],
    ['what is no name at all', "' OR 1=1 --", PASSWORD, {}],
    ['a disabled account', 'khoa', PASSWORD, { username: 'khoa', disabled: true }],
    ['an account without a password', 'moi', PASSWORD, { username: 'moi', password: null }],
    ['an account of the demo outside the demo', 'thu', PASSWORD, { username: 'thu', demo: true }],
  ])('for %s', async (_, username, password, more) => {
    const { services, from, tryOn } = await house();
    if (Object.keys(more).length > 0) await make.user(services, more);
    const { status, body, headers } = await tryOn(from('192.0.2.1'), password, username);
    expect([status, body.code, headers.getSetCookie()]).toEqual([401, 'wrong_credentials', []]);
    expect(headers.get('www-authenticate')).toBe('Session');
  });

  it('costs one hash for each: unknown names are no quicker to find out', async () => {
    // As costly as in earnest, so that a hash stands out against everything else.
    const { from, tryOn } = await house({ passwordCost: PASSWORD_COST });
    const timed = async (username: string, address: string) => {
      const begun = performance.now();
      await tryOn(from(address), 'sai mật khẩu rồi', username);
      return performance.now() - begun;
    };
    const median = (times: number[]) => times.sort((a, b) => a - b)[2] as number;
    const known: number[] = [];
    const unknown: number[] = [];
    for (let n = 0; n < 5; n++) {
      known.push(await timed('nguyen.an', `192.0.2.${n}`));
      unknown.push(await timed(`nobody${n}`, `198.51.100.${n}`));
    }
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('too many tries', () => {
  it('from one address are refused with the time to wait, right password or not', async () => {
    const { from, tryOn } = await house();
    const browser = from('203.0.113.9');
    for (let n = 0; n < 5; n++) expect((await tryOn(browser, `sai mật khẩu ${n}`)).status).toBe(401);
    const { status, body, headers } = await tryOn(browser);
    expect([status, body.code, headers.get('retry-after')]).toEqual([429, 'too_many_tries', '180']);
  });

  it('are over after the time told', async () => {
    const { clock, from, tryOn } = await house();
    const browser = from('203.0.113.9');
    for (let n = 0; n < 6; n++) await tryOn(browser, `sai mật khẩu ${n}`);
    clock.pass(3 * MINUTE);
    expect((await tryOn(browser)).status).toBe(200);
  });

  it('for unknown names look the same', async () => {
    const { from, tryOn } = await house();
    const codes: string[] = [];
    for (let n = 0; n < 6; n++) codes.push((await tryOn(from('203.0.113.9'), 'sai mật khẩu', 'nobody')).body.code);
    expect(codes).toEqual([...Array(5).fill('wrong_credentials'), 'too_many_tries']);
  });

  it('a thousand in a minute from one place do not lock out the person at another', async () => {
    const { clock, from, tryOn } = await house();
    const attacker = from('203.0.113.9');
    let looked = 0;
    for (let n = 0; n < 1000; n++) {
      if ((await tryOn(attacker, `đoán lần thứ ${n}`)).status === 401) looked += 1;
      clock.pass(60);
    }
    expect(looked).toBeLessThanOrEqual(6);
    expect((await tryOn(from('192.0.2.1'))).status).toBe(200);
  });

  it('a thousand in a minute from a thousand places do not lock out the person at a browser they used before', async () => {
    const { clock, from, tryOn } = await house();
    const own = from('192.0.2.1');
    await tryOn(own);
    await own.send('DELETE', '/api/session');
    let looked = 0;
    for (let n = 0; n < 1000; n++) {
      const attacker = from(`203.0.${n >> 8}.${n & 255}`);
      if ((await tryOn(attacker, `đoán lần thứ ${n}`)).status === 401) looked += 1;
      clock.pass(60);
    }
    expect(looked).toBeLessThanOrEqual(52);
    expect((await tryOn(own)).status).toBe(200);
  });

  it('do not lock out the person at a known browser in the attacker’s own office', async () => {
    const { from, tryOn } = await house();
    const own = from('192.0.2.1');
    await tryOn(own);
    await own.send('DELETE', '/api/session');
    for (let n = 0; n < 60; n++) await tryOn(from('192.0.2.1'), `đoán lần thứ ${n}`, `name${n}`);
    expect((await tryOn(own)).status).toBe(200);
  });

  it('another’s browser cookie opens no count of its own', async () => {
    const { services, from, tryOn } = await house();
    await make.user(services, { username: 'tran.binh' });
    const binh = from('203.0.113.9');
    await tryOn(binh, PASSWORD, 'tran.binh');
    for (let n = 0; n < 6; n++) await tryOn(binh, `đoán ${n} lần rồi`);
    expect((await tryOn(binh)).body.code).toBe('too_many_tries');
  });

  it('a right password clears one’s own count', async () => {
    const { from, tryOn } = await house();
    for (let round = 0; round < 3; round++) {
      const browser = from('192.0.2.1');
      for (let n = 0; n < 4; n++) expect((await tryOn(browser, 'sai mật khẩu rồi')).status).toBe(401);
      expect((await tryOn(browser)).status).toBe(200);
    }
  });

  it('refused, they write nothing', async () => {
    const { services, from, tryOn } = await house();
    const browser = from('203.0.113.9');
    for (let n = 0; n < 6; n++) await tryOn(browser, `sai mật khẩu ${n}`);
    const rows = () => services.db.all('SELECT * FROM sign_in_try ORDER BY key');
    const before = await rows();
    await tryOn(browser);
    expect(await rows()).toEqual(before);
  });

  it('all at once are answered 503 rather than piled up', async () => {
    const { from, tryOn } = await house();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => tryOn(from(`203.0.113.${n}`), 'sai mật khẩu rồi', `name-${n}`)),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].every((status) => status === 401 || status === 503)).toBe(true);
    for (const { status, headers } of answers) if (status === 503) expect(headers.get('retry-after')).toMatch(/^[12]$/);
  });
});

describe('a session', () => {
  it('ends when it is not used for eight hours', async () => {
    const { clock, from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    clock.pass(IDLE_MS - 1);
    const before = await browser.get('/api/session');
    clock.pass(1 + IDLE_MS);
    const after = await browser.get('/api/session');
    expect([before.body.user?.username, after.body.user]).toEqual(['nguyen.an', null]);
  });

  it('goes on while it is used, up to seven days', async () => {
    const { services, clock, from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    const hours = ABSOLUTE_MS / 3_600_000;
    let lived = 0;
    for (let hour = 0; hour < hours + 2; hour += 6) {
      const { body } = await browser.get('/api/session');
      if (!body.user) break;
      lived = hour;
      // The touch is not waited for by the answer: a transaction of our own stands behind it in the queue.
      await services.db.transaction(async () => undefined);
      clock.pass(6 * 3_600_000);
    }
    expect(lived).toBe(hours - 6);
  });

  it('that has ended is told so where an account is needed', async () => {
    const { clock, from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    clock.pass(IDLE_MS);
    const { status, body } = await browser.get('/api/sessions');
    expect([status, body.code]).toEqual([401, 'signed_out']);
    expect((await browser.get('/api/session')).body.user).toBeNull();
  });

  it('lives on when a question asked just before signing in anew is answered just after', async () => {
    const { from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    const before = browser.cookies.get('atlas-session') ?? '';
    await tryOn(browser);
    const now = browser.cookies.get('atlas-session') ?? '';
    browser.cookies.set('atlas-session', before);
    const late = await browser.get('/api/session');
    expect([late.body.user, late.headers.getSetCookie()]).toEqual([null, []]);
    browser.cookies.set('atlas-session', now);
    expect((await browser.get('/api/session')).body.user).not.toBeNull();
  });

  it('that has ended still reads what everybody may', async () => {
    const { clock, from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    clock.pass(IDLE_MS);
    expect((await browser.get('/api/layers')).status).toBe(200);
  });

  it.each(['x', 'A'.repeat(43), '../../etc/passwd', "' OR 1=1 --", '%00'])(
    'of a forged cookie is none: %s',
    async (value) => {
      const { app } = await house();
      const browser = browserOn(app, { cookie: `atlas-session=${value}` });
      expect((await browser.get('/api/session')).body.user).toBeNull();
      expect((await browser.get('/api/users')).status).toBeGreaterThanOrEqual(401);
    },
  );

  it('ends with signing out, and signing out twice is harmless', async () => {
    const { services, from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    const token = browser.cookies.get('atlas-session') ?? '';
    const { status, body } = await browser.send('DELETE', '/api/session');
    expect([status, body.user]).toEqual([200, null]);
    browser.cookies.set('atlas-session', token);
    expect((await browser.get('/api/session')).body.user).toBeNull();
    expect((await browser.send('DELETE', '/api/session')).status).toBe(200);
    expect(await services.db.all('SELECT id FROM session')).toEqual([]);
  });

  it('is wanted where a closed server shows anything', async () => {
    const { from, tryOn } = await house({ env: { public: false, trustProxy: true } });
    const browser = from('192.0.2.1');
    expect((await browser.get('/api/wards')).status).toBe(403);
    await tryOn(browser);
    expect((await browser.get('/api/wards')).status).toBe(200);
  });
});

describe('a page of another site', () => {
  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'https://evil.example', host: 'atlas.vn' }],
    [{ origin: 'null', host: 'atlas.vn' }],
  ])('may not write: %j', async (headers) => {
    const { from, tryOn } = await house();
    const browser = from('192.0.2.1');
    await tryOn(browser);
    const { status, body } = await browser.send('DELETE', '/api/session', undefined, headers as Record<string, string>);
    expect([status, body.code]).toEqual([403, 'cross_site']);
    expect((await browser.get('/api/session')).body.user).not.toBeNull();
  });

  it('may not send a form', async () => {
    const { from } = await house();
    const { status, body } = await from('192.0.2.1').send('POST', '/api/session', {}, { 'content-type': 'text/plain' });
    expect([status, body.code]).toEqual([415, 'wrong_content_type']);
  });
});

describe('a hostile body', () => {
  const raw = async (text: string) => {
    const { app } = await house();
    const answer = await app.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };

  it.each([
    ['{"username":"a","password":"b","__proto__":{"roles":["admin"]}}'],
    ['{"username":"a","password":"b","\\u005f_proto__":1}'],
    ['{"username":"a","password":"b","constructor":{"prototype":{}}}'],
    ['{"username":"a","password":"b","roles":["admin"]}'],
    ['{"username":{"$ne":null},"password":"b"}'],
    ['["a","b"]'],
    ['null'],
  ])('%s is refused', async (text) => {
    expect(await raw(text)).toEqual([422, 'invalid_request']);
  });
});

describe('accounts of the demo', () => {
  it('are listed with their password, and each of them opens', async () => {
    const { app } = await make.app({ demo: true });
    const { body } = await browserOn(app).get('/api/session/demo-accounts');
    expect(body.items.map((item: { roles: string[]; scope: unknown }) => [item.roles, item.scope])).toEqual([
      [['viewer'], 'district'],
      [['health'], ['00100@1995-10-28']],
      [['health'], ['00109@1995-10-28']],
      [['heritage'], 'district'],
      [['status'], 'district'],
      [['admin', 'heritage'], 'district'],
    ]);
    for (const { username, displayName } of body.items) {
      const { body: session } = await browserOn(app).send('POST', '/api/session', {
        username,
        password: body.password,
      });
      expect([session.user?.username, session.user?.demo, displayName]).toEqual([
        username,
        true,
        expect.stringMatching(/^Tài khoản minh họa: /),
      ]);
    }
  });

  it('are not there outside the demo', async () => {
    const { app, services } = await make.app();
    const { status, body } = await browserOn(app).get('/api/session/demo-accounts');
    expect([status, body.code]).toEqual([404, 'unknown_route']);
    expect(await services.db.all('SELECT id FROM user_account')).toEqual([]);
  });
});
