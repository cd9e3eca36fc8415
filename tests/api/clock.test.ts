/** The machine's clock is set back while people work. */
import { describe, expect, test } from 'vitest';
import { IDLE_MS } from '../../server/accounts/session.ts';
import { browserOn, type Browser } from '../helpers/asking.ts';
import { make, PASSWORD } from '../helpers/make.ts';

const HOUR = 3_600_000;

async function house() {
  const clock = make.clock();
  const { app, services } = await make.app({ clock });
  await make.user(services, { username: 'quan.tri' });
  const open = () => browserOn(app);
  const signIn = (browser: Browser, password = PASSWORD) =>
    browser.send('POST', '/api/session', { username: 'quan.tri', password });
  const isIn = async (browser: Browser) => (await browser.get('/api/session')).body.user !== null;
  return { clock, services, open, signIn, isIn };
}

describe('a clock that is set back', () => {
  test('does not turn the order of the log round', async () => {
    const { clock, services, open, signIn } = await house();
    const admin = open();
    await signIn(admin);
    for (const hours of [-5, 2, -1, 24]) {
      clock.pass(hours * HOUR);
      await signIn(open());
    }
    await signIn(admin);
    const { items } = (await admin.get('/api/audit?verb=signIn')).body as { items: { seq: number; at: string }[] };
    const told = [...items].sort((a, b) => a.seq - b.seq).map(({ at }) => at);
    expect(told).toEqual([...told].sort());
    expect(told.length).toBe(6);
    expect(await services.changes.verify()).toMatchObject({ ok: true });
  });

  test('by an hour ends no session; and none lives on for as long as the clock was wrong', async () => {
    const { clock, open, signIn, isIn } = await house();
    const browser = open();
    await signIn(browser);
    clock.pass(-HOUR);
    expect(await isIn(browser)).toBe(true);
    clock.pass(-IDLE_MS);
    expect(await isIn(browser)).toBe(false);
    // Whoever signs in now has a session by the clock as it is.
    await signIn(browser);
    expect(await isIn(browser)).toBe(true);
    clock.pass(IDLE_MS);
    expect(await isIn(browser)).toBe(false);
  });

  test('by a day locks nobody out for a day', async () => {
    const { clock, open, signIn } = await house();
    const tries = async () => (await signIn(open(), 'wrong')).status;
    for (let n = 0; n < 5; n++) expect(await tries()).toBe(401);
    expect(await tries()).toBe(429);
    clock.pass(-60_000);
    expect(await tries()).toBe(429);
    clock.pass(-24 * HOUR);
    expect((await signIn(open())).status).toBe(200);
  });
});
