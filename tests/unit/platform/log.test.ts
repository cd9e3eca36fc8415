import { expect, test } from 'vitest';
import { createLog } from '../../../server/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

test('a line is JSON with its level and its instant', () => {
  expect(logged((log) => log.info({ seq: 3 }, 'placed'))).toMatchObject({
    level: 'info',
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    seq: 3,
    msg: 'placed',
  });
});

test('names, phones and points are censored at any depth', () => {
  const entry = {
    person: { name: 'Nguyễn A', contacts: [{ phone: '0912345678' }] },
    position: [105.81, 21.06],
    seq: 3,
  };
  expect(logged((log) => log.info(entry))).toMatchObject({
    person: { name: '[redacted]', contacts: [{ phone: '[redacted]' }] },
    position: '[redacted]',
    seq: 3,
  });
});

test('a phone or a coordinate quoted by an error is masked', () => {
  const line = logged((log) => log.error({ err: new Error('no such phone 0912345678 at 21.06512') }));
  expect(JSON.stringify(line)).not.toMatch(/0912345678|06512/);
});
