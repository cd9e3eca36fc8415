/** The leader's board in the address: `?bang=xep-hang`. Pure. */
export const BOARD_KEY = 'bang';
export const boardTabs = ['xep-hang', 'xu-huong', 'thoi-gian', 'hai-ngay', 'doi-gi'] as const;
export type BoardTab = (typeof boardTabs)[number];

export const parseTab = (text: string | null): BoardTab => boardTabs.find((tab) => tab === text) ?? 'xep-hang';
