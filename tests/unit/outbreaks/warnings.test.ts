import { describe, expect, it } from 'vitest';
import type { Festival } from '../../../geodata/schema.ts';
import { knownOf, warningsOf, type SeenZone, type WatchedRelic } from '../../../server/outbreaks/warnings.ts';
import { circlesAround } from '../../../server/outbreaks/zone.ts';
import { IN_QUANG_AN } from '../../helpers/make.ts';

const { lng, lat } = IN_QUANG_AN;
const relic = (more: Partial<WatchedRelic> = {}): WatchedRelic => ({
  id: 'th-qa-01',
  name: 'Chùa Kim Liên',
  kind: 'chua',
  inInventory: true,
  position: { lng, lat, errorMeters: 20 },
  ...more,
});
const zone = (more: Partial<SeenZone> = {}): SeenZone => ({
  number: 'TH-2022-001',
  state: 'active',
  shape: circlesAround([[lng, lat]], 200)!,
  cells: false,
  ...more,
});
const festival = (held: Festival['held']): Festival => ({
  id: 'le-hoi',
  name: 'Lễ hội',
  relicId: 'th-qa-01',
  held,
  source: 'x',
  confidence: 'medium',
});
const given = { at: '2022-11-04', festivalDays: 30, accuracyLimitMeters: 100 };
const warn = (relics: WatchedRelic[], festivals: Festival[] = [], zones = [zone()]) =>
  warningsOf(zones, relics, festivals, given);

describe('inside a zone', () => {
  it('a relic and a school are told, by their kinds; 201 m away, or without a position, neither', () => {
    const north = (meters: number) => ({ lng, lat: lat + meters / 111_195, errorMeters: 20 });
    expect(warn([relic(), relic({ id: 's', kind: 'school', position: north(199) })])).toEqual([
      { number: 'TH-2022-001', state: 'active', kind: 'relic', id: 'th-qa-01', name: 'Chùa Kim Liên', relicId: 'th-qa-01', on: null, approximate: false }, // prettier-ignore
      { number: 'TH-2022-001', state: 'active', kind: 'school', id: 's', name: 'Chùa Kim Liên', relicId: 's', on: null, approximate: false }, // prettier-ignore
    ]);
    expect(warn([relic({ position: north(201) }), relic({ position: null })])).toEqual([]);
  });

  it('is said to be approximate by whole cells, or where the relic itself is not known to 100 m', () => {
    const approximate = (items: ReturnType<typeof warn>) => items.map((item) => item.approximate);
    expect(approximate(warn([relic()], [], [zone({ cells: true })]))).toEqual([true]);
    expect(approximate(warn([relic({ position: { lng, lat, errorMeters: 100 } })]))).toEqual([true]);
    expect(approximate(warn([relic({ position: { lng, lat, errorMeters: null } })]))).toEqual([true]);
  });

  it.each<[string, Festival['held'], (string | null)[]]>([
    ['whose days nobody has said is told without a day', [], [null]],
    ['that begins in 30 days is told with it', [{ from: '2022-12-04', to: '2022-12-05' }], ['2022-12-04']],
    ['that begins in 31 days is not told', [{ from: '2022-12-05', to: '2022-12-06' }], []],
    ['under way is told', [{ from: '2022-11-01', to: '2022-11-04' }], ['2022-11-01']],
    ['that is over is not told', [{ from: '2022-11-01', to: '2022-11-03' }], []],
    ['of every year is told for the next', [{ from: '2021-11-10', to: '2021-11-11' }, { from: '2022-11-10', to: '2022-11-11' }], ['2022-11-10']], // prettier-ignore
  ])('a festival %s', (_, held, days) => {
    const items = warn([relic()], [festival(held)]).filter(({ kind }) => kind === 'festival');
    expect(items.map(({ on }) => on)).toEqual(days);
  });
});

it('what is not known is counted: relics of the inventory, schools of nobody knows how many, festivals without a day', () => {
  const relics = [relic(), relic({ id: 'b', position: null }), relic({ id: 'c', inInventory: null })];
  expect(knownOf(relics, [festival([])], { relics: 71, festivals: 15 })).toEqual([
    { kind: 'relic', known: 2, of: 71, unplaced: 1, undated: 0 },
    { kind: 'school', known: 0, of: null, unplaced: 0, undated: 0 },
    { kind: 'festival', known: 1, of: 15, unplaced: 0, undated: 1 },
  ]);
  const all = knownOf([relic()], [festival([{ from: '2022-01-01', to: '2022-01-01' }])], { relics: 1, festivals: 1 });
  expect(all.map(({ kind }) => kind)).toEqual(['school']);
});
