import { describe, expect, it, test } from 'vitest';
import { columnLetters } from '../../../web/dengue/cases/columns.ts';
import { personChanges, textsOf } from '../../../web/dengue/cases/person.ts';
import { sayField } from '../../../web/dengue/cases/say.ts';
import { casesEn } from '../../../web/i18n/cases-en.ts';
import { casesVi } from '../../../web/i18n/cases-vi.ts';

describe('a value of a case is said in words', () => {
  it.each([
    ['class', 'confirmed', 'Xác định'],
    ['onsetOn', '2022-10-30', '30/10/2022'],
    ['ageGroup', '60+', 'từ 60 tuổi'],
    ['test', { kind: 'ns1', result: 'positive' }, 'NS1 dương tính'],
    ['sex', null, 'Chưa rõ'],
    ['removed', { reason: 'duplicate', on: '2022-11-04' }, 'Trùng với ca khác'],
    ['removed', null, 'Đang tính'],
    ['position', null, 'Cần định vị'],
    ['position', { lng: 105.8266, lat: 21.0645, accuracyMeters: null }, '21.06450, 105.82660 (chưa rõ sai số)'],
    ['residentialGroup', '5A', '5A'],
  ])('%s %j: %s', (field, value, said) => {
    expect(sayField(field, value, casesVi)).toBe(said);
  });

  it('in the reader’s language', () => {
    expect(sayField('outcome', 'recovered', casesEn)).toBe('Recovered');
  });
});

describe('a correction of a person', () => {
  const before = { ...textsOf(null), name: 'Người Mẫu', phone: '0912345678' };

  it('sends what was changed; an emptied field is forgotten', () => {
    expect(personChanges(before, { ...before, phone: ' ', address: '12 Xuân Diệu' })).toEqual({
      phone: null,
      address: '12 Xuân Diệu',
    });
  });

  it('of nothing sends nothing', () => {
    expect(personChanges(before, { ...before, name: ' Người Mẫu ' })).toBeNull();
  });
});

test('columns are named as a spreadsheet names them', () => {
  expect([0, 25, 26, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
