/** What the wards are coloured by and how the classes are made, in Vietnamese. `colouring-en.ts` holds the same keys. */
const n = (value: number): string => new Intl.NumberFormat('vi-VN').format(value);

export const colouringVi = {
  board: 'Bảng điều hành',
  sinceLast: 'Đổi gì từ kỳ họp trước',
  titleRegister: 'Sổ đăng ký danh hiệu',
  titleSteps: 'Các bước và hồ sơ',
  criterion: (number: number | string, title: string) => `Tiêu chí ${number}. ${title}`,
  wholeCriterion: 'Cả tiêu chí',
  lateTasks: 'Số nhiệm vụ quá hạn',
  tasks: 'Nhiệm vụ',
  task: (title: string) => `Nhiệm vụ: ${title}`,
  notOfTask: 'Không thuộc nhiệm vụ',
  taskNote: (unit: string, due: string) => `${unit} · hạn ${due}`,
  late: (count: number) => `${n(count)} nhiệm vụ quá hạn`,
  method: 'Cách chia lớp',
  methods: {
    'trang-thai': 'Theo trạng thái',
    deu: 'Khoảng đều nhau',
    'phan-vi': 'Phân vị (số phường đều nhau)',
    'tu-nhien': 'Ngắt tự nhiên',
    tay: 'Tự đặt ranh giới',
  },
  breaks: 'Ranh giới giữa các lớp',
  breaksHint: 'Tối đa 4 số, cách nhau bằng dấu chấm phẩy. Ví dụ: 60; 75,5; 90',
  breaksWrong: 'Có giá trị không phải là số.',
  breaksNone: 'Chưa đặt ranh giới nên đang chia đều.',
  /** Which class a value on a boundary belongs to; stands in the legend. */
  onBoundary: 'Giá trị đúng ranh giới thuộc lớp trên.',
  rules: {
    'trang-thai': 'Theo ngưỡng của nội dung, không chia theo số.',
    deu: (classes: number) => `${n(classes)} khoảng đều nhau giữa giá trị nhỏ nhất và lớn nhất.`,
    'phan-vi': (classes: number) => `${n(classes)} lớp có số phường xấp xỉ bằng nhau (phân vị, nội suy tuyến tính).`,
    'tu-nhien': (classes: number) =>
      `${n(classes)} lớp sao cho chênh lệch trong mỗi lớp nhỏ nhất (Ckmeans); ranh giới là giá trị nhỏ nhất của lớp trên.`,
    tay: 'Ranh giới do người xem đặt.',
  },
  below: (high: string) => `dưới ${high}`,
  from: (low: string) => `từ ${low}`,
  between: (low: string, high: string) => `${low} – dưới ${high}`,
  upTo: (low: string, high: string) => `${low} – ${high}`,
  /** What pointing at a ward and walking to it by keyboard both say. */
  says: (name: string, label: string, detail: string) => `${name}: ${label}${detail ? `, ${detail}` : ''}`,
};
export type ColouringWords = typeof colouringVi;
