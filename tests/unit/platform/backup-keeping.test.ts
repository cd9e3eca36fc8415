import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, epiWeek, todayInHanoi } from '../../../geodata/dates.ts';
import type { BackupCode } from '../../../server/platform/backup-fault.ts';
import {
  instantOfName,
  isDue,
  keepingRule,
  lastSlot,
  nameOfBackup,
  newestWhole,
  nextSlot,
  superfluous,
} from '../../../server/platform/backup-keeping.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const END = Date.parse('2022-11-04T03:00:00Z');
const now = new Date(END);

interface One {
  at: Date;
  fault: BackupCode | null;
}
const one = (at: string | number, fault: BackupCode | null = null): One => ({ at: new Date(at), fault });

/** Up to sixty backups of the last four months, some of the same day, one in six of them damaged. */
const shelf = fc.uniqueArray(
  fc.record({
    at: fc.integer({ min: 0, max: 120 * 24 * 60 }).map((minutes) => new Date(END - minutes * 60_000)),
    fault: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, fc.constant('backup_damaged' as const)),
  }),
  { selector: ({ at }) => at.getTime(), maxLength: 60 },
);
const whole = (backups: readonly One[]) => backups.filter(({ fault }) => fault === null);
const left = (backups: readonly One[], at = now) => {
  const gone = new Set(superfluous(backups, at));
  return backups.filter((backup) => !gone.has(backup));
};
const age = ({ at }: One) => daysBetween(todayInHanoi(at), todayInHanoi(now));

describe('what is kept', () => {
  it('the newest that is whole, always, and at least seven where there are seven', () => {
    fc.assert(
      fc.property(shelf, (backups) => {
        const kept = whole(left(backups));
        expect(newestWhole(kept)).toBe(newestWhole(backups));
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(keepingRule.newest, whole(backups).length));
      }),
    );
  });

  it('one of each day for 14 days and one of each week for 8 weeks more, each the newest', () => {
    fc.assert(
      fc.property(shelf, (backups) => {
        const kept = new Set(left(backups));
        const newestOf = (groups: Map<string, One>, group: string, backup: One) => {
          const other = groups.get(group);
          if (!other || other.at < backup.at) groups.set(group, backup);
        };
        const days = new Map<string, One>();
        const weeks = new Map<string, One>();
        for (const backup of whole(backups)) {
          const day = todayInHanoi(backup.at);
          newestOf(days, day, backup);
          newestOf(weeks, epiWeek(day).from, backup);
        }
        for (const backup of days.values()) if (age(backup) < 14) expect(kept).toContain(backup);
        for (const backup of weeks.values()) if (age(backup) < 14 + 56) expect(kept).toContain(backup);
      }),
    );
  });

  it('of several of one day the newest alone, once seven newer ones stand', () => {
    const newer = [3, 4, 5, 6, 7, 8, 9].map((hours) => one(END - hours * HOUR));
    const ofOneDay = [one('2022-10-30T09:00:00Z'), one('2022-10-30T05:00:00Z'), one('2022-10-30T02:00:00Z')];
    expect(left([...newer, ...ofOneDay]).slice(newer.length)).toEqual([ofOneDay[0]]);
  });

  it('never more than the rule promises room for', () => {
    fc.assert(
      fc.property(shelf, (backups) => {
        // Eight weeks of days may touch nine weeks of the calendar.
        const { newest, days, weeks } = keepingRule;
        expect(whole(left(backups)).length).toBeLessThanOrEqual(newest + days + weeks + 1);
      }),
    );
  });

  it('is the same whether one tidies every day or once at the end', () => {
    fc.assert(
      fc.property(shelf, (backups) => {
        const inOrder = [...backups].sort((a, b) => a.at.getTime() - b.at.getTime());
        let there: One[] = [];
        for (const backup of inOrder) there = left([...there, backup], backup.at);
        const names = (some: readonly One[]) =>
          whole(some)
            .map(({ at }) => at.getTime())
            .sort();
        expect(names(left(there))).toEqual(names(left(backups)));
      }),
    );
  });

  it('all of it, while none is whole', () => {
    const backups = Array.from({ length: 9 }, (_, index) => one(END - index * 40 * DAY, 'backup_damaged'));
    expect(superfluous(backups, now)).toEqual([]);
  });

  it('a damaged one for its 14 days, and for no day or week', () => {
    const filler = Array.from({ length: 7 }, (_, index) => one(END - index * HOUR));
    const young = one(END - 5 * DAY, 'backup_damaged');
    const sameDay = one(END - 5 * DAY - HOUR);
    const old = one(END - 20 * DAY, 'backup_damaged');
    expect(superfluous([...filler, young, sameDay, old], now)).toEqual([old]);
  });

  it.each(['backup_foreign', 'backup_newer', 'backup_of_other_kind', 'backup_unreadable'] as const)(
    'what is not ours to judge: %s',
    (fault) => {
      const stranger = one(END - 300 * DAY, fault);
      expect(left([one(END), stranger])).toContain(stranger);
    },
  );

  it('seven after a long rest, or a clock that jumped ahead', () => {
    const backups = Array.from({ length: 30 }, (_, index) => one(END - index * DAY));
    expect(left(backups, new Date(END + 400 * DAY))).toEqual(backups.slice(0, 7));
  });
});

describe('02:30 in Hà Nội', () => {
  it('is 19:30 of the day before in UTC', () => {
    const slots = (at: string) => [lastSlot, nextSlot].map((of) => new Date(of(new Date(at))).toISOString());
    expect(slots('2022-11-03T19:30:00.000Z')).toEqual(['2022-11-03T19:30:00.000Z', '2022-11-04T19:30:00.000Z']);
    expect(slots('2022-11-03T19:29:59.999Z')).toEqual(['2022-11-02T19:30:00.000Z', '2022-11-03T19:30:00.000Z']);
  });

  it.each([
    ['none was ever made', [], true],
    ['the last one is of the day before', [one('2022-11-02T19:30:00Z')], true],
    ['one was made by hand an hour too early', [one('2022-11-03T18:30:00Z')], true],
    ['one was made since', [one('2022-11-03T19:30:00Z')], false],
    ['the one made since is damaged', [one('2022-11-03T19:30:00Z', 'backup_damaged')], true],
    ['the only one is of the future: the clock was put back', [one('2023-11-03T19:30:00Z')], true],
  ])('%s', (_, backups, due) => {
    expect(isDue(backups, now)).toBe(due);
  });
});

describe('a name', () => {
  it('carries its instant there and back, the demo’s apart', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 }).map((second) => new Date(second * 1000));
    fc.assert(
      fc.property(seconds, fc.boolean(), (at, demo) => {
        const name = nameOfBackup(at, demo);
        expect(instantOfName(name, demo)).toEqual(at);
        expect(instantOfName(name, !demo)).toBeNull();
      }),
    );
  });

  it.each([
    'tayho-atlas-20220230T000000Z.tar',
    'tayho-atlas-20221104T250000Z.tar',
    'tayho-atlas-20221104T030000Z.tar.gz',
    '../tayho-atlas-20221104T030000Z.tar',
    '.tayho-atlas-20221104T030000Z.tar.part',
    'atlas.sqlite',
    'x',
    '',
  ])('that is none of ours: %j', (name) => {
    expect([instantOfName(name, false), instantOfName(name, true)]).toEqual([null, null]);
  });
});
