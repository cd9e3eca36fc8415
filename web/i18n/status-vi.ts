const n = (value: number) => value.toLocaleString('vi-VN');

/** Words of evidence, of figures as a workbook: they come with the screens of who may see it. */
export const statusVi = {
  evidence: {
    open: 'Mở tệp minh chứng',
    noFile: 'không kèm tệp',
    withdrawnOn: (date: string) => `đã rút ngày ${date}`,
    withdraw: 'Rút minh chứng',
    withdrawLong: (title: string) => `Rút minh chứng “${title}”`,
    withdrawHint: 'Tệp vẫn được lưu trong lịch sử. Trạng thái của phường đổi ngay khi rút.',
    why: 'Lý do rút',
    restore: 'Khôi phục minh chứng',
    withdrawn: 'Đã rút minh chứng, trạng thái đã tính lại.',
    restored: 'Đã khôi phục minh chứng, trạng thái đã tính lại.',
    history: 'Lịch sử công bố',
    historyHide: 'Ẩn lịch sử',
    historyEmpty: 'Chưa công bố số liệu nào.',
    value: (value: string, period: string, day: string) => `${value} · kỳ ${period}, số liệu ngày ${day}`,
    approvedBy: (who: string) => `${who} duyệt`,
    knownAt: (day: string) => `ghi ngày ${day}`,
    withdrawnBy: (who: string, day: string, reason: string) => `${who} rút minh chứng ngày ${day}: ${reason}`,
    withdrawnOfCell: (date: string) => `Minh chứng của số liệu đang công bố đã bị rút ngày ${date}.`,
    needed: (what: string) => `Minh chứng cần có: ${what}`,
  },
  sheet: {
    out: 'Tải mẫu Excel',
    in: 'Nhập từ Excel…',
    reading: 'Đang đọc tệp…',
    preview: 'Kết quả đọc tệp Excel',
    found: (changed: number, same: number) => `${n(changed)} dòng có thay đổi, ${n(same)} dòng giữ nguyên.`,
    faulty: (rows: number) => `${n(rows)} dòng có lỗi, chưa ghi gì.`,
    cell: 'Ô',
    fault: 'Lỗi',
    said: 'Đang ghi trong ô',
    more: (count: number) => `và ${n(count)} lỗi khác`,
    moved: (cell: string, ward: string, indicator: string, ours: string, theirs: string, who: string) =>
      `Ô ${cell} (${ward}, ${indicator}): tệp ghi ${ours}, còn ${who} vừa nhập ${theirs}. Khi lưu sẽ chọn giữ số nào.`,
    take: (count: number) => `Đưa ${n(count)} ô vào bảng`,
    takeRight: (count: number) => `Bỏ các dòng lỗi, đưa ${n(count)} ô đúng vào bảng`,
    taken: (count: number) => `Đã đưa ${n(count)} ô từ Excel vào bảng, chưa lưu.`,
  },
};
export type StatusWords = typeof statusVi;
