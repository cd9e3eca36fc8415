import type {
  AddUser,
  DemoAccounts,
  LinkWords,
  OwnSession,
  SessionWords,
  UpdateUser,
  UseLink,
  UserWithLink,
  UserWords,
} from '../../server/accounts/contract.ts';
import { api, ask } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import { uuidv7 } from '../lib/uuid.ts';

/** Who is at this screen, and, for an administrator, who else may be. The server decides; this only asks. */
class AccountsState {
  readonly session = new Resource<SessionWords>();
  readonly demo = new Resource<DemoAccounts>();
  readonly own = new Resource<OwnSession[]>();
  readonly users = new Resource<UserWords[]>();

  get user(): UserWords | null {
    return this.session.value?.user ?? null;
  }

  load(): Promise<void> {
    return this.session.load(() => ask(api.api.session.$get()));
  }

  async signIn(username: string, password: string): Promise<void> {
    this.session.value = await ask(api.api.session.$post({ json: { username, password } }));
  }

  async signOut(): Promise<void> {
    this.session.value = await ask(api.api.session.$delete());
  }

  loadDemo(): void {
    void this.demo.load(() => ask(api.api.session['demo-accounts'].$get()));
  }

  lookAtLink(token: string): Promise<LinkWords> {
    return ask(api.api.session.link.$post({ json: { token } }));
  }

  async useLink(use: UseLink): Promise<void> {
    this.session.value = await ask(api.api.session.link.use.$post({ json: use }));
  }

  async changePassword(currentPassword: string, newPassword: string): Promise<void> {
    const json = { changeId: uuidv7(), currentPassword, newPassword };
    this.session.value = await ask(api.api.session.password.$post({ json }));
  }

  loadOwn(): void {
    void this.own.load(async () => (await ask(api.api.sessions.$get())).items);
  }

  async endSession(id: string): Promise<void> {
    await ask(api.api.sessions[':id'].$delete({ param: { id } }));
    this.loadOwn();
  }

  loadUsers(): void {
    void this.users.load(async () => {
      const first = await ask(api.api.users.$get({ query: {} }));
      return first.items;
    });
  }

  async addUser(draft: Omit<AddUser, 'changeId'>): Promise<UserWithLink> {
    const made = await ask(api.api.users.$post({ json: { changeId: uuidv7(), ...draft } }));
    this.loadUsers();
    return made;
  }

  async updateUser(user: UserWords, change: Omit<UpdateUser, 'changeId'>): Promise<void> {
    await ask(
      api.api.users[':id'].$patch(
        { param: { id: user.id }, header: {}, json: { changeId: uuidv7(), ...change } },
        { headers: { 'if-match': `"${user.version}"` } },
      ),
    );
    this.loadUsers();
  }

  /** A new one-time link: an invitation for who has no password yet, a reset for who has one. */
  linkFor(user: UserWords): Promise<UserWithLink> {
    return ask(api.api.users[':id'].link.$post({ param: { id: user.id }, json: { changeId: uuidv7() } }));
  }
}

export const accounts = new AccountsState();
