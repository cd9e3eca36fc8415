/**
 * A number as people here type or paste it: `1.234,5`, `95,5`, `95.5`, `1 234`, `87 %`. Of two different signs the last
 * is the decimal one; a lone dot groups thousands only where groups of three follow (`1.234`), a lone comma is always
 * decimal, as Vietnamese writes it. `null` = no number.
 */
export function parseNumber(text: string): number | null {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '').replace(/%$/, '');
  if (!/^[+-]?(\d[\d.,]*|[.,]\d+)$/.test(bare)) return null;
  const [dot, comma] = [bare.lastIndexOf('.'), bare.lastIndexOf(',')];
  if (dot >= 0 && comma >= 0) {
    const [decimal, group] = comma > dot ? [',', '.'] : ['.', ','];
    const grouped = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})*\\${decimal}\\d+$`);
    return grouped.test(bare) ? Number(bare.replaceAll(group, '').replace(decimal, '.')) : null;
  }
  if (dot >= 0 && /^[+-]?\d{1,3}(\.\d{3})+$/.test(bare)) return Number(bare.replaceAll('.', ''));
  const plain = Number(bare.replace(',', '.'));
  return Number.isFinite(plain) ? plain : null;
}
