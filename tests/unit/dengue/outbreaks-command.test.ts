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
