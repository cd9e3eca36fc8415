/** Words of the backup screen, in Vietnamese; they come with the screen. `backups-en.ts` holds the same keys. */
import type { BackupFaultCode } from '../../server/backups/contract.ts';

const n = (value: number): string => new Intl.NumberFormat('vi-VN').format(value);

export const backupsVi = {
  title: 'Sao lưu dữ liệu',
  make: 'Sao lưu ngay',
  making: 'Đang sao lưu…',
  makingShare: (percent: number) => `Đang sao lưu… ${n(percent)}%`,
  readingBack: 'Đang đọc lại toàn bộ để kiểm tra…',
  goesOn: 'Có thể đóng cửa sổ này: việc sao lưu vẫn tiếp tục trên máy chủ và có trong danh sách khi xong.',
  stop: 'Dừng',
  stopping: 'Đang dừng…',
  stopped: 'Đã dừng sao lưu, không để lại tệp dở dang.',
  made: 'Đã sao lưu xong, toàn bộ đã được kiểm tra.',
  last: 'Bản gần nhất',
  none: 'Chưa có bản sao lưu nào',
  noneLead:
    'Máy chủ tạo bản đầu tiên khoảng một phút sau khi khởi động. Có thể tạo ngay, công việc đang nhập không bị gián đoạn.',
  next: (instant: string) => `Lần tự động tiếp theo: ${instant}`,
  nextSoon: 'Máy chủ sẽ tự sao lưu trong vòng một giờ tới.',
  ago: {
    now: 'vừa xong',
    minutes: (count: number) => `${n(count)} phút trước`,
    hours: (count: number) => `${n(count)} giờ trước`,
    days: (count: number) => `${n(count)} ngày trước`,
  },
  stale:
    'Bản gần nhất đã quá hai ngày. Dữ liệu nhập từ đó đến nay chưa có bản sao. Hãy sao lưu ngay và xem vì sao lịch tự động không chạy.',
  failed: (instant: string) => `Lần sao lưu lúc ${instant} không thành công.`,
  triesAgain: 'Máy chủ tự thử lại mỗi giờ.',
  faults: {
    backup_damaged: 'Tệp bị hỏng, không khôi phục được.',
    backup_newer: 'Tệp của phiên bản chương trình mới hơn.',
    backup_foreign: 'Tệp này không phải bản sao lưu của chương trình.',
    backup_of_other_kind: 'Lẫn giữa dữ liệu thật và dữ liệu minh họa.',
    backup_unreadable: 'Không đọc được tệp.',
    backup_exists: 'Đã có tệp cùng tên.',
    backup_no_space: 'Ổ đĩa không đủ chỗ trống.',
    backup_folder_unwritable: 'Không mở hoặc không ghi được vào thư mục sao lưu. Có thể ổ đĩa chưa được gắn.',
    backup_source_damaged:
      'Cơ sở dữ liệu hoặc sổ thay đổi bị hỏng, nên không tạo bản sao. Hãy chạy lệnh doctor và audit verify.',
    backup_no_database: 'Chưa có cơ sở dữ liệu.',
    backup_in_use: 'Thư mục dữ liệu đang được dùng.',
    backup_stopped: 'Lượt sao lưu đã bị dừng.',
    backup_failed: 'Lỗi chưa rõ; chi tiết nằm trong nhật ký của máy chủ.',
  } satisfies Record<BackupFaultCode, string>,
  list: 'Các bản sao lưu, mới nhất trước',
  count: (count: number, total: string) => `${n(count)} bản, tổng cộng ${total}`,
  whole: 'Nguyên vẹn',
  wholeChecked: (instant: string) => `Đã đọc kiểm tra toàn bộ lúc ${instant}`,
  outline: 'Đúng cấu trúc',
  outlineOnly: 'Đủ độ dài; chưa đọc kiểm tra toàn bộ nội dung',
  holds: (seq: number, attachments: number) => `Sổ thay đổi đến dòng ${n(seq)}, ${n(attachments)} tệp đính kèm`,
  schema: (version: number) => `lược đồ ${n(version)}`,
  check: 'Kiểm tra',
  checking: 'Đang kiểm tra…',
  of: (instant: string) => `bản ${instant}`,
  take: 'Tải về',
  takeSure:
    'Bản sao lưu chứa toàn bộ dữ liệu, kể cả thông tin cá nhân của người bệnh. Chỉ giữ trên thiết bị được mã hóa. Việc tải được ghi vào sổ thay đổi.',
  takeNow: 'Tải tệp về máy này',
  takeWhole: 'Chỉ quản trị viên có phạm vi toàn quận được tải bản sao lưu về.',
  plan: 'Lịch và thời hạn giữ',
  planWhen:
    'Mỗi ngày lúc 02:30 giờ Hà Nội, kể cả khi đang có người làm việc. Nếu lỡ giờ, máy chủ làm ngay sau khi khởi động.',
  planKeep: (newest: number, days: number, weeks: number) =>
    `Luôn giữ ${n(newest)} bản mới nhất; mỗi ngày một bản trong ${n(days)} ngày; sau đó mỗi tuần một bản trong ${n(weeks)} tuần. Bản cũ chỉ bị xóa sau khi bản mới đã được kiểm tra.`,
  planFolder: 'Thư mục',
  planDisk:
    'Nên đặt ở ổ đĩa khác với dữ liệu và sao chép định kỳ sang máy khác. Tệp private.key trong thư mục dữ liệu cần được giữ riêng.',
  restore: 'Khôi phục',
  restoreLead:
    'Khôi phục cần người vận hành máy chủ, vì máy chủ phải dừng. Chương trình kiểm tra tệp trước và giữ lại cơ sở dữ liệu cũ bên cạnh.',
  restoreSteps: ['Dừng máy chủ.', 'Tại thư mục chương trình, với cùng DATA_DIR, chạy:', 'Khởi động lại máy chủ.'],
  off: 'Chưa bật sao lưu tự động',
  offLead: 'Máy chủ chưa biết để bản sao ở đâu, nên không tự tạo bản nào. Nếu ổ đĩa hỏng, dữ liệu sẽ mất.',
  offSteps: [
    'Chọn một thư mục, tốt nhất ở ổ đĩa khác, chỉ tài khoản chạy máy chủ đọc được:',
    'Khởi động lại máy chủ với biến BACKUP_DIR:',
  ],
  offMeanwhile: 'Trong khi chờ, có thể sao lưu một lần bằng dòng lệnh, không cần dừng máy chủ:',
};
export type BackupScreenWords = typeof backupsVi;
