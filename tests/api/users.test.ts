import { describe, expect, it } from 'vitest';
import { browserOn } from '../helpers/asking.ts';
import { make, PASSWORD } from '../helpers/make.ts';

const NEW_PASSWORD = 'thuyền con trên hồ rộng';

/** An administrator at a browser, and a clerk of Quảng An. */
async function office() {
  const clock = make.clock();
  const { app, services } = await make.app({ clock });
  const admin = await make.user(services, { username: 'quan.tri' });
  const clerk = await make.user(services, { username: 'can.bo', roles: ['heritage'], scope: ['00100@1995-10-28'] });
  const at = async (who: typeof admin) => browserOn(app, await make.session(services, who));
  const desk = await at(admin);
  const add = (more: object = {}) =>
    desk.send('POST', '/api/users', {
      changeId: make.changeId(),
      username: 'tran.binh',
      displayName: 'Trần Bình',
      roles: ['health'],
      scope: ['00109@1995-10-28'],
      ...more,
    });
  const update = (id: string, version: number, more: object) =>
    desk.send('PATCH', `/api/users/${id}`, { changeId: make.changeId(), ...more }, { 'if-match': `"${version}"` });
  const lastChange = () => services.db.get<Record<string, string>>('SELECT * FROM change ORDER BY seq DESC LIMIT 1');
  return { app, services, clock, admin, clerk, desk, at, add, update, lastChange, stranger: () => browserOn(app) };
}
const tokenOf = (path: string) => path.replace('/#link=', '');

describe('adding an account', () => {
  it('gives a link by which its owner chooses a password and is signed in', async () => {
    const { add, stranger } = await office();
    const { status, body } = await add();
    expect([status, body.user.state, body.link.purpose]).toEqual([200, 'invited', 'invitation']);
    const token = tokenOf(body.link.path);
    const owner = stranger();
    expect((await owner.send('POST', '/api/session/link', { token })).body).toEqual({
      purpose: 'invitation',
      username: 'tran.binh',
      displayName: 'Trần Bình',
      expiresAt: body.link.expiresAt,
    });
    const used = await owner.send('POST', '/api/session/link/use', { token, password: NEW_PASSWORD });
    expect(used.body).toMatchObject({ user: { username: 'tran.binh', state: 'active' }, scope: ['00109@1995-10-28'] });
    expect((await owner.get('/api/session')).body.user.username).toBe('tran.binh');
  });

  it('again with the same change id gives the same account and the same link', async () => {
    const { add } = await office();
    const changeId = make.changeId();
    const [first, second] = [await add({ changeId }), await add({ changeId })];
    expect(second.body).toEqual(first.body);
  });

  it('again after its link was used tells no link', async () => {
    const { add, stranger } = await office();
    const changeId = make.changeId();
    const { body } = await add({ changeId });
    await stranger().send('POST', '/api/session/link/use', { token: tokenOf(body.link.path), password: NEW_PASSWORD });
    expect((await add({ changeId })).body.link).toBeNull();
  });

  it('keeps no link and no name but the username in the log', async () => {
    const { services, add } = await office();
    const { body } = await add({ unit: 'Trạm y tế Bưởi' });
    const log = JSON.stringify(await services.db.all('SELECT * FROM change'));
    expect(log).toContain('tran.binh');
    for (const secret of [tokenOf(body.link.path), 'Trần Bình', 'Trạm y tế']) expect(log).not.toContain(secret);
  });

  it('sorts the wards of a scope and takes doubles away', async () => {
    const { add } = await office();
    const scope = ['00109@1995-10-28', '00091@2025-07-01', '00109@1995-10-28'];
    expect((await add({ scope })).body.user.scope).toEqual(['00091@2025-07-01', '00109@1995-10-28']);
  });

  it.each([
    [{ username: 'can.bo' }, 409, 'username_taken'],
    [{ username: 'Tran Binh' }, 422, 'invalid_username'],
    [{ username: '__proto__' }, 422, 'invalid_username'],
    [{ roles: ['owner'] }, 422, 'unknown_role'],
    [{ roles: [] }, 422, 'unknown_role'],
    [{ roles: ['__proto__'] }, 422, 'unknown_role'],
    [{ scope: ['00109@2025-07-01'] }, 422, 'unknown_ward_scope'],
    [{ scope: ['99999@1995-10-28'] }, 422, 'unknown_ward_scope'],
    [{ scope: [] }, 422, 'unknown_ward_scope'],
    [{ scope: 'city' }, 422, 'unknown_ward_scope'],
    [{ password: 'a password' }, 422, 'invalid_request'],
    [{ displayName: '  ' }, 422, 'invalid_request'],
    [{ changeId: 'x' }, 422, 'invalid_request'],
  ])('with %j is refused', async (more, status, code) => {
    const { services, add } = await office();
    const before = await services.changes.head();
    const answer = await add(more);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await services.changes.head()).toBe(before);
  });
});

