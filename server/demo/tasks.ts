/** Invented tasks of the district's own, and invented reports on them and on those of the article. */
import type { KeptTask, TaskReport } from '../programme/tasks.ts';
import { DEMO_SOURCE } from './measures.ts';

const EIGHT = ['00091', '00094', '00097', '00100', '00103', '00106', '00109', '00112'];
type Invented = Omit<KeptTask, 'version' | 'wardKeys' | 'source' | 'removed' | 'demo'> & { wards: readonly string[] };

/** Each from a directive the article quotes. */
const invented: readonly Invented[] = [
  {
    id: 'demo-task-1',
    title: 'Hoàn thiện hồ sơ các nội dung chưa đạt về môi trường trước kỳ kiểm tra cuối năm',
    unit: 'UBND phường Thụy Khuê',
    wards: ['00112'],
    criteria: ['3'],
    directiveId: 'D3',
    assignedOn: '2022-09-28',
    dueOn: '2022-10-31',
  },
  {
    id: 'demo-task-2',
    title: 'Tám phường nộp bản đăng ký theo mẫu chung',
    unit: 'Phòng Văn hóa và Thông tin quận',
    wards: EIGHT,
    criteria: ['9'],
    directiveId: 'D4',
    assignedOn: '2022-09-28',
    dueOn: '2022-11-30',
  },
  {
    id: 'demo-task-3',
    title: 'Lập danh sách di tích xuống cấp của Quảng An và Nhật Tân',
    unit: 'UBND phường Quảng An, UBND phường Nhật Tân',
    wards: ['00094', '00100'],
    criteria: ['7'],
    directiveId: 'D5',
    assignedOn: '2022-10-03',
    dueOn: '2022-11-15',
  },
  {
    id: 'demo-task-4',
    title: 'Ra quân diệt lăng quăng, bọ gậy ba đợt',
    unit: 'Trạm Y tế phường Bưởi',
    wards: ['00109'],
    criteria: ['8'],
    directiveId: 'D6',
    assignedOn: '2022-09-28',
    dueOn: '2022-10-20',
  },
];

export const ownTasksOf = (): KeptTask[] =>
  invented.map(({ wards, ...task }) => ({
    ...task,
    version: 1,
    wardKeys: wards.map((code) => `${code}@1995-10-28` as const),
    source: DEMO_SOURCE,
    removed: false,
    demo: true,
  }));

const reports = [
  ['T2', 'in-progress', '2022-10-11', null, ''],
  ['T2', 'done', '2022-10-28', 100, ''],
  ['T3a', 'in-progress', '2022-11-01', null, ''],
  ['T3b', 'in-progress', '2022-10-14', 60, ''],
  ['T4', 'in-progress', '2022-10-18', 25, ''],
  ['T5', 'in-progress', '2022-10-05', null, ''],
  ['T7', 'done', '2022-10-31', 100, ''],
  ['demo-task-1', 'in-progress', '2022-10-12', 30, ''],
  ['demo-task-1', 'in-progress', '2022-10-27', 70, 'Chờ kết quả quan trắc quý III của đơn vị đo.'],
  ['demo-task-2', 'in-progress', '2022-10-18', 60, ''],
  ['demo-task-3', 'in-progress', '2022-11-03', 40, ''],
  ['demo-task-4', 'in-progress', '2022-10-05', 40, ''],
  ['demo-task-4', 'done', '2022-10-19', 100, ''],
] as const;

export const taskReportsOf = (): (TaskReport & { source: string; reportedBy: null })[] =>
  reports.map(([taskId, state, reportedOn, percent, blockers]) => ({
    taskId,
    state,
    reportedOn,
    percent,
    blockers,
    source: DEMO_SOURCE,
    reportedBy: null,
    demo: true,
  }));
