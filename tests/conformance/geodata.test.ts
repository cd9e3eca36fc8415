/** The real files keep every rule of geodata (GeoJSON, partition, provenance, facts); one test a rule. */
import { expect, test } from 'vitest';
import { checkAll } from '../../geodata/check.ts';
import { findRoot } from '../../geodata/load.ts';

const checks = [...checkAll(findRoot())];

test.each(checks.map((check) => [check.rule, check.faults] as const))('%s', (_, faults) => {
  expect(faults).toEqual([]);
});

test('no rule was left out', () => {
  expect(checks).toHaveLength(18);
});
