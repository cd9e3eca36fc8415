import type { EvidenceOf, Published } from '../../server/status/contract.ts';
import { api, ask } from '../api/client.ts';

/** The published figure that is meant: by pack, ward, indicator and day. */
export type CellOf = Pick<EvidenceOf, 'pack' | 'wardKey' | 'indicator' | 'asOf'>;

export const withdrawEvidence = (of: CellOf, reason: string, changeId: string) =>
  ask(api.api.status.evidence.withdrawal.$post({ json: { ...of, reason, changeId } }));

export const restoreEvidence = (of: CellOf, changeId: string) =>
  ask(api.api.status.evidence.restoral.$post({ json: { ...of, changeId } }));

/** Everything published of one ward and indicator, what stands first. */
export const publishedOf = async (of: Omit<CellOf, 'asOf'>): Promise<Published[]> => {
  const query = { pack: of.pack, ward: of.wardKey, indicator: of.indicator };
  return (await ask(api.api.status.history.$get({ query }))).items;
};
