import type { Permission } from '../../server/accounts/permission.ts';

/** The parts of the place that staff see as tabs, by the word `muc` holds in the address. Visitors see `theo-doi` alone. */
export type PartId = 'o-dich' | 'ca-benh' | 'theo-doi';

interface Part {
  id: PartId;
  /** Whoever may do this sees the tab. */
  permission: Permission;
}

/** In the order of the tabs. What each shows is DenguePanel's. */
export const allParts: readonly Part[] = [
  { id: 'o-dich', permission: 'outbreak.read' },
  { id: 'ca-benh', permission: 'case.read' },
  { id: 'theo-doi', permission: 'public.read' },
];

/** The parts open to a reader, in the order of the tabs. */
export const openParts = (may: (permission: Permission) => boolean): PartId[] =>
  allParts.filter((part) => may(part.permission)).map((part) => part.id);

/** The part the address asks for if it is open, else the first that is. Other places say other things with `muc`. */
export const chosenPart = (asked: string | null, open: readonly PartId[]): PartId =>
  open.find((id) => id === asked) ?? open[0] ?? 'theo-doi';
