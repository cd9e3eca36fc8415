/** 00:00 in Hà Nội is a change like any other: states expire and outbreaks end by date alone. */
import { todayInHanoi } from '../../geodata/dates.ts';
import type { CivilDate } from '../../geodata/schema.ts';
import type { ChangeLog } from './changes.ts';
import { nextMidnight } from './clock.ts';
import type { Reader } from './database.ts';
import { Refusal } from './refusal.ts';
import type { Services } from './services.ts';
import { uuidv7 } from './uuid.ts';

/** Layers whose features depend on the day. */
const DAILY_LAYERS = ['wards', 'hotspots', 'outbreaks'] as const;

/** Writes `dayTurned` for `day`, which becomes the record's id. */
export async function turnDay(changes: ChangeLog, day: CivilDate, at: Date): Promise<void> {
  await changes.commit(uuidv7(at.getTime()), 'dayTurned', async () => ({
    change: {
      kind: 'day',
      verb: 'dayTurned',
      recordId: day,
      version: 1,
      layers: [...DAILY_LAYERS],
      actor: 'clock',
    },
    outcome: { day },
  }));
}

/**
 * Turns the day at every midnight, and at once when the server slept through one. Returns its own end. A pinned day
 * (the demo) never turns.
 */
export async function watchDays(
  services: Pick<Services, 'changes' | 'clock' | 'db' | 'snapshots' | 'log'>,
  lookMs = LOOK_MS,
): Promise<() => void> {
  const { changes, clock, snapshots, log } = services;
  let seen = (await lastDay(services.db)) ?? clock.today();
  let timer: NodeJS.Timeout;
  const look = async () => {
    const today = clock.today();
    if (today === seen) return;
    // What was made for another day is no longer what is asked for, whichever way the clock went.
    snapshots.drop('');
    // A day comes once: set back, the clock turns nothing; set ahead and back again, it loses no day in between.
    if (today > seen && !(await hasTurned(services.db, today))) await turnDay(changes, today, clock.now());
    seen = today;
  };
  const wait = () => {
    const untilMidnight = nextMidnight(clock.now()) - clock.now().getTime();
    // Never longer than a minute: a suspended machine does not run its timers, and a clock may be set.
    timer = setTimeout(turn, Math.min(untilMidnight, lookMs));
    timer.unref();
  };
  const turn = () =>
    void look()
      .catch((error: unknown) => log.error({ err: error }, 'the day did not turn'))
      .finally(wait);
  // A disk that takes no writes keeps nobody from reading: the day turns when it can.
  await look().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
  wait();
  return () => clearTimeout(timer);
}

const LOOK_MS = 60_000;

const hasTurned = async (db: Reader, day: CivilDate): Promise<boolean> => (await db.get(TURNED, [day])) !== undefined;
const TURNED = "SELECT 1 AS turned FROM change WHERE kind = 'day' AND record_id = ?";

/** The day the log stands in: the last one turned to, else that of the last change; `null` = an empty log. */
async function lastDay(db: Reader): Promise<CivilDate | null> {
  const turned = await db.get<{ day: string | null }>("SELECT max(record_id) AS day FROM change WHERE kind = 'day'");
  if (turned?.day) return turned.day;
  const last = await db.get<{ at: string | null }>('SELECT max(at) AS at FROM change');
  return last?.at ? todayInHanoi(new Date(last.at)) : null;
}
