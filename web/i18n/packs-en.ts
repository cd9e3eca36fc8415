import type { PacksWords } from './packs-vi.ts';

export const packsEn: PacksWords = {
  open: 'Sets of criteria',
  choose: 'By the set',
  purposes: { title: 'For the title', district: 'District indicators' },
  beside: 'Does not count for the title of civilised-urban ward.',
  criteria: (met: number, total: number) => `${met}/${total} groups met`,
  parts: 'Groups of indicators',
};
