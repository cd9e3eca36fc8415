/** The work of the programme over the whole window, in the address: `?viec=bang`, `?viec=lich&thang=2022-11`. */
export const WORK_KEY = 'viec';
export const MONTH_KEY = 'thang';
export const workViews = ['bang', 'lich'] as const;
export type WorkView = (typeof workViews)[number];
export const parseView = (text: string | null): WorkView => workViews.find((view) => view === text) ?? 'bang';