describe('the list', () => {
  it('comes page by page in the order of usernames', async () => {
    const { desk, add } = await office();
    await add();
    const first = await desk.get('/api/users?limit=2');
    const second = await desk.get(`/api/users?limit=2&cursor=${first.body.nextCursor}`);
    const names = [first, second].map(({ body }) => body.items.map(({ username }: { username: string }) => username));
    expect([names, second.body.nextCursor]).toEqual([[['can.bo', 'quan.tri'], ['tran.binh']], null]);
  });

  it('tells no hash', async () => {
    const { desk } = await office();
    expect(JSON.stringify((await desk.get('/api/users')).body)).not.toMatch(/argon2|passwordHash/);
  });

  it('does not know a stranger', async () => {
    const { desk } = await office();
    expect((await desk.get('/api/users/nobody')).body.code).toBe('unknown_user');
  });
});

describe('changing an account', () => {
  it('is recorded with what it was before and after', async () => {
    const { clerk, admin, update, lastChange } = await office();
    const { body } = await update(clerk.id, 1, { roles: ['heritage', 'status'], scope: 'district' });
    expect([body.version, body.roles, body.scope]).toEqual([2, ['heritage', 'status'], 'district']);
    const row = await lastChange();
    expect(row).toMatchObject({ verb: 'updateUser', actor: `user:${admin.id}`, record_id: clerk.id });
    expect([JSON.parse(row?.['before'] ?? ''), JSON.parse(row?.['after'] ?? '')]).toEqual([
      { username: 'can.bo', roles: ['heritage'], scope: ['00100@1995-10-28'], disabled: false },
      { username: 'can.bo', roles: ['heritage', 'status'], scope: 'district', disabled: false },
    ]);
  });

  it('of a name says that it changed, not what to', async () => {
    const { clerk, update, lastChange } = await office();
    await update(clerk.id, 1, { displayName: 'Lê Thị Cúc' });
    const row = await lastChange();
    expect(JSON.parse(row?.['after'] ?? '')).toMatchObject({ changed: ['displayName'] });
    expect(JSON.stringify(row)).not.toContain('Lê Thị Cúc');
  });

  it.each([
    ['disabling', { disabled: true }],
    ['other roles', { roles: ['viewer'] }],
    ['another scope', { scope: ['00109@1995-10-28'] }],
  ])('by %s ends its sessions at once', async (_, more) => {
    const { clerk, at, update } = await office();
    const browser = await at(clerk);
    expect((await browser.get('/api/sessions')).status).toBe(200);
    await update(clerk.id, 1, more);
    expect((await browser.get('/api/sessions')).body.code).toBe('signed_out');
  });

  it('by name alone leaves its sessions', async () => {
    const { clerk, at, update } = await office();
    const browser = await at(clerk);
    await update(clerk.id, 1, { displayName: 'Lê Thị Cúc' });
    expect((await browser.get('/api/sessions')).status).toBe(200);
  });

  it('disabled, it cannot sign in; enabled, it can again', async () => {
    const { clerk, update, stranger, lastChange } = await office();
    const signIn = async () =>
      (await stranger().send('POST', '/api/session', { username: 'can.bo', password: PASSWORD })).status;
    await update(clerk.id, 1, { disabled: true });
    expect([(await lastChange())?.['verb'], await signIn()]).toEqual(['disableUser', 401]);
    await update(clerk.id, 2, { disabled: false });
    expect([(await lastChange())?.['verb'], await signIn()]).toEqual(['enableUser', 200]);
  });

  it('without saying what one saw is refused, and so is an old sight', async () => {
    const { clerk, desk, update } = await office();
    const bare = await desk.send('PATCH', `/api/users/${clerk.id}`, { changeId: make.changeId(), disabled: true });
    expect([bare.status, bare.body.code]).toEqual([428, 'if_match_required']);
    await update(clerk.id, 1, { displayName: 'Lê Thị Cúc' });
    const stale = await update(clerk.id, 1, { disabled: true });
    expect([stale.status, stale.body.code, stale.body.versions]).toEqual([
      412,
      'changed_meanwhile',
      { yours: 1, current: 2 },
    ]);
  });

  it('again with the same change id changes nothing more', async () => {
    const { clerk, desk } = await office();
    const changeId = make.changeId();
    const send = () =>
      desk.send('PATCH', `/api/users/${clerk.id}`, { changeId, displayName: 'Lê Cúc' }, { 'if-match': '"1"' });
    expect([(await send()).body.version, (await send()).body.version]).toEqual([2, 2]);
  });

  it('that nobody knows is refused', async () => {
    const { update } = await office();
    expect((await update('nobody', 1, { disabled: true })).body.code).toBe('unknown_user');
  });
});

