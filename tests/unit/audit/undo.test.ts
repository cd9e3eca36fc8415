import { describe, expect, it, test } from 'vitest';
import { verbs } from '../../../server/platform/verb-contract.ts';
import { undoneBy, undoOf } from '../../../server/audit/undo.ts';

const WARD = '00097@1995-10-28';
const position = { lng: 105.82, lat: 21.06, accuracy: 'placed', errorMeters: null, source: 'by hand' };
const rights = { username: 'can.bo', roles: ['heritage'], scope: 'district', disabled: false };

describe('a placement', () => {
  it('goes back to nowhere when the relic had no position', () => {
    const said = { verb: 'placeRelic', before: { position: null, wardKey: WARD }, after: { position, wardKey: WARD } };
    expect(undoOf(said)).toEqual({
      action: 'restoreRelicPlace',
      permission: 'relic.place',
      to: { position: null, wardKey: WARD },
    });
  });

  it('goes back to the place and the ward it had', () => {
    const before = { position, wardKey: WARD };
    expect(undoOf({ verb: 'placeRelic', before, after: { position: null, wardKey: WARD } })).toMatchObject({
      to: before,
    });
  });

  it('that was taken back can be done again', () => {
    const before = { position, wardKey: WARD };
    const said = { verb: 'restoreRelicPlace', before, after: { position: null, wardKey: WARD, undoOf: 4 } };
    expect([undoOf(said), undoneBy(said)]).toMatchObject([{ to: before }, 4]);
  });
});

describe('an account', () => {
  it.each([
    ['disableUser', { ...rights, disabled: true }, { disabled: false }],
    ['updateUser', { ...rights, roles: ['admin'] }, { roles: ['heritage'] }],
    ['updateUser', { ...rights, scope: [WARD] }, { scope: 'district' }],
    ['enableUser', { ...rights, disabled: true, roles: ['viewer'] }, { disabled: false, roles: ['heritage'] }],
  ])('%s gives back what it took', (verb, after, to) => {
    expect(undoOf({ verb, before: rights, after })).toEqual({ action: 'updateUser', permission: 'users.manage', to });
  });

  it('whose name or unit changed cannot be put back: they are not in the log', () => {
    const after = { ...rights, roles: ['admin'], changed: ['displayName'] };
    expect(undoOf({ verb: 'updateUser', before: rights, after })).toBeNull();
  });

  it('that nothing changed of has nothing to take back', () => {
    expect(undoOf({ verb: 'updateUser', before: rights, after: rights })).toBeNull();
  });
});

test.each(verbs)('a %s whose row says nothing of before cannot be undone', (verb) => {
  expect(undoOf({ verb, before: null, after: null })).toBeNull();
});

test.each(['signIn', 'dayTurned', 'toString', 'anything'])('%s is nobody’s to undo', (verb) => {
  expect(undoOf({ verb, before: { position: null, wardKey: WARD }, after: {} })).toBeNull();
});
