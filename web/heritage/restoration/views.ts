/** Restoration in the panel, in the address: `?tubo=ke-hoach`, with filters that make a link. */
export const RESTORATION_KEY = 'tubo';
export const restorationViews = ['ke-hoach', 'phuong', 'kinh-phi'] as const;
export type RestorationView = (typeof restorationViews)[number];
export const parseView = (text: string | null): RestorationView =>
  restorationViews.find((view) => view === text) ?? 'ke-hoach';
/** The ward is the one the whole place is filtered by. */
export const filterKeys = { ward: 'phuong', stage: 'giaidoan', year: 'nam', source: 'nguon' } as const;
