import { describe, expect, it } from 'vitest';
import type { StoredUser } from '../../server/accounts/user-store.ts';
import { browserOn } from '../helpers/asking.ts';
import { make } from '../helpers/make.ts';

const SPOT = { lng: 105.8098, lat: 21.0862 };
const ELSEWHERE = '00100@1995-10-28' as const;

/** Somebody at a desk of a seeded server, a relic without a position, and the verbs they need. */
async function desk(who: Partial<StoredUser> = { roles: ['admin', 'heritage'] }) {
  const { app, services } = await make.app();
  const user = await make.user(services, { username: 'can.bo', ...who });
  const browser = browserOn(app, await make.session(services, user));
  const row = await services.db.get<{ id: string; version: number }>(
    'SELECT id, version FROM relic WHERE lng IS NULL AND ward_key <> ? ORDER BY id LIMIT 1',
    [ELSEWHERE],
  );
  if (!row) throw new Error('every relic has a position');
  const relic = () => browser.get(`/api/heritage/relics/${row.id}`).then(({ body }) => body);
  const place = async (more = {}) => {
    const { version } = await relic();
    const changeId = make.changeId();
    await browser.send(
      'PATCH',
      `/api/heritage/relics/${row.id}`,
      { changeId, position: { ...SPOT, errorMeters: null, ...more } },
      { 'if-match': `"${version}"` },
    );
    return changeId;
  };
  const undo = (change: string | number, version: number, changeId = make.changeId()) =>
    browser.send('POST', `/api/changes/${change}/undo`, { changeId }, { 'if-match': `"${version}"` });
  const newest = async () => services.changes.head();
  return { app, services, user, browser, id: row.id, relic, place, undo, newest };
}

describe('undoing a placement', () => {
  it('takes the relic off the map again, and the row says what it took back', async () => {
    const { browser, relic, place, undo, newest, id } = await desk();
    await place();
    const seq = await newest();
    expect(await undo(seq, 2)).toMatchObject({
      status: 200,
      body: { undone: seq, kind: 'relic', recordId: id, version: 3 },
    });
    expect(await relic()).toMatchObject({ position: null, version: 3 });
    const { body } = await browser.get('/api/audit?limit=1');
    expect(body.items[0]).toMatchObject({
      verb: 'restoreRelicPlace',
      actorName: 'can.bo',
      undoOf: seq,
      before: { position: SPOT },
      after: { position: null, undoOf: seq },
    });
  });

  it('puts it back where it stood before, as exact as it was', async () => {
    const { relic, place, undo, newest } = await desk();
    await place({ errorMeters: 25 });
    const { position } = await relic();
    await place({ lng: 105.82 });
    await undo(await newest(), 3);
    expect((await relic()).position).toEqual(position);
  });

  it('tells every listener what left the map', async () => {
    const { services, place, undo, newest, id } = await desk();
    await place();
    const seq = await newest();
    await undo(seq, 2);
    expect(await services.changes.since(seq, 1)).toMatchObject([{ diffs: { relics: { remove: [id] } } }]);
  });

  it('is found by the change id of the placement too', async () => {
    const { relic, place, undo } = await desk();
    expect(await undo(await place(), 2)).toMatchObject({ status: 200 });
    expect((await relic()).position).toBeNull();
  });

  it('can itself be undone', async () => {
    const { relic, place, undo, newest } = await desk();
    await place();
    const { position } = await relic();
    await undo(await newest(), 2);
    await undo(await newest(), 3);
    expect((await relic()).position).toEqual(position);
  });

  it('does nothing twice when its reply was lost', async () => {
    const { place, undo, newest } = await desk();
    await place();
    const seq = await newest();
    const changeId = make.changeId();
    const first = await undo(seq, 2, changeId);
    const again = await undo(seq, 2, changeId);
    expect([again.body, await newest()]).toEqual([first.body, seq + 1]);
  });
});

describe('undoing what was done to an account', () => {
  it('lets a disabled person in again', async () => {
    const { services, browser, undo, newest } = await desk();
    const other = await make.user(services, { roles: ['viewer'] });
    const path = `/api/users/${other.id}`;
    await browser.send('PATCH', path, { changeId: make.changeId(), disabled: true }, { 'if-match': '"1"' });
    const seq = await newest();
    expect(await undo(seq, 2)).toMatchObject({ status: 200, body: { kind: 'account', version: 3 } });
    expect((await browser.get(path)).body.state).toBe('active');
    expect((await browser.get('/api/audit?limit=1')).body.items[0]).toMatchObject({ verb: 'enableUser', undoOf: seq });
  });

  it('is refused when it would leave nobody to manage users', async () => {
    const { app, services, browser, user, newest } = await desk();
    const other = await make.user(services, { roles: ['viewer'] });
    const headers = { 'if-match': '"1"' };
    const raise = { changeId: make.changeId(), roles: ['admin'] };
    await browser.send('PATCH', `/api/users/${other.id}`, raise, headers);
    const raised = await newest();
    const theirs = browserOn(app, await make.session(services, other));
    await theirs.send('PATCH', `/api/users/${user.id}`, { changeId: make.changeId(), disabled: true }, headers);
    const undoing = { changeId: make.changeId() };
    const { status, body } = await theirs.send('POST', `/api/changes/${raised}/undo`, undoing, { 'if-match': '"2"' });
    expect([status, body.code]).toEqual([409, 'last_admin']);
  });
});

