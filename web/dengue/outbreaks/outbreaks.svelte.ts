import type { Position, Units } from '../../../geodata/schema.ts';
import type { CaseProperties } from '../../../server/dengue/cases/contract.ts';
import type { HistoryEvent, OutbreakState, OutbreakWords, RulesCompared } from '../../../server/outbreaks/contract.ts';
import type { BreedingSiteWords, InspectionWords } from '../../../server/outbreaks/inspection-contract.ts';
import type { ResponseWords } from '../../../server/outbreaks/response-contract.ts';
import type { ChangeEvent } from '../../../server/platform/contract.ts';
import { fetchLayer } from '../../api/client.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { dutiesOf, type Duty } from './order.ts';
import * as wire from './wire.ts';

export interface OutbreakProperties {
  id: string;
  number: string;
  state: OutbreakState;
  exact: boolean;
}
export type OutbreakLayerData = GeoJSON.FeatureCollection<GeoJSON.Geometry, OutbreakProperties>;
export type CaseLayerData = GeoJSON.FeatureCollection<GeoJSON.Point, CaseProperties>;

/** What is being put on the map: an outbreak marked directly, an inspection, a breeding site. */
export type Placing = { what: 'point'; position: Position | null } | { what: 'polygon'; corners: Position[] };

/** A live list is asked again once for a burst of changes, not once for each. */
const SOON_MS = 150;

/** The outbreaks a reader may see on a day, and everything about the one that is open. */
class OutbreaksState {
  readonly list = new Resource<OutbreakWords[]>();
  readonly due = new Resource<wire.DueList>();
  readonly cases = new Resource<CaseLayerData>();
  /** The one that is open, with its links: rows of the list come without. */
  readonly whole = new Resource<OutbreakWords>();
  readonly history = new Resource<HistoryEvent[]>();
  readonly response = new Resource<ResponseWords>();
  readonly inspections = new Resource<InspectionWords[]>();
  readonly sites = new Resource<BreedingSiteWords[]>();
  readonly rules = new Resource<wire.Rules>();
  readonly compared = new Resource<RulesCompared>();

  placing = $state.raw<Placing | null>(null);

  readonly duties: Map<string, Duty> = $derived(dutiesOf(this.due.value?.items ?? []));
  /** The shapes of the list as a layer: what the list shows and what the map shows are one answer. */
  readonly layer: OutbreakLayerData = $derived(layerOf(this.list.value ?? []));

  #at = '';
  #units: Units = '1995-10-28';
  #open: string | null = null;
  #soon: ReturnType<typeof setTimeout> | undefined;

  load(at: string, units: Units): void {
    this.#at = at;
    this.#units = units;
    void this.list.load(() => wire.listOutbreaks(at, units));
    void this.due.load(() => wire.readDue(at));
  }

  /** Positions of the cases in scope, for the links; a reader without scope has none and asks for none. */
  loadCases(at: string): void {
    void this.cases.load(() => fetchLayer('cases', { at }));
  }

  open(number: string): void {
    this.#open = number;
    void this.history.load(async () => (await wire.readHistory(number)).items);
    void this.whole.load(() => wire.readOutbreak(number, this.#at, this.#units));
    void this.response.load(() => wire.readResponse(number, this.#at));
    void this.inspections.load(() => wire.listInspections(number));
  }

  loadSites(): void {
    void this.sites.load(() => wire.listSites());
  }

  loadRules(at: string): void {
    if (!this.rules.value) void this.rules.load(() => wire.readRules());
    void this.compared.load(() => wire.compareRules(at));
  }

  /** By its number, or by one that was merged into it. */
  find(number: string | null): OutbreakWords | null {
    const all = this.list.value ?? [];
    return (
      all.find((one) => one.number === number) ?? all.find((one) => number && one.aliases.includes(number)) ?? null
    );
  }

  /** Takes the record as a write has left it; the rest follows by asking. */
  put(outbreak: OutbreakWords): void {
    const list = this.list.value ?? [];
    const others = list.filter(({ number }) => number !== outbreak.number && !outbreak.aliases.includes(number));
    this.list.value = [...others, outbreak];
    this.refresh();
  }

  /** Asks for everything on screen again, soon. */
  refresh(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      for (const one of [this.list, this.due, this.cases, this.sites]) void one.reload();
      if (this.#open) for (const one of [this.whole, this.history, this.response, this.inspections]) void one.reload();
    }, SOON_MS);
  }

  take(event: ChangeEvent): void {
    if (['case', 'outbreak', 'vector', 'inspection', 'response', 'breeding-site', 'day', 'rule'].includes(event.kind))
      this.refresh();
  }

  // --- placing --------------------------------------------------------------------------------------------------------
  place(position: Position): void {
    const now = this.placing;
    if (now?.what === 'point') this.placing = { ...now, position };
    if (now?.what === 'polygon') this.placing = { ...now, corners: [...now.corners, position] };
  }

  moveCorner(index: number, position: Position): void {
    const now = this.placing;
    if (now?.what === 'polygon') this.placing = { ...now, corners: now.corners.with(index, position) };
  }

  dropCorner(): void {
    const now = this.placing;
    if (now?.what === 'polygon') this.placing = { ...now, corners: now.corners.slice(0, -1) };
  }
}

function layerOf(list: readonly OutbreakWords[]): OutbreakLayerData {
  return {
    type: 'FeatureCollection',
    features: list.flatMap(({ number, state, exact, geometry }) =>
      geometry
        ? [
            {
              type: 'Feature' as const,
              id: number,
              properties: { id: number, number, state, exact },
              geometry: geometry as GeoJSON.Polygon | GeoJSON.MultiPolygon,
            },
          ]
        : [],
    ),
  };
}

export const outbreaks = new OutbreaksState();
