import { describe, expect, it, test } from 'vitest';
import {
  columnName,
  guessColumns,
  readDate,
  readNumber,
  readPair,
  readWord,
} from '../../../server/dengue/cases/columns.ts';

test.each([
  ['24/10/2022', '2022-10-24'],
  ['4-9-22', '2022-09-04'],
  ['04.09.2022', '2022-09-04'],
  ['2022-10-24', '2022-10-24'],
  ['2022/1/4 08:30', '2022-01-04'],
  ['24/10/2022 8:30:00', '2022-10-24'],
  [44858, '2022-10-24'],
  ['44858', '2022-10-24'],
  ['5/6/23', '1923-06-05'],
  ['30/02/2022', null],
  ['10/24/2022', null],
  ['hôm qua', null],
  ['', null],
  [-5, null],
  [Infinity, null],
])('the date %s is %s: the day comes before the month', (cell, date) => {
  expect(readDate(cell, '2022-11-04')).toBe(date);
});

test.each([
  ['105,8266', 105.8266],
  ['105.8266', 105.8266],
  ['2.328.707,03', 2_328_707.03],
  ['2,328,707.03', 2_328_707.03],
  ['585024.688', 585_024.688],
  ['21.05°', 21.05],
  ['x', null],
  ['', null],
  ['1e309', null],
])('the number %s is %s', (cell, number) => {
  expect(readNumber(cell)).toBe(number);
});

test.each([
  ['21.05, 105.82', [21.05, 105.82]],
  ['21,05; 105,82', [21.05, 105.82]],
  ['(21.05 105.82)', [21.05, 105.82]],
  ['21.05', null],
])('the pair %s is %j', (cell, pair) => {
  expect(readPair(cell)).toEqual(pair);
});

describe('headers are guessed', () => {
  it('as a Vietnamese line list writes them', () => {
    const headers = [
      'STT',
      'Mã số',
      'Họ và tên',
      'Tuổi',
      'Giới tính',
      'Địa chỉ',
      'Tổ dân phố',
      'Phường',
      'Ngày khởi phát',
      'Ngày báo cáo',
      'Phân loại',
      'Xét nghiệm',
      'Kết quả',
      'Vĩ độ',
      'Kinh độ',
      'Ghi chú',
    ];
    expect(guessColumns(headers)).toEqual({
      registryId: 1,
      name: 2,
      age: 3,
      sex: 4,
      address: 5,
      residentialGroup: 6,
      ward: 7,
      onsetOn: 8,
      reportedOn: 9,
      class: 10,
      test: 11,
      testResult: 12,
      lat: 13,
      lng: 14,
      note: 15,
    });
  });
  it('as our own export writes them, and English ones', () => {
    expect(guessColumns(['id', 'class', 'onset', 'reported', 'lng', 'lat', 'accuracy', 'ward'])).toEqual({
      registryId: 0,
      class: 1,
      onsetOn: 2,
      reportedOn: 3,
      lng: 4,
      lat: 5,
      accuracyMeters: 6,
      ward: 7,
    });
  });
  it('each for one field only', () => {
    const found = Object.values(guessColumns(['Tên', 'Tên', 'Ngày', 'x', 'y']));
    expect(new Set(found).size).toBe(found.length);
  });
});

test('words are read without marks or case', () => {
  expect([
    readWord('class', 'Ca XÁC ĐỊNH'),
    readWord('class', 'nghi ngờ'),
    readWord('sex', 'Nữ'),
    readWord('class', '?'),
  ]).toEqual(['confirmed', 'suspected', 'female', null]);
});

test('columns are named as a spreadsheet names them', () => {
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
