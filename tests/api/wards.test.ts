import { describe, expect, it } from 'vitest';
import type { Ward } from '../../server/wards/contract.ts';
import { make } from '../helpers/make.ts';

const EIGHT = ['00091', '00094', '00097', '00100', '00103', '00106', '00109', '00112'];

async function get(path: string, options: Parameters<typeof make.app>[0] = {}) {
  const { app } = await make.app(options);
  const answer = await app.request(path);
  return { status: answer.status, body: (await answer.json()) as never, headers: answer.headers };
}
const codes = ({ items }: { items: Ward[] }) => items.map((ward) => ward.code);

describe('GET /api/wards', () => {
  it('gives the eight, in the order of their codes', async () => {
    expect(codes((await get('/api/wards')).body)).toEqual(EIGHT);
  });

  it('gives the six for units=2025-07-01', async () => {
    const { body } = await get('/api/wards?units=2025-07-01');
    expect(codes(body)).toHaveLength(6);
  });

  it('gives the six by default when the environment follows the reform', async () => {
    const { body } = await get('/api/wards', { units: '2025-07-01' });
    expect((body as { items: Ward[] }).items.every((ward) => ward.validFrom === '2025-07-01')).toBe(true);
  });

  it('names a source for every published figure', async () => {
    const { items } = (await get('/api/wards')).body as { items: Ward[] };
    const figures = items.flatMap((ward) => [ward.population, ward.areaKm2]).filter((figure) => figure !== null);
    expect(figures.length).toBeGreaterThan(8);
    expect(figures.every((figure) => figure.source !== '')).toBe(true);
  });

  it('refuses a ward set nobody knows', async () => {
    expect(await get('/api/wards?units=2024-01-01')).toMatchObject({ status: 422, body: { code: 'unknown_units' } });
  });

  it('answers 304 to a reader who has it', async () => {
    const { app } = await make.app();
    const etag = (await app.request('/api/wards')).headers.get('etag') ?? '';
    const again = await app.request('/api/wards', { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});

describe('GET /api/wards/{code}', () => {
  it('reads a bare code in the default set', async () => {
    expect((await get('/api/wards/00097')).body).toMatchObject({ key: '00097@1995-10-28', name: 'Tứ Liên' });
  });

  it('reads a bare code in the units asked for', async () => {
    expect((await get('/api/wards/00097?units=2025-07-01')).body).toMatchObject({ key: '00097@2025-07-01' });
  });

  it('reads a key whatever the units', async () => {
    const { body } = await get('/api/wards/00097@2025-07-01?units=1995-10-28');
    expect(body).toMatchObject({ key: '00097@2025-07-01', name: 'Hồng Hà' });
  });

  it('computes density from the published area and the census', async () => {
    expect((await get('/api/wards/00097')).body).toMatchObject({ densityPerKm2: 5231 });
  });

  it('says no density where no area is published', async () => {
    expect((await get('/api/wards/00091')).body).toMatchObject({ areaKm2: null, densityPerKm2: null });
  });

  it('names the wards that share its land in the other set, both ways', async () => {
    const old = (await get('/api/wards/00109')).body as Ward;
    const reformed = (await get('/api/wards/00103@2025-07-01')).body as Ward;
    expect(old.successors).toEqual([{ key: '00103@2025-07-01', name: 'Tây Hồ', share: 'whole' }]);
    expect(reformed.predecessors).toContainEqual({ key: '00109@1995-10-28', name: 'Bưởi', share: 'whole' });
  });

  it.each(['00004', '99999', 'tu-lien', '00097@2020-01-01'])('refuses %s, a ward nobody knows here', async (code) => {
    expect(await get(`/api/wards/${code}`)).toMatchObject({ status: 404, body: { code: 'unknown_ward' } });
  });
});
