/**
 * Who was meant by a click or a pointer on the map. The layer components register what they draw; MapView asks from the
 * top of the pile down and the first that answers gets it, so a relic is never a click on its ward too.
 */
import type { Map as MapLibreMap, MapGeoJSONFeature, PointLike } from 'maplibre-gl';
import { getContext, setContext } from 'svelte';
import type { Intent } from './intent.ts';
import { placeOf, type OverlayName } from './zorder.ts';

export interface Target {
  layer: OverlayName;
  /** Pixels around the pointer that still hit; small marks are hard to touch. */
  reach?: number;
  /** What a click means; `null` = dealt with (a cluster opened). */
  hit: (feature: MapGeoJSONFeature, map: MapLibreMap) => Intent | null;
  hover?: (feature: MapGeoJSONFeature | null) => void;
  /** A click met nothing at all. */
  missed?: () => void;
}

const KEY = Symbol('map interaction');

export class Interaction {
  /** True while a click means "here" and nothing else. */
  placing = $state(false);
  #targets: Target[] = [];
  #hovered: Target | null = null;

  /** Registers until the returned function is called; made for `$effect(() => interaction.add(...))`. */
  add(target: Target): () => void {
    this.#targets = [...this.#targets, target].sort((a, b) => placeOf(b.layer) - placeOf(a.layer));
    return () => {
      this.#targets = this.#targets.filter((other) => other !== target);
      if (this.#hovered === target) this.#hovered = null;
    };
  }

  find(map: MapLibreMap, point: { x: number; y: number }, coarse: boolean): [Target, MapGeoJSONFeature] | null {
    for (const target of this.#targets) {
      if (!map.getLayer(target.layer)) continue;
      const reach = (target.reach ?? 0) + (coarse && target.reach !== undefined ? 6 : 0);
      const box: [PointLike, PointLike] = [
        [point.x - reach, point.y - reach],
        [point.x + reach, point.y + reach],
      ];
      const [feature] = map.queryRenderedFeatures(box, { layers: [target.layer] });
      if (feature) return [target, feature];
    }
    return null;
  }

  /** Says what a click meant. */
  click(map: MapLibreMap, point: { x: number; y: number }, coarse: boolean): Intent | null {
    const found = this.find(map, point, coarse);
    if (found) return found[0].hit(found[1], map);
    for (const target of this.#targets) target.missed?.();
    return { kind: 'clear' };
  }

  /** Moves the hover; returns true over something that can be clicked. `null` = the pointer left the map. */
  hover(map: MapLibreMap, point: { x: number; y: number } | null): boolean {
    const found = point && !this.placing ? this.find(map, point, false) : null;
    const target = found?.[0] ?? null;
    if (this.#hovered && this.#hovered !== target) this.#hovered.hover?.(null);
    this.#hovered = target;
    target?.hover?.(found![1]);
    return target !== null;
  }
}

export const provideInteraction = (): Interaction => setContext(KEY, new Interaction());
export const useInteraction = (): Interaction => getContext<Interaction>(KEY);
