import { parseOptions } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { demoPassword } from '../../../server/accounts/demo.ts';
import { createPasswords, isWeak, PASSWORD_COST } from '../../../server/accounts/password.ts';

const CHEAP = { memoryKiB: 64, passes: 1 };

describe('a password is too weak', () => {
  it.each([
    ['mười một ký', 'under twelve characters'],
    ['a'.repeat(201), 'over two hundred'],
    ['aaaaaaaaaaaabbb', 'of few signs'],
    ['abcdefghijklmn', 'a row of the alphabet'],
    ['98765432109876', 'a row of digits'],
    ['Password-1234', 'common, whatever its signs'],
    ['Mật-Khẩu-12345', 'common in Vietnamese'],
    ['nguyen.an và mưa', 'with the username inside'],
  ])('%s: %s', (password) => {
    expect(isWeak(password, 'nguyen.an')).toBe(true);
  });

  it.each(['hồ rộng thuyền con', 'correct horse battery', '東京都千代田区丸の内一丁目', demoPassword])(
    'and %s is not',
    (password) => {
      expect(isWeak(password, 'nguyen.an')).toBe(false);
    },
  );
});

describe('a hash', () => {
  it('is Argon2id with 19 MiB and two passes', async () => {
    const hash = await createPasswords(PASSWORD_COST).hash('hồ rộng thuyền con');
    expect(parseOptions(hash)).toMatchObject({ algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  });

  it('is known again however its letters were put together', async () => {
    const passwords = createPasswords(CHEAP);
    const hash = await passwords.hash('hồ rộng thuyền con'.normalize('NFC'));
    expect(await passwords.verify(hash, 'hồ rộng thuyền con'.normalize('NFD'))).toBe(true);
  });

  it('that does not exist is never right, also for the password inside the stand-in', async () => {
    expect(await createPasswords(CHEAP).verify(null, 'nobody has this password')).toBe(false);
  });
});

describe('many at once', () => {
  it('are turned away when too many wait, and served again afterwards', async () => {
    const passwords = createPasswords(CHEAP, { mostWaiting: 3 });
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => passwords.hash('hồ rộng thuyền con')));
    const refused = all.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(5);
    expect(refused.every(({ reason }) => reason.code === 'overloaded' && reason.problem.retryAfterSeconds > 0)).toBe(
      true,
    );
    expect(await passwords.hash('hồ rộng thuyền con')).toMatch(/^\$argon2id\$/);
  });
});
