/** Watching the season: what each chart and card says on a day. Counts are full for all signed-in readers of outbreaks. */
import { addDays, daysBetween } from '../../geodata/dates.ts';
import type { CivilDate, Units, WardKey } from '../../geodata/schema.ts';
import type { Actor } from '../accounts/permission.ts';
import { before, isPlaced } from '../dengue/outbreak.ts';
import { scopeOfList } from '../dengue/cases/context-actions.ts';
import { allRelics } from '../heritage/actions.ts';
import { Refusal } from '../platform/refusal.ts';
import { listWards } from '../wards/actions.ts';
import { bulletinOf, incidenceByWard, type CountedOutbreak } from './bulletin.ts';
import { channelOf } from './channel.ts';
import { wardsOf } from './kept.ts';
import { keeperOf, type Given as KeepGiven } from './keep-actions.ts';
import type { Keeper } from './keeper.ts';
import { qualityOf } from './quality.ts';
import { seenOn, standInOf } from './read-actions.ts';
import { maySeeCase, shapeOf, zoneOf, type Seen } from './view.ts';
import { knownOf, warningsOf, type SeenZone } from './warnings.ts';
import type {
  Bulletin,
  Channel,
  Incidence,
  Quality,
  QualityQuery,
  Warnings,
  WatchCurve,
  WatchCurveQuery,
  WatchSpanQuery,
} from './watch-contract.ts';
import { countDays, curveOf, type DayCounts } from './watch-days.ts';

type Given = KeepGiven & { env: { units: Units } };

/** By day a chart shows no more than the season's last weeks, unless somebody asks for more. */
const DAYS_SHOWN = 60;
/** Five years of days. */
const MOST_DAYS = 2_000;

/** The days of one state of the cases, counted once. */
const counted = new WeakMap<Keeper, { revision: number; days: DayCounts[] }>();
function daysOf(keeper: Keeper): DayCounts[] {
  let known = counted.get(keeper);
  if (known?.revision !== keeper.revision) {
    known = { revision: keeper.revision, days: countDays(keeper.cases.values()) };
    counted.set(keeper, known);
  }
  return known.days;
}

const newYear = (at: CivilDate): CivilDate => `${at.slice(0, 4)}-01-01`;

/** @throws {Refusal} 422 `from_after_at`, `too_many_days` */
function spanOf(from: CivilDate, at: CivilDate, most = Infinity): { from: CivilDate; to: CivilDate } {
  const refuse = (code: string) => new Refusal(422, code, { errors: [{ path: 'from', code }] });
  if (from > at) throw refuse('from_after_at');
  if (daysBetween(from, at) >= most) throw refuse('too_many_days');
  return { from, to: at };
}

/** @throws {Refusal} 422 `from_after_at`, `too_many_days` */
export async function watchCurve(services: Given, { by, ...query }: WatchCurveQuery): Promise<WatchCurve> {
  const keeper = await keeperOf(services);
  const at = query.at ?? services.clock.today();
  const usual = by === 'week' ? newYear(at) : addDays(at, 1 - DAYS_SHOWN);
  const { from, to } = spanOf(query.from ?? usual, at, by === 'day' ? MOST_DAYS : 7 * MOST_DAYS);
  const items = curveOf(daysOf(keeper), { at, by, from, counting: keeper.rule.countingClasses });
  return { at, by, from: items[0]?.from ?? from, to: items.at(-1)?.to ?? to, items };
}

const asCounted = ({ kept }: Seen): CountedOutbreak => ({
  openedOn: kept.openedOn,
  expectedEndOn: kept.expectedEndOn,
  declaredOn: kept.declared?.on ?? null,
});

export async function bulletin(
  services: Given,
  query: { at?: CivilDate | undefined; weeks: number },
): Promise<Bulletin> {
  const keeper = await keeperOf(services);
  const at = query.at ?? services.clock.today();
  // A record that lost its group and was never declared is no signal any more.
  const standing = seenOn(keeper, at).filter(({ kept }) => kept.declared !== null || kept.signal);
  return bulletinOf(daysOf(keeper), standing.map(asCounted), {
    at,
    weeks: query.weeks,
    counting: keeper.rule.countingClasses,
  });
}

/** @throws {Refusal} 422 `from_after_at` */
export async function incidence(services: Given, query: WatchSpanQuery): Promise<Incidence> {
  const keeper = await keeperOf(services);
  const at = query.at ?? services.clock.today();
  const span = spanOf(query.from ?? newYear(at), at);
  const { facts, watchRule } = services.places;
  const wards = listWards(services, query.units ?? services.env.units).map(({ key, name }) => ({
    key: key as WardKey,
    name,
    population: facts.wards.find((ward) => ward.key === key)?.population ?? null,
  }));
  return incidenceByWard(keeper.cases.values(), wards, facts.district.population.value, {
    ...span,
    per: watchRule.parameters.incidencePer.value,
    counting: keeper.rule.countingClasses,
  });
}

export async function channel(services: Given, query: { at?: CivilDate | undefined }): Promise<Channel> {
  const keeper = await keeperOf(services);
  const at = query.at ?? services.clock.today();
  return channelOf(daysOf(keeper), services.places.watchRule, at, keeper.rule.countingClasses);
}

/** What lies in the zones this reader sees: in circles where they may see the homes, else in whole cells. */
export async function warnings(
  services: Given,
  query: { at?: CivilDate | undefined },
  actor: Actor,
): Promise<Warnings> {
  const keeper = await keeperOf(services);
  const at = query.at ?? services.clock.today();
  const { rule } = keeper;
  // Declared ones first, then latest first.
  const open = seenOn(keeper, at).toSorted(({ kept: a }, { kept: b }) => before(a.state, b.state));
  const zones = open.flatMap((seen): SeenZone[] => {
    const { number, state } = seen.kept;
    const mark = shapeOf(seen.kept);
    const { geometry, exact } = zoneOf(seen.cases, mark, rule, actor, standInOf(services));
    if (!geometry || state === 'ended') return [];
    const inCircles = !mark && seen.cases.some((one) => isPlaced(one, rule) && maySeeCase(actor, one));
    return [{ number, state, shape: geometry, cells: !exact && !inCircles }];
  });
  const relics = await allRelics(services, at);
  const { festivals, facts, watchRule } = services.places;
  const items = warningsOf(zones, relics, festivals, {
    at,
    festivalDays: watchRule.parameters.festivalDays.value,
    accuracyLimitMeters: rule.accuracyLimitMeters,
  });
  return { at, items, incomplete: knownOf(relics, festivals, facts.district.relicTotals) };
}

/** Of the cases of the reader's wards alone. @throws {Refusal} 403 `outside_scope`; 422 `from_after_at`, `unknown_ward`, `code_needs_date` */
export async function quality(services: Given, query: QualityQuery, actor: Actor): Promise<Quality> {
  const keeper = await keeperOf(services);
  const at = query.at ?? services.clock.today();
  const span = spanOf(query.from ?? newYear(at), at);
  const { index, watchRule } = services.places;
  const { wards } = scopeOfList(services, actor, 'case.read', query.ward, query.units);
  const all = [...keeper.cases.values()];
  const own = wards === null ? all : all.filter((one) => wardsOf(one).some((key) => wards.includes(key)));
  return qualityOf(own, (position, units) => index[units].wardAt(position), {
    ...span,
    lateDays: watchRule.parameters.lateReportDays.value,
    accuracyLimitMeters: keeper.rule.accuracyLimitMeters,
  });
}
