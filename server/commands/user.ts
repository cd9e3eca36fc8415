import { openAccounts, type Accounts } from '../accounts/account.ts';
import { addUserSchema, type IssuedLink, type UserWords } from '../accounts/contract.ts';
import { addUser, issueLink, updateUser, userIdOf, userPage } from '../accounts/user-actions.ts';
import type { Env } from '../env.ts';
import { PlainFault } from '../faults.ts';
import { openServices } from '../open.ts';
import { Refusal } from '../platform/refusal.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { readArguments, type Command } from './command.ts';

const WORDS: Record<string, string> = {
  unknown_user: 'Không có tài khoản đó / No such account',
  username_taken: 'Tên đăng nhập đã có người dùng / The username is taken',
  unknown_ward_scope: 'Không có phường đó / No such ward: --scope district | 00097@1995-10-28,…',
  last_admin: 'Đây là quản trị viên cuối cùng / This is the last administrator',
  user_disabled: 'Tài khoản đã bị khoá / The account is disabled',
  invalid_username: 'Tên đăng nhập: 3 đến 32 ký tự a-z 0-9 . _ - / Username: 3 to 32 of a-z 0-9 . _ -',
  unknown_role: 'Không có vai trò đó / No such role: viewer, health, heritage, status, admin',
};

/** Works beside a running server: requests notice at once, event streams within five seconds. */
async function withAccounts(env: Env, work: (accounts: Accounts) => Promise<string[]>): Promise<string[]> {
  const { value: services, close } = await openServices(env);
  try {
    return await work(openAccounts(services));
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'read_only') throw new PlainFault(WORDS[error.code] ?? error.code);
    throw error;
  } finally {
    await close();
  }
}

const newChangeId = ({ clock }: Accounts) => uuidv7(clock.now().getTime());

/** A password on a command line would stand in its history and in the list of processes: a link does not, for long. */
function linkLines(env: Env, user: UserWords, link: IssuedLink | null): string[] {
  const host = env.host.includes(':') ? `[${env.host}]` : env.host;
  const base = `${env.tls ? 'https' : 'http'}://${host}:${env.port}`;
  return [`${user.username}: ${base}${link?.path ?? ''}`, `dùng một lần, đến / once, until ${link?.expiresAt ?? ''}`];
}

function oneName(words: readonly string[]): string {
  const [name, ...more] = words;
  if (name === undefined || more.length > 0) throw new PlainFault('Cần một tên đăng nhập / One username is needed');
  return name.toLowerCase();
}

const add: Command = {
  verb: ['user', 'add'],
  usage: 'user add USERNAME --name NAME --roles ROLE,… --scope district|WARD,… [--unit UNIT]',
  vi: 'Thêm tài khoản, in liên kết dùng một lần để chủ tài khoản đặt mật khẩu',
  en: 'Adds an account and prints the one-time link by which its owner chooses a password',
  async run(args, env) {
    const { words, options } = readArguments(args, ['name', 'roles', 'scope', 'unit']);
    const scope = options.scope ?? 'district';
    return withAccounts(env, async (accounts) => {
      const parsed = addUserSchema.safeParse({
        changeId: newChangeId(accounts),
        username: oneName(words),
        displayName: options.name ?? oneName(words),
        unit: options.unit ?? null,
        roles: (options.roles ?? '').split(',').filter(Boolean),
        scope: scope === 'district' ? scope : scope.split(','),
      });
      if (!parsed.success) {
        const code = parsed.error.issues[0]?.message ?? '';
        throw new PlainFault(WORDS[code] ?? `Sai / Wrong: ${parsed.error.issues[0]?.path.join('.')}`);
      }
      const { user, link } = await addUser(accounts, parsed.data, 'cli');
      return linkLines(env, user, link);
    });
  },
};

const disable: Command = {
  verb: ['user', 'disable'],
  usage: 'user disable USERNAME',
  vi: 'Khoá tài khoản và kết thúc mọi phiên của nó',
  en: 'Disables an account and ends its sessions',
  async run(args, env) {
    const name = oneName(readArguments(args, []).words);
    return withAccounts(env, async (accounts) => {
      const id = await userIdOf(accounts, name);
      const given = { changeId: newChangeId(accounts), disabled: true };
      const user = await updateUser(accounts, id, null, given, 'cli');
      return [`${user.username}: ${user.state}`];
    });
  },
};

const passwd: Command = {
  verb: ['user', 'passwd'],
  usage: 'user passwd USERNAME',
  vi: 'In liên kết dùng một lần để đặt mật khẩu mới, kết thúc mọi phiên',
  en: 'Prints a one-time link to choose a new password, ends the sessions',
  async run(args, env) {
    const name = oneName(readArguments(args, []).words);
    return withAccounts(env, async (accounts) => {
      const id = await userIdOf(accounts, name);
      const { user, link } = await issueLink(accounts, id, newChangeId(accounts), 'cli');
      return linkLines(env, user, link);
    });
  },
};

const list: Command = {
  verb: ['user', 'list'],
  usage: 'user list',
  vi: 'Các tài khoản: tên, trạng thái, vai trò, phạm vi',
  en: 'The accounts: name, state, roles, scope',
  async run(args, env) {
    readArguments(args, []);
    return withAccounts(env, async (accounts) => {
      const lines: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Awaited<ReturnType<typeof userPage>> = await userPage(accounts, cursor, 500);
        for (const { username, state, roles, scope } of page.items) {
          lines.push(
            `${username.padEnd(32)} ${state.padEnd(8)} ${roles.join(',').padEnd(20)} ${[scope].flat().join(',')}`,
          );
        }
        cursor = page.nextCursor;
      }
      return lines;
    });
  },
};

export const userCommands: readonly Command[] = [add, disable, passwd, list];
