import type { WardKey } from '../../geodata/schema.ts';
import type { Services } from '../platform/services.ts';
import { createPasswords } from './password.ts';
import type { Role, Scope } from './permission.ts';
import { insertUser } from './user-store.ts';

const CHANGE_ID = '01830000-0000-7000-8000-0000000000a5';

/** Of every account of the demo, and no secret: these accounts open nothing outside the demo. */
export const demoPassword = 'xem-thu-ban-do';

const QUANG_AN: WardKey = '00100@1995-10-28';
const BUOI: WardKey = '00109@1995-10-28';

/** `id` decides the order on the sign-in screen. The names say what they are in the data's language. */
const accounts: readonly {
  id: string;
  username: string;
  displayName: string;
  unit: string;
  roles: Role[];
  scope: Scope;
}[] = [
  { username: 'lanh-dao', unit: 'Lãnh đạo quận', roles: ['viewer'], scope: 'district' },
  { username: 'yte-quangan', unit: 'Trạm y tế phường Quảng An', roles: ['health'], scope: [QUANG_AN] },
  { username: 'yte-buoi', unit: 'Trạm y tế phường Bưởi', roles: ['health'], scope: [BUOI] },
  { username: 'di-san', unit: 'Ban quản lý di tích quận', roles: ['heritage'], scope: 'district' },
  { username: 'so-lieu', unit: 'Tổ tổng hợp số liệu phường', roles: ['status'], scope: 'district' },
  { username: 'quan-tri', unit: 'Quản trị hệ thống', roles: ['admin', 'heritage'], scope: 'district' },
].map((account, index) => ({
  ...(account as { username: string; unit: string; roles: Role[]; scope: Scope }),
  id: `01830000-0000-7000-8000-0000000001${String(index).padStart(2, '0')}`,
  displayName: `Tài khoản minh họa: ${account.unit}`,
}));

/** Ready accounts, one a role and health in two wards. Later calls do nothing. */
export async function seedDemoAccounts({
  changes,
  clock,
  passwordCost,
}: Pick<Services, 'changes' | 'clock' | 'passwordCost'>): Promise<void> {
  await changes.commit(
    CHANGE_ID,
    'seedDemoAccounts',
    async (tx) => {
      const passwords = createPasswords(passwordCost);
      for (const account of accounts) {
        await insertUser(tx, {
          ...account,
          version: 1,
          passwordHash: await passwords.hash(demoPassword),
          disabled: false,
          createdAt: clock.now().toISOString(),
          lastSignInAt: null,
          demo: true,
        });
      }
      return {
        outcome: { accounts: accounts.length },
        change: {
          kind: 'account',
          verb: 'seedDemoAccounts',
          recordId: 'demo',
          version: 1,
          layers: [],
          actor: 'seed',
          after: { accounts: accounts.map(({ username }) => username) },
        },
      };
    },
    'demo',
  );
}
