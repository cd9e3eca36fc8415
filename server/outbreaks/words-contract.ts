/**
 * Words of an outbreak that stand on the screen and in the report alike, in Vietnamese: what the guide calls its steps,
 * and how far they are. Apart from the shapes, because a page that needs words should not load the judge of data (zod).
 */
import type { InspectionWords } from './inspection-contract.ts';
import type { Step } from './response-contract.ts';

export const stepNames: Record<Step['code'], string> = {
  verify: 'Xác minh, điều tra ổ dịch',
  'survey-before': 'Điều tra véc tơ trước xử lý',
  larvae: 'Diệt bọ gậy',
  'spray-1': 'Phun hóa chất lần 1',
  'spray-2': 'Phun hóa chất lần 2',
  'survey-after': 'Điều tra véc tơ sau xử lý',
  'spray-3': 'Phun hóa chất lần 3',
  wide: 'Xử lý diện rộng',
};

export const stepStateNames: Record<Step['state'], string> = {
  late: 'Trễ hạn',
  due: 'Cần làm',
  waiting: 'Chưa tới',
  done: 'Đã làm',
  needless: 'Không cần',
};

export const stepWarningNames: Record<Step['warnings'][number], string> = {
  'done-late': 'làm trễ hạn',
  'too-early': 'làm quá sớm',
  'too-late': 'làm quá muộn',
  'coverage-low': 'độ bao phủ thấp hơn yêu cầu',
  'coverage-unknown': 'chưa ghi độ bao phủ',
};

export const inspectionKindNames: Record<InspectionWords['kind'], string> = {
  before: 'trước xử lý',
  after: 'sau xử lý',
  routine: 'thường kỳ',
};

export const caseClassNames = {
  suspected: 'nghi ngờ',
  clinical: 'lâm sàng',
  confirmed: 'xác định',
  'ruled-out': 'loại trừ',
};
