import { restorationStages, workKinds } from '../../../geodata/restoration-vocabulary.ts';
import { relicParts } from '../../../geodata/vocabulary.ts';
import type { WardKey } from '../../../geodata/schema.ts';
import { createRandom } from '../../demo/random.ts';
import { DEMO_SOURCE } from '../../demo/measures.ts';
import type { Services } from '../../platform/services.ts';
import type { ItemFields } from './contract.ts';
import type { StoredItem } from './item.ts';
import { listRelics } from '../store.ts';
import { putItem, putList } from './store.ts';

const CHANGE_ID = '01830000-0000-7000-8000-0000000000e6';
const SEED = 308;
const MILLION = 1_000_000;
const AT = '2022-10-20T03:00:00.000Z';
/** Listed twice, by two wards under two names: what the screen shows how to settle. */
const TWICE = { relicId: 'th-tk-02', name: 'Chùa Bà Đanh', wardKey: '00109@1995-10-28' as WardKey };
const UNLISTED = ['th-bu-10', 'th-qa-08'];

/** Invented works on relics of the inventory, a list a ward, all submitted, one place in two of them. Later calls do nothing. */
export async function seedDemoRestoration({ changes, places }: Pick<Services, 'changes' | 'places'>): Promise<void> {
  const random = createRandom(SEED);
  const invent = (name: string, relicId: string | null, address: string | null, rank: string | null): ItemFields => {
    const estimate = random.chance(0.75) ? random.whole(3, 60) * 100 * MILLION : null;
    const consented = rank === 'national' && random.chance(0.3);
    const stage = restorationStages[consented ? random.whole(1, 3) : random.whole(0, 2)]!;
    const [source, other] = random.chance(0.5) ? (['city', 'district'] as const) : (['district', 'social'] as const);
    const share = estimate && Math.round((estimate * random.whole(4, 8)) / 10 / MILLION) * MILLION;
    return {
      ...{ relicId, name, otherNames: [], address: address ?? '', position: null },
      parts: [...new Set([random.pick(relicParts), random.pick(relicParts)])],
      ...{ work: random.pick(workKinds), estimateDong: estimate, stage },
      money:
        share && estimate
          ? [
              { source, amountDong: share },
              ...(random.chance(0.6) ? [{ source: other, amountDong: estimate - share }] : []),
            ]
          : [],
      year: random.chance(0.85) ? random.whole(2022, 2025) : null,
      consent: consented ? { body: 'ministry', paper: 'Văn bản minh họa', on: '2022-06-15' } : null,
      note: DEMO_SOURCE,
    };
  };
  await changes.commit(
    CHANGE_ID,
    'seedDemoRestoration',
    async (tx) => {
      const written = { reason: '', by: 'seed', at: AT };
      const stored = (fields: ItemFields, wardKey: string, number: number): StoredItem => ({
        ...fields,
        id: `rw-demo-${String(number).padStart(3, '0')}`,
        ...{ version: 1, wardKey: wardKey as WardKey, mergedInto: null, removed: false, demo: true },
      });
      // Degraded ones, two of which nobody has listed yet.
      const graded = new Map((await listRelics(tx, { at: '2022-11-04' })).map(({ id, condition }) => [id, condition]));
      const chosen = places.relicSeeds.filter(({ id }) => (graded.get(id)?.grade ?? 0) >= 3 && !UNLISTED.includes(id));
      const items = [
        ...chosen.map((relic) => stored(invent(relic.name, relic.id, relic.address, relic.rank), relic.wardKey, 0)),
        stored(invent(TWICE.name, TWICE.relicId, null, null), TWICE.wardKey, 0),
      ].map((item, i) => ({ ...item, id: `rw-demo-${String(i + 1).padStart(3, '0')}` }));
      for (const item of items) await putItem(tx, item, written);
      const wards = [...new Set(places.relicSeeds.map(({ wardKey }) => wardKey))];
      for (const wardKey of wards)
        await putList(tx, { wardKey, version: 1, submittedOn: '2022-10-25', submittedBy: 'seed' });
      const counts = { works: items.length, lists: wards.length };
      return {
        outcome: counts,
        change: {
          kind: 'restoration',
          verb: 'seedDemoRestoration',
          recordId: 'restoration',
          version: 1,
          layers: [],
          actor: 'seed',
          after: counts,
        },
      };
    },
    'restoration',
  );
}
