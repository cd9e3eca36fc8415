import { describe, expect, it } from 'vitest';
import { COUNTING_BETWEEN, COUNTS_BY_DAY } from '../../server/dengue/store.ts';
import { CONDITION_OF_RELIC, relicQuery } from '../../server/heritage/store.ts';
import { ITEMS_OF_WARD, PAIR } from '../../server/heritage/restoration/store.ts';
import type { SqlValue } from '../../server/platform/database.ts';
import { NEWEST_APPROVED, TITLE_STEPS_UNTIL } from '../../server/status/store.ts';
import { BY_TOKEN } from '../../server/accounts/session-store.ts';
import { auditQuery, distinctQuery, NEWEST_VERSIONS } from '../../server/audit/store.ts';
import { make } from '../helpers/make.ts';

/** What SQLite says it will do, one step a line. */
async function planOf(sql: string, params: readonly SqlValue[]): Promise<string> {
  const db = await make.database();
  const steps = await db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params);
  return steps.map(({ detail }) => detail).join('\n');
}
const AT = '2022-11-04';
const relics = (filter: Omit<Parameters<typeof relicQuery>[0], 'at'>) => {
  const { sql, params } = relicQuery({ at: AT, ...filter });
  return [sql, params] as const;
};
const audit = (filter: Parameters<typeof auditQuery>[0]) => {
  const { sql, params } = auditQuery(filter, 100);
  return [sql, params] as const;
};

describe('the query that reads', () => {
  it.each<[string, readonly [string, readonly SqlValue[]], string]>([
    ['approved figures of a day', [NEWEST_APPROVED, ['qd04-2022', AT, 9]], 'status_value_approved'],
    ['counting cases of a week', [COUNTING_BETWEEN, ['2022-10-24', '2022-10-30']], 'dengue_case_counting'],
    ['counts by day', [COUNTS_BY_DAY, [AT]], 'dengue_case_counting'],
    ['relics of a ward', relics({ ward: { key: '00097@1995-10-28', bbox: [1, 2, 3, 4] } }), 'relic_by_ward'],
    [
      'relics of a ward in the other set',
      relics({ ward: { key: '00097@1995-10-28', bbox: [1, 2, 3, 4] } }),
      'relic_by_place',
    ],
    ['relics in a bbox', relics({ bbox: [105.8, 21, 105.9, 21.1] }), 'relic_by_place'],
    ['the next page of relics', relics({ after: 'th-pt-01', limit: 20 }), 'sqlite_autoindex_relic_1'],
    ['the condition of a relic', [CONDITION_OF_RELIC, ['th-pt-01', AT]], 'relic_condition_by_relic'],
    ['the works of a ward', [ITEMS_OF_WARD, ['00097@1995-10-28']], 'restoration_item_by_ward'],
    ['what was decided about a pair', [PAIR, ['x', 'y']], 'restoration_pair_of_items'],
    ['changes since', ['SELECT * FROM change WHERE seq > ? ORDER BY seq LIMIT ?', [5, 10]], 'INTEGER PRIMARY KEY'],
    ['the session of a token', [BY_TOKEN, ['x']], 'sqlite_autoindex_session_2'],
    ['the audit of an actor', audit({ actor: 'user:x', beforeSeq: 9 }), 'change_of_actor'],
    ['the audit of a verb', audit({ verb: 'signIn' }), 'change_of_verb'],
    ['the audit of a record', audit({ kind: 'relic', recordId: 'x' }), 'change_of_record'],
    ['who acted', [distinctQuery('actor'), []], 'change_of_actor'],
    ['which verbs there were', [distinctQuery('verb'), []], 'change_of_verb'],
    ['which kinds there were', [distinctQuery('kind'), []], 'change_of_record'],
    ['the newest versions of records', [NEWEST_VERSIONS, ['[["relic","x"]]']], 'change_of_record'],
    ['a change by its id', ['SELECT * FROM change WHERE id = ?', ['x']], 'sqlite_autoindex_change_1'],
  ])('%s goes by an index', async (_, [sql, params], index) => {
    const plan = await planOf(sql, params);
    expect(plan).toMatch(new RegExp(`SEARCH .*${index}`));
  });

  it.each<[string, readonly [string, readonly SqlValue[]]]>([
    ['the whole register in order', relics({})],
    ['relics of a kind, a page at a time', relics({ kind: 'chua', limit: 20 })],
    ['counts by day', [COUNTS_BY_DAY, [AT]]],
  ])('%s sorts nothing', async (_, [sql, params]) => {
    expect(await planOf(sql, params)).not.toContain('TEMP B-TREE');
  });

  it('title steps is read row by row up to the last known: a table that stays small, and known to be read so', async () => {
    expect(await planOf(TITLE_STEPS_UNTIL, [9, AT])).toContain('SEARCH title_step USING INTEGER PRIMARY KEY (rowid<?)');
  });
});
