/** What field work sends: a new relic, an inspection, a photo to go with either. */
import type { z } from 'zod';
import type { addRelicSchema, Relic } from '../../server/heritage/contract.ts';
import type { addInspectionSchema, Inspection } from '../../server/heritage/inspection-contract.ts';
import { api, ask } from '../api/client.ts';
import { changes } from '../live/changes.svelte.ts';

export interface InspectionList {
  items: Inspection[];
  mayWrite: boolean;
}

export const fetchInspections = (id: string): Promise<InspectionList> =>
  ask(api.api.heritage.relics[':id'].inspections.$get({ param: { id } }));

/** Throws `Refused`: `relic_like_it` with those that may be the same. */
export function addRelic(sent: z.input<typeof addRelicSchema>): Promise<Relic> {
  changes.own(sent.changeId);
  return ask(api.api.heritage.relics.$post({ json: sent }));
}

/** Throws `Refused`: `inspected_meanwhile` with the inspection that came between. */
export function inspectRelic(id: string, sent: z.input<typeof addInspectionSchema>): Promise<Relic> {
  changes.own(sent.changeId);
  return ask(api.api.heritage.relics[':id'].inspections.$post({ param: { id }, json: sent }));
}
