import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, spell } from '../../../server/search/fold.ts';

describe('fold', () => {
  it('strips every mark and the stroke of đ', () => {
    expect(fold('Đường Thụy Khuê')).toBe('duong thuy khue');
  });

  it('reads precomposed and decomposed text alike', () => {
    const name = 'Đền Đồng Cổ, phường Bưởi';
    expect(fold(name.normalize('NFD'))).toBe(fold(name.normalize('NFC')));
  });

  it('makes one space of whatever is no letter or digit', () => {
    expect(fold('  38/58 - Xuân  La. ')).toBe('38 58 xuan la');
  });

  it('folding twice is folding once', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
  });
});

describe('spell', () => {
  it('reads the two schools of placing a tone as one word', () => {
    expect(spell('Thụy')).toEqual(spell('Thuỵ'));
  });

  it('keeps apart what the marks keep apart', () => {
    expect(spell('đường')).not.toEqual(spell('dương'));
  });
});
