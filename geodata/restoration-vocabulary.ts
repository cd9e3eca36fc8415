/**
 * The closed lists of words and the weighed figures of restoration. Apart from the schemas that use them, so that a page
 * may carry them without zod.
 */

/** Tu sửa cấp thiết, bảo quản, tu bổ, tôn tạo, phục hồi: what a ward proposes (Thông tư 15/2019/TT-BVHTTDL, Điều 2). */
export const workKinds = ['urgent-repair', 'conservation', 'restoration', 'embellishment', 'reconstruction'] as const;

/** Ngân sách thành phố, ngân sách quận, xã hội hóa. */
export const moneySources = ['city', 'district', 'social'] as const;

/** Đề xuất, chủ trương, chuẩn bị đầu tư, đang thi công, hoàn thành: in this order. */
export const restorationStages = ['proposed', 'approved', 'preparing', 'under-way', 'done'] as const;

/** Who gives consent to works: Bộ Văn hóa, Thể thao và Du lịch; Sở of the city. */
export const consentBodies = ['ministry', 'department'] as const;

/**
 * Whose consent works on a relic of a rank need: the ministry for national and special national ones, the department for
 * those of the city. Confidence medium (M): told by officials, the article of the decree was not read. For relics that
 * are inventoried only no demand is known; a rank nobody knows leaves open whom to ask.
 */
export const consentOfRank = {
  'special-national': 'ministry',
  national: 'ministry',
  city: 'department',
  inventoried: null,
} as const;

/** From this stage on there are works, so from here on the consent must be there. */
export const WORKS_FROM = 'under-way';

/** What a priority is made of. */
export const priorityParts = ['grade', 'rank', 'age', 'danger'] as const;

/** Our own working rule, shown with every score; the district office changes the weights. */
export const defaultWeights = { grade: 40, rank: 20, age: 15, danger: 25 } as const;

/** From 0, nothing presses, to 1; of what nobody knows the value under `unknown`, and the row says so. */
export const priorityValues = {
  grade: { '1': 0, '2': 0.25, '3': 0.5, '4': 0.75, '5': 1, unknown: 0.5 },
  rank: { 'special-national': 1, national: 0.8, city: 0.5, inventoried: 0.25, unknown: 0.5 },
  /** In months since the last inspection, up to the longest time between two; one never inspected counts as that old. */
  age: { mostMonths: 24, unknown: 1 },
  danger: { watch: 0.15, 'this-year': 0.4, 'this-quarter': 0.7, 'at-once': 1, unknown: 0.5 },
} as const;
