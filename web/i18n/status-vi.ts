/** Words of evidence: they come with the screens of who may see it. */
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
};
export type StatusWords = typeof statusVi;
