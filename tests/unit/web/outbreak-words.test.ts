import { describe, expect, test } from 'vitest';
import { historyCodes, type HistoryCode } from '../../../server/outbreaks/contract.ts';
import { outbreaksVi } from '../../../web/i18n/outbreaks-vi.ts';
import { caseNumbers, linkLines } from '../../../web/dengue/outbreaks/links.ts';
import { sentenceOf } from '../../../web/dengue/outbreaks/sentences.ts';
import { boxOf, sitesOf } from '../../../web/dengue/outbreaks/sites.ts';

const say = (code: HistoryCode, params = {}) => sentenceOf({ code, params }, outbreaksVi, String);

describe('the history in sentences', () => {
  test('says how near the two cases were that opened it', () => {
    expect(say('opened-by-pair', { meters: 142.3, days: 3 })).toBe(
      'mở vì hai ca cách 142.3 m và khởi phát cách 3 ngày',
    );
  });

  test('says no distance to who may not know it', () => {
    expect(say('opened-by-pair')).toBe('mở vì hai ca ở gần nhau');
  });

  test.each(historyCodes)('says %s without a blank where every parameter is hidden', (code) => {
    expect(say(code)).not.toMatch(/null|undefined|^$/);
  });

  test('names the number it was split from', () => {
    expect(say('split-from', { number: 'TH-2022-014' })).toBe('tách từ TH-2022-014');
  });
});

describe('the links on the map', () => {
  const link = { from: 'a', to: 'b', meters: 100, days: 2, clause: 'link' as const };

  test('run from case to case', () => {
    const at = new Map<string, [number, number]>([
      ['a', [1, 2]],
      ['b', [3, 4]],
    ]);
    const [line] = linkLines(
      [link],
      (id) => at.get(id),
      () => 'x',
    ).features;
    expect(line?.geometry.coordinates).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('leave out a case whose position is hidden', () => {
    expect(
      linkLines(
        [link],
        (id) => (id === 'a' ? [1, 2] : null),
        () => 'x',
      ).features,
    ).toEqual([]);
  });
});

test('cases are numbered by onset, then id', () => {
  const cases = [
    { id: 'b', onsetOn: '2022-10-02' },
    { id: 'c', onsetOn: '2022-10-01' },
    { id: 'a', onsetOn: '2022-10-02' },
  ];
  expect([...caseNumbers(cases)]).toEqual([
    ['c', 1],
    ['a', 2],
    ['b', 3],
  ]);
});

describe('breeding sites of a zone', () => {
  const geometry = {
    type: 'Polygon' as const,
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  };
  const site = (id: string, lng: number, more: object = {}) =>
    ({ id, lng, lat: 0.5, recheckOn: null, clearedOn: null, ...more }) as never;

  test('lie in its box', () => {
    expect([boxOf(geometry), boxOf(null)]).toEqual([[0, 0, 1, 1], null]);
  });

  test('stand by the day of the recheck, cleared ones last', () => {
    const sites = [
      site('cleared', 0.5, { clearedOn: '2022-10-01' }),
      site('later', 0.5, { recheckOn: '2022-11-09' }),
      site('first', 0.5, { recheckOn: '2022-11-05' }),
      site('elsewhere', 3),
    ];
    expect(sitesOf(sites, geometry).map(({ id }) => id)).toEqual(['first', 'later', 'cleared']);
  });
});
