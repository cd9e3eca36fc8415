/** What the actions of accounts share: what they are given, and an account in the words of the contract. */
import { randomBytes } from 'node:crypto';
import type { Services } from '../platform/services.ts';
import type { UserWords } from './contract.ts';
import { createPasswords, type Passwords } from './password.ts';
import type { Role, Scope } from './permission.ts';

export interface Accounts extends Pick<
  Services,
  'env' | 'log' | 'db' | 'changes' | 'events' | 'clock' | 'places' | 'passwordCost'
> {
  passwords: Passwords;
  /** Lives as long as the process. A link's token is made of it and of the change id, so a retry gives the same one. */
  linkKey: Buffer;
}

export const openAccounts = (services: Omit<Accounts, 'passwords' | 'linkKey'>): Accounts => ({
  ...services,
  passwords: createPasswords(services.passwordCost),
  linkKey: randomBytes(32),
});

/** As the store keeps it, without what never leaves the server. */
interface Account {
  id: string;
  version: number;
  username: string;
  displayName: string;
  unit: string | null;
  roles: readonly Role[];
  scope: Scope;
  passwordHash: string | null;
  disabled: boolean;
  createdAt: string;
  lastSignInAt: string | null;
  demo: boolean;
}

export const describeUser = (user: Account): UserWords => ({
  id: user.id,
  version: user.version,
  username: user.username,
  displayName: user.displayName,
  unit: user.unit,
  roles: [...user.roles],
  scope: user.scope === 'district' ? 'district' : [...user.scope],
  state: user.disabled ? 'disabled' : user.passwordHash === null ? 'invited' : 'active',
  createdAt: user.createdAt,
  lastSignInAt: user.lastSignInAt,
  demo: user.demo,
});

/** What the change log keeps of an account: no name but the username, no unit, nothing of the password. */
export const auditOf = (user: Account) => ({
  username: user.username,
  roles: [...user.roles],
  scope: user.scope === 'district' ? 'district' : [...user.scope],
  disabled: user.disabled,
});

/** An account of the demo, whose password is known to everybody, opens nothing outside the demo. */
export const isUsable = (user: Account, demo: boolean): boolean => !user.disabled && (demo || !user.demo);
