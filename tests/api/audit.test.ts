import { describe, expect, it } from 'vitest';
import { browserOn } from '../helpers/asking.ts';
import { make } from '../helpers/make.ts';

async function archive() {
  const clock = make.clock('2022-11-03T16:30:00.000Z');
  const { app, services } = await make.app({ clock });
  const admin = await make.user(services, { username: 'quan.tri' });
  const desk = browserOn(app, await make.session(services, admin));
  const write = (more = {}) =>
    services.changes.commit(make.changeId(), 'placeRelic', async () => ({
      change: make.change({ actor: `user:${admin.id}`, ...more }),
      outcome: null,
    }));
  const seqs = async (query: string) => {
    const { status, body } = await desk.get(`/api/audit?${query}`);
    return status === 200 ? body.items.map(({ recordId }: { recordId: string }) => recordId) : body.code;
  };
  return { app, services, clock, admin, desk, write, seqs };
}

describe('the audit', () => {
  it('tells who did what, before and after, newest first', async () => {
    const { desk, admin, write } = await archive();
    await write({ before: { wardKey: 'a' }, after: { wardKey: 'b' } });
    const { body } = await desk.get('/api/audit?limit=1');
    expect(body.items[0]).toMatchObject({
      actor: `user:${admin.id}`,
      actorName: 'quan.tri',
      verb: 'placeRelic',
      kind: 'relic',
      recordId: 'th-dd-01',
      before: { wardKey: 'a' },
      after: { wardKey: 'b' },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(body.nextCursor).toBe(String(body.items[0].seq));
  });

  it('goes on at its cursor without gap or double', async () => {
    const { desk, write, services } = await archive();
    for (let n = 0; n < 7; n++) await write();
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: { items: { seq: number }[]; nextCursor: string | null } } = await desk.get(
        `/api/audit?limit=3${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map(({ seq }) => seq));
      cursor = page.body.nextCursor;
    }
    const head = await services.changes.head();
    expect(seen).toEqual(Array.from({ length: head }, (_, n) => head - n));
  });

  it('is filtered by actor, kind, record and verb', async () => {
    const { admin, write, seqs } = await archive();
    await write({ recordId: 'one' });
    await write({ recordId: 'two', actor: 'visitor' });
    expect(await seqs(`actor=user:${admin.id}`)).toEqual(['one']);
    expect(await seqs('kind=relic&recordId=two')).toEqual(['two']);
    expect(await seqs('verb=placeRelic')).toEqual(['two', 'one']);
    expect(await seqs('verb=nothing')).toEqual([]);
  });

  it('takes its days from Hà Nội, both ends included', async () => {
    const { clock, write, seqs } = await archive();
    await write({ recordId: 'third' });
    clock.pass(30 * 60_000);
    await write({ recordId: 'fourth' });
    const verb = 'verb=placeRelic';
    expect(await seqs(`${verb}&to=2022-11-03`)).toEqual(['third']);
    expect(await seqs(`${verb}&from=2022-11-04`)).toEqual(['fourth']);
    expect(await seqs(`${verb}&from=2022-11-03&to=2022-11-04`)).toEqual(['fourth', 'third']);
  });

  it.each([
    ['from=yesterday', 'invalid_date'],
    ['to=2022-02-30', 'invalid_date'],
    ['limit=0', 'invalid_request'],
    ['cursor=x', 'invalid_request'],
  ])('refuses %s', async (query, code) => {
    expect(await (await archive()).seqs(query)).toBe(code);
  });

  it('is for its readers only', async () => {
    const { app, services } = await archive();
    const other = await make.user(services, { roles: ['viewer', 'health', 'heritage', 'status'] });
    const browser = browserOn(app, await make.session(services, other));
    for (const path of ['/api/audit', '/api/audit.csv']) {
      expect((await browser.get(path)).body.code).toBe('not_permitted');
    }
  });

  it('is kept by no cache', async () => {
    const { desk } = await archive();
    for (const path of ['/api/audit', '/api/audit.csv']) {
      expect((await desk.get(path)).headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('the audit as CSV', () => {
  it('holds every row under the filter, also more than one page of them', async () => {
    const { desk, services } = await archive();
    await services.db.transaction(async (tx) => {
      await tx.run(
        `INSERT INTO change SELECT 10000 + value, 'id' || value, '2022-11-04T00:00:00.000Z', 'visitor', 'many', 'relic',
           'r', 1, '[]', '{}', 'null', 'null', 'null', '', '', 'h' || value, NULL FROM json_each(?)`,
        [JSON.stringify(Array.from({ length: 1234 }, (_, n) => n))],
      );
    });
    const { body, headers } = await desk.get('/api/audit.csv?verb=many');
    expect(body.trimEnd().split('\r\n')).toHaveLength(1 + 1234);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('attachment');
  });

  it('runs no formula that somebody wrote into a record', async () => {
    const { desk, write } = await archive();
    await write({ recordId: '=HYPERLINK("http://x")', note: '@SUM(1)' });
    const { body } = await desk.get('/api/audit.csv?verb=placeRelic');
    expect(body).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(body).toContain(`'@SUM(1)`);
    expect(body).not.toMatch(/(^|,)"?[=@]/m);
  });
});
