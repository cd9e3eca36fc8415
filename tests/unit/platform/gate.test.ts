import { expect, test } from 'vitest';
import { createGate } from '../../../server/platform/gate.ts';

const read = (network = '192.0.2.1') => ({ network, writes: false });
const write = (network = '192.0.2.1') => ({ network, writes: true });

test('no more than the most are let in, and another when one has left', () => {
  const gate = createGate({ most: 2, mostWrites: 2, mostOfOne: 2 });
  const leave = gate.enter(read());
  expect(gate.enter(read('192.0.2.2'))).not.toBeNull();
  expect(gate.enter(read('192.0.2.3'))).toBeNull();
  leave?.();
  expect(gate.enter(read('192.0.2.3'))).not.toBeNull();
  expect(gate.underWay).toBe(2);
});

test('bodies have fewer places than questions', () => {
  const gate = createGate({ most: 10, mostWrites: 1, mostOfOne: 10 });
  const leave = gate.enter(write());
  expect(gate.enter(write())).toBeNull();
  expect(gate.enter(read())).not.toBeNull();
  leave?.();
  expect(gate.enter(write())).not.toBeNull();
});

test('one network leaves places to the others', () => {
  const gate = createGate({ most: 10, mostWrites: 10, mostOfOne: 1 });
  const leave = gate.enter(read());
  expect(gate.enter(read())).toBeNull();
  expect(gate.enter(read('192.0.2.2'))).not.toBeNull();
  leave?.();
  expect(gate.enter(read())).not.toBeNull();
});

test.each(['127.0.0.1', '0:0:0:0', 'unknown'])('%s, where a proxy may stand, is not counted', (network) => {
  const gate = createGate({ most: 10, mostWrites: 10, mostOfOne: 1 });
  for (let n = 0; n < 3; n++) expect(gate.enter(read(network))).not.toBeNull();
});
