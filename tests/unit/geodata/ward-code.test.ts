import { describe, expect, test } from 'vitest';
import { loadPlaces } from '../../../geodata/load.ts';

const { readWardCode, wardTable } = loadPlaces();

describe('a ward code', () => {
  test('of both sets is refused with both readings', () => {
    expect(readWardCode('00097')).toEqual({
      refusal: 'code_needs_date',
      readings: [
        { key: '00097@1995-10-28', name: 'Tứ Liên', validFrom: '1995-10-28' },
        { key: '00097@2025-07-01', name: 'Hồng Hà', validFrom: '2025-07-01' },
      ],
    });
  });
  test.each(['00091', '00097', '00103'])('%s has two readings', (code) => {
    expect(readWardCode(code)).toMatchObject({ refusal: 'code_needs_date' });
  });
  test('is settled by the set', () => {
    expect(readWardCode('00097', '1995-10-28')).toEqual({ key: '00097@1995-10-28' });
    expect(readWardCode('00097', '2025-07-01')).toEqual({ key: '00097@2025-07-01' });
  });
  test('of one set needs no date', () => {
    expect(readWardCode('00109')).toEqual({ key: '00109@1995-10-28' });
    expect(readWardCode('00004')).toEqual({ key: '00004@2025-07-01' });
  });
  test('is unknown in the set that lacks it', () => {
    expect(readWardCode('00109', '2025-07-01')).toEqual({ refusal: 'unknown_ward' });
  });
  test.each(['00000', '97', 'Tứ Liên', '', '00097@1995-10-29', '00109@2025-07-01', '00097@'])(
    '%s is unknown',
    (text) => {
      expect(readWardCode(text)).toEqual({ refusal: 'unknown_ward' });
    },
  );
});

test('a key speaks for itself, whatever the set', () => {
  expect(readWardCode(' 00097@1995-10-28 ', '2025-07-01')).toEqual({ key: '00097@1995-10-28' });
});

test('the table holds the eight and the six', () => {
  expect(wardTable.map(({ name }) => name)).toEqual([
    ...['Phú Thượng', 'Nhật Tân', 'Tứ Liên', 'Quảng An', 'Xuân La', 'Yên Phụ', 'Bưởi', 'Thụy Khuê'],
    ...['Ba Đình', 'Phú Thượng', 'Hồng Hà', 'Tây Hồ', 'Nghĩa Đô', 'Xuân Đỉnh'].toSorted(byCode),
  ]);
});

const codes: Record<string, string> = {
  'Ba Đình': '00004',
  'Phú Thượng': '00091',
  'Hồng Hà': '00097',
  'Tây Hồ': '00103',
  'Nghĩa Đô': '00160',
  'Xuân Đỉnh': '00611',
};
function byCode(a: string, b: string): number {
  return codes[a]! < codes[b]! ? -1 : 1;
}
