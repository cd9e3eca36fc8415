import { expect, test } from 'vitest';
import { chosenPart, openParts } from '../../../web/dengue/parts.ts';

test('a visitor has the public view and nothing else', () => {
  expect(openParts((permission) => permission === 'public.read')).toEqual(['theo-doi']);
});

test('health staff have the cases before the view of everyone', () => {
  expect(openParts((permission) => ['public.read', 'case.read'].includes(permission))).toEqual(['ca-benh', 'theo-doi']);
});

test('leaders and health staff have the outbreaks first', () => {
  expect(openParts((permission) => permission !== 'case.read')).toEqual(['o-dich', 'theo-doi']);
});

test('the address chooses among the parts that are open', () => {
  expect(chosenPart('theo-doi', ['ca-benh', 'theo-doi'])).toBe('theo-doi');
});

test('a part that is not open gives way to the first that is', () => {
  expect(chosenPart('ca-benh', ['theo-doi'])).toBe('theo-doi');
});

test('what the programme says with the same word of the address means nothing here', () => {
  expect(chosenPart('schemes', ['ca-benh', 'theo-doi'])).toBe('ca-benh');
});
