/** Who may do what, as a pure rule: denied unless a line below allows it. */
import type { WardKey } from '../../geodata/schema.ts';

export const permissions = [
  /** Whether the server answers. */
  'health.read',
  /** Ask who one is, sign in and out, use a one-time link. */
  'session.open',
  /** Public layers, ward status, programme. */
  'public.read',
  /** One's own profile, password and sessions. */
  'session.own',
  'relic.place',
  /** Add relics and inspect them. */
  'relic.write',
  /** What the register holds beyond what everybody sees: inspections, photos of the office. */
  'relic.read',
  /** What the wards list for restoration, and the plan of the district. */
  'restoration.read',
  /** Keep a ward's list of works. */
  'restoration.write',
  /** Decide about doubles, form the plan, weigh the priority: it is of every ward. */
  'restoration.plan',
  /** Add photos and take them away; the action asks besides for the permission of what they are of. */
  'photo.write',
  /** Cases without a word about the person, with their positions. */
  'case.read',
  'case.write',
  /** Names, dates of birth, phones, addresses: every reading is logged. */
  'person.read',
  /** Outbreaks as counts, wards, state and dates; positions only with `case.read` in their ward. */
  'outbreak.read',
  'outbreak.write',
  /** Choose the rule by which the whole district finds its outbreaks. */
  'rule.switch',
  /** Figures of the wards on their way, with who entered and decided; no figure is about a person. */
  'figure.read',
  'figure.enter',
  'figure.approve',
  /** The district's own tasks and directives, how far they are and what stands in the way. */
  'task.read',
  'task.write',
  /** What meetings directed; the action asks besides for the whole district. */
  'directive.write',
  /** Days frozen for meetings: what every account may see anyway, as it stood. */
  'meeting.read',
  /** Freeze a day: it is of every ward. */
  'meeting.freeze',
  /** Steps of the title "Phường đạt chuẩn đô thị văn minh". */
  'title.record',
  /** Packs of criteria: drafts, new versions, withdrawals; targets are the whole district's. */
  'pack.write',
  /** Take a change back; the action asks besides for the permission of what was done. */
  'change.undo',
  'users.manage',
  'audit.read',
  /** See, make and check backups. */
  'backup.make',
  /** Take one away: it holds everything about everybody. */
  'backup.download',
  /** Removes personal data that is too old, without seeing it. */
  'privacy.manage',
  /** What the server counts about itself. */
  'metrics.read',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['viewer', 'health', 'heritage', 'status', 'admin'] as const;
export type Role = (typeof roles)[number];

/** The whole district, or wards by key (code and first day: `00097@1995-10-28`). */
export type Scope = 'district' | readonly WardKey[];

/** What a person without an account may do, and what every account may do besides. */
const CLOSED: readonly Permission[] = ['health.read', 'session.open'];
const VISITOR: readonly Permission[] = [...CLOSED, 'public.read'];
const DEMO_VISITOR: readonly Permission[] = [...VISITOR, 'relic.place', 'change.undo'];
const EVERY_ACCOUNT: readonly Permission[] = [
  ...VISITOR,
  'session.own',
  'task.read',
  'meeting.read',
  'relic.read',
  'restoration.read',
];

/** What a role adds to `EVERY_ACCOUNT`. Least privilege: an administrator reads no health data without that role. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['outbreak.read', 'figure.read'],
  health: ['case.read', 'case.write', 'person.read', 'outbreak.read', 'outbreak.write', 'rule.switch', 'photo.write'],
  heritage: ['relic.place', 'relic.write', 'restoration.write', 'restoration.plan', 'photo.write', 'change.undo'],
  status: [
    'figure.read',
    'figure.enter',
    'figure.approve',
    'title.record',
    'task.write',
    'directive.write',
    'meeting.freeze',
  ],
  admin: [
    'change.undo',
    'users.manage',
    'audit.read',
    'backup.make',
    'backup.download',
    'privacy.manage',
    'pack.write',
    'metrics.read',
  ],
};

/** Permissions that hold in the wards of one's scope only. The others know no ward. */
export const scopedPermissions: ReadonlySet<Permission> = new Set<Permission>([
  'relic.place',
  'relic.write',
  'restoration.write',
  'case.read',
  'case.write',
  'person.read',
  'outbreak.write',
  'figure.enter',
  'figure.approve',
  'title.record',
  'task.write',
]);

/** Permissions that only accounts of the whole district have: what they reach is of every ward. */
export const districtPermissions: ReadonlySet<Permission> = new Set<Permission>([
  'backup.download',
  'rule.switch',
  'meeting.freeze',
  'restoration.plan',
  'pack.write',
]);

/**
 * Everyone without an account. `demo`: the server runs on the demo database, where all may try the one write.
 * `closed`: the server was started with PUBLIC=off, and visitors see no more than that it is alive.
 */
export interface Visitor {
  kind: 'visitor';
  demo: boolean;
  closed?: boolean;
  /** Asks from this very machine, through no proxy: whoever measures the server. */
  local?: boolean;
}
export interface User {
  kind: 'user';
  id: string;
  sessionId: string;
  roles: readonly Role[];
  scope: Scope;
}
export type Actor = Visitor | User;

export function permissionsOf(actor: Actor): readonly Permission[] {
  if (actor.kind === 'user') {
    const granted = new Set([...EVERY_ACCOUNT, ...actor.roles.flatMap((role) => rolePermissions[role] ?? [])]);
    const reaches = (permission: Permission) => actor.scope === 'district' || !districtPermissions.has(permission);
    return permissions.filter((permission) => granted.has(permission) && reaches(permission));
  }
  const granted = actor.closed ? CLOSED : actor.demo ? DEMO_VISITOR : VISITOR;
  return actor.local ? [...granted, 'metrics.read'] : granted;
}

/**
 * May `actor` do this, at all or (`wards` given) to a record of these wards? A record has one ward in each ward set;
 * one of them in scope is enough. No ward at all is only the district's.
 */
export function may(actor: Actor, permission: Permission, wards?: WardKey | readonly WardKey[]): boolean {
  if (!permissionsOf(actor).includes(permission)) return false;
  if (wards === undefined || !scopedPermissions.has(permission) || actor.kind === 'visitor') return true;
  const { scope } = actor;
  return scope === 'district' || [wards].flat().some((ward) => scope.includes(ward));
}

/** How the change log names who did it. */
export const nameOfActor = (actor: Actor): string => (actor.kind === 'user' ? `user:${actor.id}` : 'visitor');

/** Who is told of a change, by its kind. A kind that is not here cannot be written. */
export const kindPermission = {
  relic: 'public.read',
  register: 'public.read',
  /** Works on a list, lists, decisions, plans: the id and the version. */
  restoration: 'restoration.read',
  demo: 'public.read',
  day: 'public.read',
  account: 'users.manage',
  /** A case came, changed or went: its id and version, no ward, no place. */
  case: 'case.read',
  /** An outbreak opened, grew, was declared, ended: its number and version, no case, no place. */
  outbreak: 'outbreak.read',
  /** An inspection or a breeding site came or changed: its id, no place. */
  vector: 'case.read',
  /** Something was done about an outbreak: its number, kind, day and coverage, no place. */
  response: 'outbreak.read',
  /** A photo came, changed or went: its id and what it is of, no place. */
  'relic-photo': 'public.read',
  'vector-photo': 'case.read',
  /** A report about an outbreak was made: its id. */
  'outbreak-report': 'case.read',
  /** Persons were read, exported, erased or purged. */
  privacy: 'audit.read',
  /** A week of public hotspots was published. */
  publication: 'public.read',
  figure: 'figure.read',
  /** What is public of the wards' status changed: a figure was approved, evidence was withdrawn. */
  status: 'public.read',
  title: 'public.read',
  /** A version of a pack was published, a pack withdrawn or put back: what judges the wards. */
  pack: 'public.read',
  /** A draft was saved or thrown away: its pack and that. */
  'pack-draft': 'pack.write',
  /** Tasks of Programme 03, their reports, and directives: the id and the version. */
  task: 'task.read',
  /** A day was frozen: its number. */
  meeting: 'meeting.read',
  backup: 'backup.make',
} as const satisfies Record<string, Permission>;
export type ChangeKind = keyof typeof kindPermission;

/** A kind nobody knows is for nobody. */
export const maySeeKind = (actor: Actor, kind: string): boolean =>
  Object.hasOwn(kindPermission, kind) && may(actor, kindPermission[kind as ChangeKind]);
