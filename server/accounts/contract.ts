/** The words of accounts: who one is, users, one-time links. Bodies are strict: an unknown key is refused. */
import { z } from 'zod';
import { wardKeySchema } from '../../geodata/schema.ts';
import { changeIdSchema, listOf } from '../platform/contract.ts';
import { permissions, roles } from './permission.ts';

export const accountRefusals = [
  /** 401, the same for an unknown name, a wrong password and a disabled account. */
  'wrong_credentials',
  /** 429 with Retry-After. */
  'too_many_tries',
  /** 401: the session this request carried has ended. */
  'signed_out',
  /** 403: one's role may, but not in this ward. */
  'outside_scope',
  'unknown_link',
  'link_expired',
  'link_used',
  'unknown_user',
  'unknown_session',
  'unknown_role',
  'unknown_ward_scope',
  'invalid_username',
  'username_taken',
  'weak_password',
  'wrong_password',
  'user_disabled',
  'last_admin',
] as const;
export type AccountRefusal = (typeof accountRefusals)[number];

/** In characters. The server also refuses passwords that are common, repeat themselves or hold the username. */
export const passwordRule = { minLength: 12, maxLength: 200 } as const;

/** Lower case letters, digits, dot, dash, underscore; sign-in ignores case. */
export const usernamePattern = /^[a-z0-9][a-z0-9._-]{2,31}$/;

/** Where the page takes a one-time link. The token stands behind `#`, so no server, proxy or log ever sees it. */
export const linkPath = (token: string): string => `/#link=${token}`;

export const roleSchema = z.enum(roles, 'unknown_role');
export const scopeSchema = z.union(
  [z.literal('district'), z.array(wardKeySchema).min(1, 'unknown_ward_scope').max(20, 'unknown_ward_scope')],
  'unknown_ward_scope',
);
export type ScopeWords = z.infer<typeof scopeSchema>;

const usernameSchema = z.string().regex(usernamePattern, 'invalid_username');
const displayNameSchema = z.string().trim().min(1).max(100);
const unitSchema = z.string().trim().min(1).max(100).nullable();
const rolesSchema = z.array(roleSchema).min(1, 'unknown_role').max(roles.length);
/** Judged by the server: too short, too long and too common are all `weak_password`. */
const newPasswordSchema = z.string().max(1000);
const tokenSchema = z.string().min(1).max(200);

export const userStates = ['active', 'invited', 'disabled'] as const;

export const userSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  username: z.string(),
  displayName: z.string(),
  /** Where the person works; `null` = not told. */
  unit: z.string().nullable(),
  roles: z.array(z.enum(roles)),
  scope: scopeSchema,
  /** `invited` = has no password yet. */
  state: z.enum(userStates),
  createdAt: z.string(),
  lastSignInAt: z.string().nullable(),
  demo: z.boolean(),
});
export type UserWords = z.infer<typeof userSchema>;
export const userListSchema = listOf(userSchema);

/** `user: null` = a visitor. `expiresAt` = when the session ends if nothing more is asked. */
export const sessionSchema = z.object({
  user: userSchema.nullable(),
  permissions: z.array(z.enum(permissions)),
  scope: scopeSchema.nullable(),
  expiresAt: z.string().nullable(),
});
export type SessionWords = z.infer<typeof sessionSchema>;

export const signInSchema = z.strictObject({ username: z.string().max(200), password: z.string().max(1000) });
export type SignIn = z.infer<typeof signInSchema>;

export const demoAccountsSchema = z.object({
  password: z.string(),
  items: z.array(userSchema.pick({ username: true, displayName: true, unit: true, roles: true, scope: true })),
});
export type DemoAccounts = z.infer<typeof demoAccountsSchema>;

export const linkPurposes = ['first-administrator', 'invitation', 'reset'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** A link just made. Told once: only its hash is kept. */
export const issuedLinkSchema = z.object({
  purpose: z.enum(linkPurposes),
  /** `linkPath(token)`, from this server's own address. */
  path: z.string(),
  expiresAt: z.string(),
});
export type IssuedLink = z.infer<typeof issuedLinkSchema>;

export const lookAtLinkSchema = z.strictObject({ token: tokenSchema });
/** What a link is for. `username: null` = the first administrator chooses one. */
export const linkSchema = z.object({
  purpose: z.enum(linkPurposes),
  username: z.string().nullable(),
  displayName: z.string().nullable(),
  /** `null` = until it is used or the server starts again. */
  expiresAt: z.string().nullable(),
});
export type LinkWords = z.infer<typeof linkSchema>;

/** Sets the password and signs in. `username` and `displayName` only for the first administrator, and then both. */
export const useLinkSchema = z.strictObject({
  token: tokenSchema,
  password: newPasswordSchema,
  username: usernameSchema.optional(),
  displayName: displayNameSchema.optional(),
  unit: unitSchema.optional(),
});
export type UseLink = z.infer<typeof useLinkSchema>;

export const profileSchema = z.strictObject({
  changeId: changeIdSchema,
  displayName: displayNameSchema.optional(),
  unit: unitSchema.optional(),
});
export type Profile = z.infer<typeof profileSchema>;

export const changePasswordSchema = z.strictObject({
  changeId: changeIdSchema,
  currentPassword: z.string().max(1000),
  newPassword: newPasswordSchema,
});
export type ChangePassword = z.infer<typeof changePasswordSchema>;

export const ownSessionSchema = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  /** As the browser names itself, shortened: `Firefox · Linux`; `null` = it does not say. */
  browser: z.string().nullable(),
});
export type OwnSession = z.infer<typeof ownSessionSchema>;
export const ownSessionListSchema = listOf(ownSessionSchema);
export const endedSessionsSchema = z.object({ ended: z.number().int() });

export const addUserSchema = z.strictObject({
  changeId: changeIdSchema,
  username: usernameSchema,
  displayName: displayNameSchema,
  unit: unitSchema.default(null),
  roles: rolesSchema,
  scope: scopeSchema,
});
export type AddUser = z.infer<typeof addUserSchema>;

export const updateUserSchema = z.strictObject({
  changeId: changeIdSchema,
  displayName: displayNameSchema.optional(),
  unit: unitSchema.optional(),
  roles: rolesSchema.optional(),
  scope: scopeSchema.optional(),
  disabled: z.boolean().optional(),
});
export type UpdateUser = z.infer<typeof updateUserSchema>;

export const issueLinkSchema = z.strictObject({ changeId: changeIdSchema });

/** `link: null` = this change id was answered before and its link can no longer be told; ask for a new one. */
export const userWithLinkSchema = z.object({ user: userSchema, link: issuedLinkSchema.nullable() });
export type UserWithLink = z.infer<typeof userWithLinkSchema>;
