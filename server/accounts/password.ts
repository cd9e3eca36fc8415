/** Passwords: which are too weak, and their Argon2id hashes, two at a time. */
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../platform/refusal.ts';
import { passwordRule } from './contract.ts';

/** Argon2id with 19 MiB and two passes (OWASP Password Storage, 2024). Tests take a cheaper one. */
export interface PasswordCost {
  memoryKiB: number;
  passes: number;
}
export const PASSWORD_COST: PasswordCost = { memoryKiB: 19_456, passes: 2 };

const AT_ONCE = 2;
/** Waiting longer than this queue takes about a second: better to say so. */
const MOST_WAITING = 32;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** `hash: null` = there is none: takes as long as a wrong password and says no. */
  verify(hash: string | null, password: string): Promise<boolean>;
}

/** @throws {Refusal} 503 `overloaded` from both when too many wait */
export function createPasswords(cost: PasswordCost, options: { mostWaiting?: number } = {}): Passwords {
  const { mostWaiting = MOST_WAITING } = options;
  const waiting: (() => void)[] = [];
  let running = 0;
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= mostWaiting) throw new Refusal(503, 'overloaded', { retryAfterSeconds: 2 });
      await new Promise<void>((turn) => waiting.push(turn));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes now overtakes.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }
  // Algorithm 2 = Argon2id, which is also the package's default.
  const settings = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1 };
  // Made beforehand: the first unknown name must take no longer than the second.
  const dummy = hash('nobody has this password', settings);
  return {
    hash: (password) => inTurn(() => hash(normal(password), settings)),
    async verify(known, password) {
      const against = known ?? (await dummy);
      const right = await inTurn(() => verify(against, normal(password)));
      return right && known !== null;
    },
  };
}

/** The same password typed on another keyboard: one form of every letter (NIST SP 800-63B, 3.1.1.2). */
const normal = (password: string): string => password.normalize('NFKC');

/** What people choose when twelve characters are asked for; compared in lower case without marks and signs. */
const COMMON = new Set(
  `passwordpassword password1234 password12345 password123456 passw0rd1234 administrator administrator1 admin1234567
  adminadmin123 adminadminadmin qwertyuiop12 qwertyuiop123 qwertyuiopas qwertyuiopasdf asdfghjkl123 zxcvbnm12345
  letmeinletmein iloveyou1234 iloveyou12345 welcome12345 welcome123456 changeme1234 changemenow1 abcdefghijkl
  abcdefghijklm 123456789012 1234567890123 012345678901 111111222222 112233445566 123123123123 121212121212 q1w2e3r4t5y6
  1q2w3e4r5t6y 1qaz2wsx3edc matkhau12345 matkhau123456 matkhaumatkhau matkhaucuatoi quantrivien1 quantrivien123
  hanoivietnam vietnam12345 vietnam123456 hanoi1234567 hanoi123456789 tayhohanoi12 tayhohanoi123 tayho1234567
  tayhoatlas123 tayhotayho12 banmeobanmeo anhyeuem1234 anhyeuem123456 emyeuanh1234 xinchaoviet1 troioitroioi`
    .split(/\s+/)
    .filter(Boolean),
);

/** A password that is no secret: too short, too long, common, of few signs, a row of the keyboard, or one's own name. */
export function isWeak(password: string, username: string): boolean {
  const length = [...password].length;
  if (length < passwordRule.minLength || length > passwordRule.maxLength) return true;
  const plain = password
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]/g, '');
  if (new Set(password.toLowerCase()).size < 5) return true;
  if (COMMON.has(plain) || isRow(plain)) return true;
  const name = username.replace(/[^a-z0-9]/g, '');
  return name.length >= 4 && plain.includes(name);
}

const ROWS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'].flatMap((row) => [
  row,
  [...row].reverse().join(''),
]);
const isRow = (plain: string): boolean => plain.length > 3 && ROWS.some((row) => row.includes(plain));
