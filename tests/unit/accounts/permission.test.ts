import { describe, expect, it, test } from 'vitest';
import type { WardKey } from '../../../geodata/schema.ts';
import {
  kindPermission,
  may,
  maySeeKind,
  nameOfActor,
  permissions,
  permissionsOf,
  rolePermissions,
  roles,
  type Role,
  type User,
} from '../../../server/accounts/permission.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';
const BUOI: WardKey = '00109@1995-10-28';
const user = (more: Partial<User> = {}): User => ({
  kind: 'user',
  id: 'u',
  sessionId: 's',
  roles: ['heritage'],
  scope: [QUANG_AN],
  ...more,
});

test.each(
  Object.entries({
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
  }),
)('the role %s adds exactly what it is for', (role, added) => {
  expect(rolePermissions[role as Role]).toEqual(added);
});

describe('an account', () => {
  it('of any role has its own session and the public pages, also while visitors are shut out', () => {
    for (const role of roles) {
      expect(permissionsOf(user({ roles: [role] }))).toEqual(
        expect.arrayContaining(['health.read', 'session.open', 'public.read', 'session.own']),
      );
    }
  });

  it('of several roles has what each gives, in the order of the list', () => {
    const given = permissionsOf(user({ roles: ['admin', 'heritage'] }));
    expect(given).toEqual(permissions.filter((permission) => given.includes(permission)));
    expect(given).toEqual(expect.arrayContaining(['relic.place', 'audit.read']));
  });

  it('of some wards takes no backup away, for it holds every ward', () => {
    expect(permissionsOf(user({ roles: ['admin'] }))).not.toContain('backup.download');
    expect(may(user({ roles: ['admin'], scope: 'district' }), 'backup.download')).toBe(true);
    expect(may(user({ roles: ['admin'] }), 'backup.download')).toBe(false);
  });

  it('without a role has nothing but itself', () => {
    expect(permissionsOf(user({ roles: [] }))).toEqual([
      'health.read',
      'session.open',
      'public.read',
      'session.own',
      'relic.read',
      'restoration.read',
      'task.read',
      'meeting.read',
    ]);
  });

  it('may write in its ward and not in another', () => {
    expect([may(user(), 'relic.place', QUANG_AN), may(user(), 'relic.place', BUOI)]).toEqual([true, false]);
  });

  it('may write to a record when one of its wards is in scope', () => {
    expect(may(user(), 'relic.place', [BUOI, QUANG_AN])).toBe(true);
  });

  it('of some wards may not write to a record of no ward', () => {
    expect([may(user(), 'relic.place', []), may(user({ scope: 'district' }), 'relic.place', [])]).toEqual([
      false,
      true,
    ]);
  });

  it('is not stopped by a ward where the permission knows none', () => {
    expect(may(user({ roles: ['admin'], scope: [BUOI] }), 'audit.read', QUANG_AN)).toBe(true);
  });

  it('gains nothing from its scope without the role', () => {
    expect(may(user({ roles: ['viewer'], scope: 'district' }), 'relic.place', QUANG_AN)).toBe(false);
  });

  it('takes a ward of the same code in another set for another ward', () => {
    const key: WardKey = '00091@1995-10-28';
    expect(may(user({ scope: [key] }), 'relic.place', '00091@2025-07-01')).toBe(false);
  });

  it('with a role that the program does not know gains nothing by it', () => {
    expect(permissionsOf(user({ roles: ['owner' as Role] }))).toEqual(permissionsOf(user({ roles: [] })));
  });
});

describe('changes', () => {
  it('of accounts are told only to who manages them', () => {
    expect(maySeeKind(user({ roles: ['admin'] }), 'account')).toBe(true);
    for (const role of ['viewer', 'health', 'heritage', 'status'] as const) {
      expect(maySeeKind(user({ roles: [role] }), 'account')).toBe(false);
    }
    expect(maySeeKind({ kind: 'visitor', demo: true }, 'account')).toBe(false);
  });

  it('of a kind nobody knows are told to nobody, whatever it is called', () => {
    for (const kind of ['secret', '__proto__', 'constructor', 'toString']) {
      expect(maySeeKind(user({ roles: [...roles] }), kind)).toBe(false);
    }
  });

  it('of public kinds are told to visitors, unless these are shut out', () => {
    expect(Object.keys(kindPermission).filter((kind) => maySeeKind({ kind: 'visitor', demo: false }, kind))).toEqual([
      'relic',
      'register',
      'demo',
      'day',
      'relic-photo',
      'publication',
      'status',
      'title',
      'pack',
    ]);
    expect(maySeeKind({ kind: 'visitor', demo: false, closed: true }, 'relic')).toBe(false);
  });
});

test('the log names an account by its id, never by its name', () => {
  expect([nameOfActor(user({ id: '0184' })), nameOfActor({ kind: 'visitor', demo: true })]).toEqual([
    'user:0184',
    'visitor',
  ]);
});
