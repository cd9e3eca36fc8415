/** The words of the ward lists and of the printed plan, as the office writes them. */
import type {
  consentBodies,
  moneySources,
  restorationStages,
  workKinds,
} from '../../../geodata/restoration-vocabulary.ts';
import type { relicParts, relicRanks } from '../../../geodata/vocabulary.ts';
import { fold } from '../../search/fold.ts';
import type { ConsentNeeded } from './item.ts';

export const partWords: Record<(typeof relicParts)[number], string> = {
  roof: 'Mái',
  frame: 'Khung gỗ',
  wall: 'Tường',
  foundation: 'Nền móng',
  gate: 'Tam quan',
  statues: 'Tượng, đồ thờ',
  grounds: 'Sân vườn',
};
export const workWords: Record<(typeof workKinds)[number], string> = {
  'urgent-repair': 'Tu sửa cấp thiết',
  conservation: 'Bảo quản',
  restoration: 'Tu bổ',
  embellishment: 'Tôn tạo',
  reconstruction: 'Phục hồi',
};
export const moneyWords: Record<(typeof moneySources)[number], string> = {
  city: 'Ngân sách thành phố',
  district: 'Ngân sách quận',
  social: 'Xã hội hóa',
};
export const stageWords: Record<(typeof restorationStages)[number], string> = {
  proposed: 'Đề xuất',
  approved: 'Chủ trương',
  preparing: 'Chuẩn bị đầu tư',
  'under-way': 'Đang thi công',
  done: 'Hoàn thành',
};
export const bodyWords: Record<(typeof consentBodies)[number], string> = {
  ministry: 'Bộ VHTTDL',
  department: 'Sở VHTT',
};
export const neededWords: Record<ConsentNeeded, string> = {
  ministry: 'Cần ý kiến Bộ VHTTDL',
  department: 'Cần ý kiến Sở VHTT',
  none: 'Chưa biết quy định phải xin ý kiến',
  unknown: 'Chưa xác định cấp, chưa biết nơi cho ý kiến',
};
export const rankWords: Record<(typeof relicRanks)[number] | 'unknown', string> = {
  'special-national': 'Quốc gia đặc biệt',
  national: 'Quốc gia',
  city: 'Cấp thành phố',
  inventoried: 'Kiểm kê, chưa xếp hạng',
  unknown: 'Chưa xác định',
};
export const gradeWords = [
  'Tốt',
  'Xuống cấp nhẹ',
  'Xuống cấp',
  'Xuống cấp nghiêm trọng',
  'Cần tu sửa cấp thiết',
] as const;

/** The key of a word, marks and capitals aside; `null` = it is none of them. */
export function keyOfWord<K extends string>(words: Readonly<Record<K, string>>, text: string): K | null {
  const said = fold(text);
  return (Object.keys(words) as K[]).find((key) => fold(words[key]) === said) ?? null;
}
/** Of parts in one cell: separated by semicolons or lines, since one of them holds a comma. */
export const partsInCell = (text: string): string[] =>
  text
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