describe('the last administrator', () => {
  it.each([
    ['disable', { disabled: true }],
    ['demote', { roles: ['viewer'] }],
  ])('cannot %s themself', async (_, more) => {
    const { admin, update, desk } = await office();
    const { status, body } = await update(admin.id, 1, more);
    expect([status, body.code]).toEqual([409, 'last_admin']);
    expect((await desk.get('/api/users')).status).toBe(200);
  });

  it('is still the last while another is disabled or has no password yet', async () => {
    const { services, admin, update } = await office();
    await make.user(services, { disabled: true });
    await make.user(services, { password: null });
    expect((await update(admin.id, 1, { disabled: true })).body.code).toBe('last_admin');
  });

  it('may go when there is another; two who leave at once do not both', async () => {
    const { services, admin, desk, at } = await office();
    const other = await make.user(services);
    const second = await at(other);
    const leave = (browser: typeof desk, id: string) =>
      browser.send('PATCH', `/api/users/${id}`, { changeId: make.changeId(), disabled: true }, { 'if-match': '"1"' });
    const [one, two] = await Promise.all([leave(desk, admin.id), leave(second, other.id)]);
    expect([one.status, two.status].sort()).toEqual([200, 409]);
  });
});

describe('a link', () => {
  const used = (browser: ReturnType<typeof browserOn>, token: string, more: object = {}) =>
    browser.send('POST', '/api/session/link/use', { token, password: NEW_PASSWORD, ...more });

  it('to reset a password ends the sessions at once, and the old password when it is used', async () => {
    const { clerk, desk, at, stranger } = await office();
    const browser = await at(clerk);
    const { body } = await desk.send('POST', `/api/users/${clerk.id}/link`, { changeId: make.changeId() });
    expect(body.link.purpose).toBe('reset');
    expect((await browser.get('/api/sessions')).body.code).toBe('signed_out');
    await used(stranger(), tokenOf(body.link.path));
    const signIn = async (password: string) =>
      (await stranger().send('POST', '/api/session', { username: 'can.bo', password })).status;
    expect([await signIn(PASSWORD), await signIn(NEW_PASSWORD)]).toEqual([401, 200]);
  });

  it('is used once', async () => {
    const { add, stranger } = await office();
    const token = tokenOf((await add()).body.link.path);
    await used(stranger(), token);
    const { status, body } = await used(stranger(), token);
    expect([status, body.code]).toEqual([410, 'link_used']);
  });

  it('used twice at the same moment lets one in', async () => {
    const { add, stranger } = await office();
    const token = tokenOf((await add()).body.link.path);
    const both = await Promise.all([used(stranger(), token), used(stranger(), token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  it('ends with its time', async () => {
    const { add, clock, stranger } = await office();
    const token = tokenOf((await add()).body.link.path);
    clock.pass(7 * 86_400_000);
    const { status, body } = await used(stranger(), token);
    expect([status, body.code]).toEqual([410, 'link_expired']);
  });

  it('opens nothing any more when there is a newer one', async () => {
    const { add, desk, stranger } = await office();
    const { body } = await add();
    await desk.send('POST', `/api/users/${body.user.id}/link`, { changeId: make.changeId() });
    expect((await used(stranger(), tokenOf(body.link.path))).body.code).toBe('link_expired');
  });

  it('opens nothing for a disabled account, and none is made for one', async () => {
    const { add, update, desk, stranger } = await office();
    const { body } = await add();
    await update(body.user.id, 1, { disabled: true });
    expect((await used(stranger(), tokenOf(body.link.path))).body.code).toBe('link_expired');
    const again = await desk.send('POST', `/api/users/${body.user.id}/link`, { changeId: make.changeId() });
    expect([again.status, again.body.code]).toEqual([409, 'user_disabled']);
  });

  it('that is none opens nothing', async () => {
    const { stranger } = await office();
    for (const token of ['A'.repeat(43), '__proto__', "' OR 1=1 --"]) {
      const { status, body } = await used(stranger(), token);
      expect([status, body.code]).toEqual([404, 'unknown_link']);
    }
  });

  it('with a weak password is not used up', async () => {
    const { add, stranger } = await office();
    const token = tokenOf((await add()).body.link.path);
    const weak = await used(stranger(), token, { password: 'matkhau12345' });
    expect([weak.status, weak.body.code, weak.body.errors]).toEqual([
      422,
      'weak_password',
      [{ path: 'password', code: 'weak_password' }],
    ]);
    expect((await used(stranger(), token)).status).toBe(200);
  });

  it('of an account gives it no other name', async () => {
    const { add, stranger } = await office();
    const token = tokenOf((await add()).body.link.path);
    const { status, body } = await used(stranger(), token, { username: 'quan.tri2', displayName: 'X' });
    expect([status, body.code]).toEqual([422, 'invalid_request']);
  });
});
