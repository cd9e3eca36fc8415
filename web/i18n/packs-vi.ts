/** Which pack of criteria the wards are looked at by, in Vietnamese; on the first screen. `packs-en.ts` holds the same keys. */
export const packsVi = {
  open: 'Bộ tiêu chí',
  choose: 'Xem theo bộ',
  purposes: { title: 'Xét danh hiệu', district: 'Chỉ tiêu của quận' },
  beside: 'Không tính vào danh hiệu Phường đạt chuẩn đô thị văn minh.',
  criteria: (met: number, total: number) => `${met}/${total} nhóm đạt`,
  parts: 'Các nhóm chỉ tiêu',
};
export type PacksWords = typeof packsVi;
