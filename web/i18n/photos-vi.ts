/** Words about photos, in Vietnamese; they come with the photos. `photos-en.ts` holds the same keys. */
const n = (value: number): string => new Intl.NumberFormat('vi-VN').format(value);

export const photosVi = {
  title: 'Ảnh',
  count: (count: number) => `${n(count)} ảnh`,
  none: 'Chưa có ảnh nào.',
  add: 'Thêm ảnh',
  hint: 'JPEG, PNG hoặc WebP, tối đa 25 MB. Vị trí chụp trong ảnh được xóa khỏi mọi bản hiển thị.',
  sending: (name: string) => `Đang gửi ${name}…`,
  added: 'Đã thêm ảnh.',
  takenOn: (date: string) => `chụp ngày ${date}`,
  takenUnknown: 'không rõ ngày chụp',
  by: (name: string, date: string) => `${name} thêm ngày ${date}`,
  byUnknown: (date: string) => `thêm ngày ${date}`,
  open: (caption: string) => `Xem ảnh: ${caption}`,
  untitled: 'chưa có chú thích',
  caption: 'Chú thích',
  rights: 'Tác giả, quyền sử dụng',
  day: 'Ngày chụp',
  audience: 'Người xem',
  audiences: { public: 'Mọi người', office: 'Nội bộ' },
  save: 'Lưu',
  saved: 'Đã lưu thông tin ảnh.',
  remove: 'Gỡ ảnh',
  removed: 'Đã gỡ ảnh.',
  restored: 'Đã khôi phục ảnh.',
  undo: 'Hoàn tác',
  file: (sha256: string, size: string) => `Tệp gốc ${size}, mã băm ${sha256}`,
};
export type PhotoWords = typeof photosVi;
