import { expect, test } from 'vitest';
import { refuseHistory, type Taken } from '../../../server/status/title.ts';

const rules = { today: '2022-11-04', decreeOn: '2022-04-15' };
const refuseStep = (history: readonly Taken[], step: Taken) => refuseHistory([...history, step], rules);
const registered = { step: 'registered', since: '2022-10-10' } as const;

test('a ward of which nothing is known may stand at any step', () => {
  expect(refuseStep([], { step: 'appraisal', since: '2022-11-01' })).toBeNull();
});

test('after registering it judges itself', () => {
  expect(refuseStep([registered], { step: 'self-assessment', since: '2022-10-20' })).toBeNull();
});

test('nobody is recognised without an appraisal', () => {
  expect(refuseStep([registered], { step: 'recognised', since: '2022-10-20' })).toBe('step_out_of_order');
});

test('a step is not older than the one before', () => {
  expect(refuseStep([registered], { step: 'self-assessment', since: '2022-10-09' })).toBe('step_before_previous');
});

test('no paper is dated ahead', () => {
  expect(refuseStep([registered], { step: 'self-assessment', since: '2022-11-05' })).toBe('step_in_future');
});

test('who was refused registers again', () => {
  const refused = { step: 'refused', since: '2022-10-10' } as const;
  expect(refuseStep([refused], { step: 'registered', since: '2022-11-04' })).toBeNull();
});
