/** Add, update and remove by id: the one shape in which a change reaches list, state and map source. */
type Identified = { id?: string | number | undefined };

export interface Diff {
  add?: unknown[] | undefined;
  update?: unknown[] | undefined;
  remove?: string[] | undefined;
}

/** The collection with the diff applied; adding what is there replaces it, so a diff that comes twice does no harm. */
export function applyDiff<C extends { features: Identified[] }>(collection: C, diff: Diff): C {
  const incoming = [...(diff.add ?? []), ...(diff.update ?? [])] as C['features'];
  const gone = new Set<string | number | undefined>([...(diff.remove ?? []), ...incoming.map((feature) => feature.id)]);
  return { ...collection, features: [...collection.features.filter((feature) => !gone.has(feature.id)), ...incoming] };
}
