/** `atlas outbreaks` as a command: what it prints, and what it refuses in one line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outbreaks } from '../../../server/commands/outbreaks.ts';
import { make } from '../../helpers/make.ts';

// a, b: 199.9 m and 14 days; b, c: 5 days; d lies 200.1 m west of a; e is confirmed; f is suspected; g falls ill later.
const CASES = `id,onset,lng,lat,class
d,2022-09-01,105.80857177,21.0512,clinical
c,2022-09-20,105.81242630,21.0512,clinical
b,2022-09-15,105.81242630,21.0512,clinical
a,2022-09-01,105.8105,21.0512,clinical
e,2022-10-01,105.83,21.07,confirmed
f,2022-10-01,105.83,21.07,suspected
g,2022-10-12,105.83,21.07,clinical
`;

const file = (text: string): string => {
  const path = join(make.folder(), 'cases.csv');
  writeFileSync(path, text);
  return path;
};
const run = async (text: string, ...more: string[]) =>
  (await outbreaks.run(['--cases', file(text), ...more], make.env())).join('\n');
const refused = (...args: string[]) =>
  outbreaks.run(args, make.env()).then(
    () => '',
    (error: Error) => error.message,
  );

describe('atlas outbreaks', () => {
  it('prints rule, day and every group of counting cases', async () => {
    expect(JSON.parse(await run(CASES, '--at', '2022-10-10'))).toEqual({
      rule: 'moh-3711',
      at: '2022-10-10',
      outbreaks: [
        { id: 'a', caseIds: ['a', 'b', 'c'], signal: true, state: 'ended', lastOnsetOn: '2022-09-20', expectedEndOn: '2022-10-04' },
        { id: 'd', caseIds: ['d'], signal: false, state: null, lastOnsetOn: '2022-09-01', expectedEndOn: '2022-09-15' },
        { id: 'e', caseIds: ['e'], signal: true, state: 'watching', lastOnsetOn: '2022-10-01', expectedEndOn: '2022-10-15' },
      ],
    }); // prettier-ignore
  });

  it('draws the line at 200 m, 14 days for a link and 7 for a signal, both included', async () => {
    // Pairs far from one another, each told by its two ids: metres apart to the east, days apart.
    const pairs = [
      ['near', 199.9, 0],
      ['far', 200.1, 0],
      ['d07', 50, 7],
      ['d08', 50, 8],
      ['d14', 50, 14],
      ['d15', 50, 15],
    ] as const;
    const rows = pairs.flatMap(([name, meters, days], i) => {
      const lat = 21.03 + i * 0.01;
      const degrees = (meters / (6_371_008.8 * Math.cos((lat * Math.PI) / 180))) * (180 / Math.PI);
      const second = `2022-09-${String(1 + days).padStart(2, '0')}`;
      return [`${name}-1,2022-09-01,105.8,${lat},clinical`, `${name}-2,${second},${105.8 + degrees},${lat},clinical`];
    });
    const { outbreaks: groups } = JSON.parse(
      await run(`id,onset,lng,lat,class\n${rows.join('\n')}\n`, '--at', '2022-10-10'),
    );
    const told = groups.map(({ caseIds, signal }: { caseIds: string[]; signal: boolean }) => [
      caseIds.join('+'),
      signal,
    ]);
    expect(told).toEqual([
      ['d07-1+d07-2', true],
      ['d08-1+d08-2', false],
      ['d14-1+d14-2', false],
      ['d15-1', false],
      ['d15-2', false],
      ['far-1', false],
      ['far-2', false],
      ['near-1+near-2', true],
    ]);
  });

  it('takes another rule', async () => {
    const { rule, outbreaks: groups } = JSON.parse(await run(CASES, '--at', '2022-10-12', '--rule', 'hcmc-2021'));
    expect(rule).toBe('hcmc-2021');
    expect(groups.map(({ caseIds }: { caseIds: string[] }) => caseIds.join('+'))).toEqual(['a+b+c', 'd', 'e+g']);
  });

  it('looks at today in Hà Nội unless told otherwise', async () => {
    const { at } = JSON.parse(await run(CASES));
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(48 * 3_600_000);
  });

  it('of an empty file prints no group', async () => {
    expect(JSON.parse(await run('', '--at', '2022-10-10'))).toEqual({
      rule: 'moh-3711',
      at: '2022-10-10',
      outbreaks: [],
    });
  });

  it.each([
    [['--cases', 'none.csv'], 'The file cannot be read: none.csv'],
    [[], 'The file of cases is missing'],
    [['cases.csv'], 'Too much: cases.csv'],
    [['--cases', 'none.csv', '--rule', 'who-1'], 'No such rule: who-1 (moh-3711, hcmc-2021)'],
    [['--cases', 'none.csv', '--at', '10/10/2022'], '--at: không phải ngày'],
    [['--cases'], 'A value is missing: --cases'],
    [['--file', 'x'], 'No such option: --file'],
  ])('refuses %j in one line', async (args, words) => {
    expect(await refused(...args)).toContain(words);
  });

  it('refuses a file with a fault, and names the place', async () => {
    expect(await refused('--cases', file(CASES.replace('clinical', 'sick')))).toContain('row 2, cột / column class');
  });
});
