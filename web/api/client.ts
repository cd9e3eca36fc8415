import { hc } from 'hono/client';
import type { Api } from '../../server/app.ts';
import type { Problem } from '../../server/platform/contract.ts';
import { Refused } from './refusal.ts';

/** The one door to the server, typed by its own routes. */
export const api = hc<Api>('/');

interface Answer<T> {
  ok: boolean;
  headers: Headers;
  json(): Promise<T>;
}

/** What an answer holds once the refusals, which are thrown, are taken away. */
type Good<T> = Exclude<T, Problem>;

/** The body of a good answer; a `Refused` with the server's code otherwise. */
export async function ask<T>(asking: Promise<Answer<T>>): Promise<Good<T>> {
  const answer = await asking.catch(() => {
    throw new Refused('offline');
  });
  const body = await answer.json().catch(() => {
    throw new Refused('unreadable');
  });
  if (answer.ok) return body as Good<T>;
  const problem = body as Problem;
  throw new Refused(problem.code ?? 'unreadable', problem);
}

/** One layer as GeoJSON. Layers have one route and many shapes, so the caller names the shape. */
export async function fetchLayer<G extends GeoJSON.Geometry, P>(
  id: string,
  query: Record<string, string> = {},
): Promise<GeoJSON.FeatureCollection<G, P>> {
  const search = new URLSearchParams(query).toString();
  return (await ask(fetch(`/api/layers/${id}${search && `?${search}`}`))) as GeoJSON.FeatureCollection<G, P>;
}
