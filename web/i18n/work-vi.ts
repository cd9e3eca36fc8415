/** Words of the programme's board, calendar and roll-ups, in Vietnamese. `work-en.ts` holds the same keys. */
const n = (value: number): string => new Intl.NumberFormat('vi-VN').format(value);

export const workVi = {
  title: 'Chương trình 03: công việc',
  views: { bang: 'Bảng công việc', lich: 'Lịch' },
  lead: 'Quá hạn xếp trước. “Quá hạn” và “Chưa có báo cáo” do ngày và báo cáo mà ra, không xếp tay được.',
  moves: 'Chọn một thẻ rồi nhấn Shift + → hoặc Shift + ← để ghi báo cáo sang cột khác; ← → ↑ ↓ để đi giữa các thẻ.',
  column: (state: string, count: number) => `${state}: ${n(count)} nhiệm vụ`,
  empty: 'Không có nhiệm vụ nào.',
  moveTo: (state: string) => `Ghi “${state}”`,
  open: 'Mở nhiệm vụ',
  moved: (state: string) => `Đã ghi báo cáo: ${state}.`,
  month: (month: number, year: number) => `Tháng ${month}/${year}`,
  previousMonth: 'Tháng trước',
  nextMonth: 'Tháng sau',
  weekdays: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
  due: 'Hạn',
  event: 'Sự kiện',
  today: 'Ngày đang xem',
  emptyMonth: 'Tháng này không có hạn nhiệm vụ hay sự kiện nào.',
  lateBefore: 'Quá hạn từ các tháng trước',
  undated: 'Sự kiện nguồn không nêu ngày',
  computed: 'Tính từ dữ liệu đã ghi',
  computedLead: 'Nhấn vào một con số để xem từng dòng được đếm.',
  figures: {
    'own-late': 'nhiệm vụ của quận quá hạn',
    'own-going': 'nhiệm vụ của quận đang thực hiện',
    'own-done': 'nhiệm vụ của quận hoàn thành',
    registered: 'phường đã đăng ký đô thị văn minh',
    recognised: 'phường đã được công nhận',
  },
  unknownSteps: 'Chưa ai ghi bước đăng ký của phường nào nên chưa tính được.',
  none: 'Không có dòng nào.',
  since: (date: string) => `từ ${date}`,
};
export type WorkWords = typeof workVi;
