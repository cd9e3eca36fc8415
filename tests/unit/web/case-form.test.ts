import { describe, expect, it, test } from 'vitest';
import type { CaseWords } from '../../../server/dengue/cases/contract.ts';
import { reportCaseSchema } from '../../../server/dengue/cases/contract.ts';
import { foundAccuracy, tapAccuracy } from '../../../web/dengue/cases/accuracy.ts';
import {
  blankFields,
  blankPerson,
  correctionOf,
  differences,
  fieldsOf,
  placeOf,
  reportOf,
  streetIn,
} from '../../../web/dengue/cases/fields.ts';
import { make } from '../../helpers/make.ts';

const kept: CaseWords = {
  id: 'ca-x',
  version: 3,
  class: 'clinical',
  onsetOn: '2022-10-30',
  reportedOn: '2022-11-01',
  wardKey: '00100@1995-10-28',
  wardName: 'Quảng An',
  wardByPosition: { '1995-10-28': '00100@1995-10-28', '2025-07-01': null },
  position: { lng: 105.8266, lat: 21.0645, accuracyMeters: 10 },
  locatedBy: 'map',
  needsLocating: false,
  residentialGroup: '5',
  origin: 'unknown',
  test: { kind: 'ns1', result: 'pending' },
  severity: null,
  ageGroup: '20-29',
  sex: 'female',
  outcome: null,
  registryId: null,
  hasPerson: false,
  removed: null,
  updatedAt: null,
  warnings: [],
  demo: false,
};
const place = { lng: 105.8266, lat: 21.0645, accuracyMeters: 10, by: 'map' as const };

describe('a new case', () => {
  it('with a tap, an onset and the defaults is what the contract takes', () => {
    const body = reportOf({ ...blankFields('2022-11-04'), onsetOn: '2022-11-01' }, place, blankPerson);
    expect(reportCaseSchema.safeParse({ changeId: make.changeId(), ...body }).success).toBe(true);
    expect(body).toMatchObject({
      class: 'clinical',
      onsetOn: '2022-11-01',
      reportedOn: '2022-11-04',
      locatedBy: 'map',
    });
    expect(body).not.toHaveProperty('person');
    expect(body).not.toHaveProperty('ward');
  });

  it('leaves the age group to the birth where nobody chose one', () => {
    const body = reportOf(blankFields('2022-11-04'), null, { ...blankPerson, born: ' 1990 ' });
    expect(body).not.toHaveProperty('ageGroup');
    expect(body).toMatchObject({ person: { born: '1990' }, position: null, locatedBy: null });
  });

  it('has no onset by default: a wrong one would make links', () => {
    expect(blankFields('2022-11-04').onsetOn).toBe('');
  });
});

describe('a correction', () => {
  it('sends what was changed and nothing else', () => {
    const fields = { ...fieldsOf(kept), class: 'confirmed', sex: '' };
    expect(correctionOf(kept, fields, placeOf(kept))).toEqual({ class: 'confirmed', sex: null });
  });

  it('of nothing is none', () => {
    expect(correctionOf(kept, fieldsOf(kept), placeOf(kept))).toBeNull();
  });

  it('moves the case with how its place is known', () => {
    const moved = { ...place, lat: 21.065, by: 'device' as const };
    expect(correctionOf(kept, fieldsOf(kept), moved)).toEqual({
      position: { lng: 105.8266, lat: 21.065, accuracyMeters: 10 },
      locatedBy: 'device',
    });
  });
});

test('two versions differ in the lines that two people wrote', () => {
  const mine = { fields: { ...fieldsOf(kept), sex: 'male' }, place: placeOf(kept) };
  const theirs = { fields: fieldsOf({ ...kept, class: 'confirmed' }), place: { ...place, lat: 21.06 } };
  expect(differences(mine, theirs)).toEqual(['class', 'sex', 'position']);
});

test.each([
  ['12 Xuân Diệu', 'Xuân Diệu'],
  ['Số 12 ngõ 5 Lạc Long Quân', 'Lạc Long Quân'],
  ['12/3A Âu Cơ', 'Âu Cơ'],
  ['Âu Cơ', 'Âu Cơ'],
  ['so 4 to ngoc van', 'to ngoc van'],
  ['25', ''],
  ['chùa Trấn Quốc', 'chùa Trấn Quốc'],
])('the street in “%s” is “%s”', (address, street) => {
  expect(streetIn(address)).toBe(street);
});

test('a tap is as good as the map was near', () => {
  expect(tapAccuracy(12)).toBeGreaterThanOrEqual(100);
  expect(tapAccuracy(14)).toBeLessThan(50);
  expect(tapAccuracy(18)).toBe(5);
});

test('a street is never a house: what is found by name waits to be located', () => {
  expect(foundAccuracy({ bbox: null })).toBe(100);
  expect(foundAccuracy({ bbox: [105.82, 21.06, 105.8201, 21.0601] })).toBe(100);
  expect(foundAccuracy({ bbox: [105.82, 21.06, 105.82, 21.07] })).toBe(556);
});
