import { describe, expect, it } from 'vitest';
import type { SearchHit } from '../../server/search/contract.ts';
import { make } from '../helpers/make.ts';

async function search(q: string, more = ''): Promise<SearchHit[]> {
  const { app } = await make.app();
  const answer = await app.request(`/api/search?q=${encodeURIComponent(q)}${more}`);
  return ((await answer.json()) as { items: SearchHit[] }).items;
}
async function refused(query: string) {
  const { app } = await make.app();
  return (await app.request(`/api/search?${query}`)).json();
}

describe('GET /api/search', () => {
  it('finds a relic without its marks', async () => {
    expect((await search('chua tran quoc'))[0]).toMatchObject({ type: 'relic', name: 'Chùa Trấn Quốc', kind: 'chua' });
  });

  it('finds a relic by its other name and says which', async () => {
    expect((await search('chùa bà già'))[0]).toMatchObject({ name: 'Chùa Phú Gia', matchedName: 'Chùa Bà Già' });
  });

  it('reads decomposed and precomposed input alike', async () => {
    expect(await search('Đền Đồng Cổ'.normalize('NFD'))).toEqual(await search('Đền Đồng Cổ'));
  });

  it('finds wards of both sets and tells them apart by their years', async () => {
    const wards = (await search('phú thượng')).filter(({ type }) => type === 'ward');
    expect(wards.map(({ id, context }) => [id, context])).toEqual([
      ['00091@1995-10-28', '28/10/1995 – 30/06/2025'],
      ['00091@2025-07-01', '01/07/2025 –'],
    ]);
  });

  it('finds a ward by its code', async () => {
    expect((await search('00109')).map(({ id }) => id)).toEqual(['00109@1995-10-28']);
  });

  it('finds a street once, with the box to show and its ward', async () => {
    const streets = (await search('đặng thai mai')).filter(({ name }) => name === 'Đặng Thai Mai');
    expect(streets).toHaveLength(1);
    expect(streets[0]).toMatchObject({ type: 'street', context: 'Quảng An' });
    expect(streets[0]?.bbox).toHaveLength(4);
  });

  it('finds a landmark', async () => {
    expect((await search('bao tang van hoc'))[0]).toMatchObject({ type: 'landmark', kind: 'museum' });
  });

  it('finds a relic without a position too', async () => {
    expect((await search('đình tứ liên'))[0]).toMatchObject({ id: 'th-tl-02', position: null });
  });

  it('gives nothing for nothing', async () => {
    expect([await search(''), await search('   ')]).toEqual([[], []]);
  });

  it('gives no more than asked', async () => {
    expect(await search('a', '&limit=3')).toHaveLength(3);
  });

  it('takes the longest question there is', async () => {
    expect(await search('x'.repeat(100))).toEqual([]);
  });

  it('takes whatever is typed for words', async () => {
    expect(await search(`" OR 1=1 -- * NEAR( '`)).toEqual([]);
  });

  it('refuses a question longer than that', async () => {
    expect(await refused(`q=${'x'.repeat(101)}`)).toMatchObject({ status: 422, code: 'query_too_long' });
  });

  it('refuses an absurd number of hits', async () => {
    expect(await refused('q=a&limit=100000')).toMatchObject({ status: 422, code: 'invalid_request' });
  });
});