describe('undoing is refused', () => {
  it('when something newer stands on it, with both versions', async () => {
    const { relic, place, undo, newest } = await desk();
    await place();
    const seq = await newest();
    await place({ lng: 105.82 });
    expect(await undo(seq, 2)).toMatchObject({
      status: 412,
      body: { code: 'changed_meanwhile', versions: { yours: 2, current: 3 } },
    });
    expect((await relic()).position.lng).toBe(105.82);
  });

  it('when the reader saw another version than the change left', async () => {
    const { place, undo, newest } = await desk();
    await place();
    expect((await undo(await newest(), 7)).body.code).toBe('changed_meanwhile');
  });

  it('without If-Match', async () => {
    const { browser, place, newest } = await desk();
    await place();
    const { body } = await browser.send('POST', `/api/changes/${await newest()}/undo`, { changeId: make.changeId() });
    expect(body.code).toBe('if_match_required');
  });

  it('for a verb that nothing takes back', async () => {
    const { undo, services, app, newest } = await desk();
    await make.user(services, { username: 'moi.den' });
    await browserOn(app).send('POST', '/api/session', { username: 'moi.den', password: 'một hồ rất rộng' });
    expect(await undo(await newest(), 1)).toMatchObject({ status: 409, body: { code: 'not_undoable' } });
  });

  it('for a change that is not there', async () => {
    const { undo } = await desk();
    expect((await undo(9999, 1)).body.code).toBe('unknown_change');
    expect((await undo(make.changeId(), 1)).body.code).toBe('unknown_change');
  });

  it('for a name that is neither a seq nor a change id', async () => {
    const { undo } = await desk();
    expect(await undo('latest', 1)).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  });

  it('to an administrator who may not place relics', async () => {
    const { services, app, place, newest } = await desk();
    await place();
    const admin = browserOn(app, await make.session(services, await make.user(services, { roles: ['admin'] })));
    const { body } = await admin.send(
      'POST',
      `/api/changes/${await newest()}/undo`,
      { changeId: make.changeId() },
      { 'if-match': '"2"' },
    );
    expect(body.code).toBe('not_permitted');
  });

  it('to somebody whose scope does not reach the relic', async () => {
    const { services, app, place, newest } = await desk();
    await place();
    const other = await make.user(services, { roles: ['heritage'], scope: [ELSEWHERE] });
    const { body } = await browserOn(app, await make.session(services, other)).send(
      'POST',
      `/api/changes/${await newest()}/undo`,
      { changeId: make.changeId() },
      { 'if-match': '"2"' },
    );
    expect(body.code).toBe('outside_scope');
  });
});

describe('the audit', () => {
  it('offers to undo the newest placement only, and only to who may', async () => {
    const { services, app, browser, place, undo, newest } = await desk();
    await place();
    await place({ lng: 105.82 });
    const undoable = async (who = browser) =>
      (await who.get('/api/audit?kind=relic')).body.items.map((item: { undoable: boolean }) => item.undoable);
    expect(await undoable()).toEqual([true, false]);
    const admin = browserOn(app, await make.session(services, await make.user(services, { roles: ['admin'] })));
    expect(await undoable(admin)).toEqual([false, false]);
    await undo(await newest(), 3);
    expect(await undoable()).toEqual([true, false, false]);
  });

  it('names the relic', async () => {
    const { browser, place, relic } = await desk();
    await place();
    const { body } = await browser.get('/api/audit?limit=1');
    expect(body.items[0]).toMatchObject({ recordName: (await relic()).name, actorDisplayName: 'Nguyễn Thị Thử' });
  });

  it('offers as choices who acted, and how', async () => {
    const { browser, place, user } = await desk();
    await place();
    const { body } = await browser.get('/api/audit/choices');
    expect(body).toEqual({
      actors: [
        { actor: 'seed', username: null, displayName: null },
        { actor: `user:${user.id}`, username: 'can.bo', displayName: 'Nguyễn Thị Thử' },
      ],
      kinds: ['register', 'relic'],
      verbs: ['placeRelic', 'seedRelics'],
    });
  });
});

describe('GET /api/audit/verify', () => {
  it('finds the log whole, and one printed head fits it', async () => {
    const { browser, place } = await desk();
    await place();
    const health = (await browser.get('/api/health')).body;
    const whole = { ok: true, rows: health.seq, head: health.chainHash };
    expect((await browser.get('/api/audit/verify')).body).toEqual(whole);
    await place();
    const { body } = await browser.get(`/api/audit/verify?head=${health.chainHash.slice(0, 12)}@${health.seq}`);
    expect(body).toMatchObject({ ok: true, rows: health.seq + 1 });
  });

  it('names the row that was altered', async () => {
    const { services, browser, place } = await desk();
    await place();
    await services.db.transaction((tx) =>
      tx.script("DROP TRIGGER change_is_final; UPDATE change SET actor = 'nobody' WHERE seq = 1;"),
    );
    expect((await browser.get('/api/audit/verify')).body).toEqual({ ok: false, seq: 1, fault: 'altered' });
  });

  it('misses the end that a printed head knew', async () => {
    const { browser } = await desk();
    const { body } = await browser.get(`/api/audit/verify?head=${'ab'.repeat(32)}@99`);
    expect(body).toMatchObject({ ok: false, fault: 'truncated' });
  });

  it('refuses a head it cannot read', async () => {
    const { browser } = await desk();
    expect((await browser.get('/api/audit/verify?head=yesterday')).body.code).toBe('invalid_request');
  });
});
