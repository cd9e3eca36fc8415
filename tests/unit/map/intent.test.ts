import { expect, test } from 'vitest';
import { placeAt } from '../../../web/map/intent.ts';

test('a chosen place is rounded to a decimetre', () => {
  expect(placeAt({ lng: 105.82345678901, lat: 21.05672222222 })).toEqual({
    kind: 'place',
    position: [105.823457, 21.056722],
  });
});
