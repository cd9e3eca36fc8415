/** The rule files of dengue outbreaks: what is refused, and that the check sees a slip. */
import { describe, expect, test } from 'vitest';
import { loadOutbreakRules } from '../../../geodata/load.ts';
import { checkOutbreakRules } from '../../../geodata/outbreak-rule-checks.ts';
import { outbreakRuleFileSchema, type OutbreakRuleFile } from '../../../geodata/schema.ts';

type Parameters = OutbreakRuleFile['parameters'];

/** The first issue of a rule broken in one way, as `path: message`; empty when it is accepted. */
function refusalOf(broken: (rule: OutbreakRuleFile) => void): string {
  const [rule] = loadOutbreakRules();
  broken(rule!);
  const issue = outbreakRuleFileSchema.safeParse(rule).error?.issues[0];
  return issue ? `${issue.path.join('.')}: ${issue.message}` : '';
}
const put = (name: keyof Parameters, value: unknown) => (rule: OutbreakRuleFile) => {
  (rule.parameters[name] as { value: unknown }).value = value;
};

describe('a rule file', () => {
  test('that ships is accepted, the default first', () => {
    expect(refusalOf(() => {})).toBe('');
    expect(loadOutbreakRules().map(({ id }) => id)).toEqual(['moh-3711', 'hcmc-2021']);
  });

  test.each([
    ['a negative radius', put('linkRadiusMeters', -200), 'parameters.linkRadiusMeters.value'],
    ['no radius', put('linkRadiusMeters', 0), 'parameters.linkRadiusMeters.value'],
    ['a negative time', put('endAfterDays', -1), 'parameters.endAfterDays.value'],
    ['half a day', put('linkDays', 13.5), 'parameters.linkDays.value'],
    ['a number as text', put('linkDays', '14'), 'parameters.linkDays.value'],
    ['no class that counts', put('countingClasses', []), 'parameters.countingClasses.value'],
    ['a class that is never a case', put('countingClasses', ['ruled-out']), 'parameters.countingClasses.value.0'],
    ['later links shorter than first ones', put('laterLinkDays', 13), 'parameters.laterLinkDays.value'],
    ['a signal beyond the link', put('signalDays', 15), 'parameters.signalDays.value'],
    ['a vector radius without days', put('vectorDays', null), 'parameters.vectorDays.value'],
    ['no source', (rule: OutbreakRuleFile) => (rule.source = ''), 'source'],
    ['a number without a source', (rule: OutbreakRuleFile) => (rule.parameters.linkDays.source = ''), 'parameters.linkDays.source'],
    ['a source left out', (rule: OutbreakRuleFile) => delete (rule as Partial<OutbreakRuleFile>).source, 'source'],
    ['a number left out', (rule: OutbreakRuleFile) => delete (rule.parameters as Partial<Parameters>).linkDays, 'parameters.linkDays'],
    ['a number it does not know', (rule: OutbreakRuleFile) => Object.assign(rule.parameters, { minimum: 3 }), 'parameters'],
    ['a day that does not exist', (rule: OutbreakRuleFile) => (rule.issuedOn = '2014-02-30'), 'issuedOn'],
  ])('with %s is refused', (_, broken, path) => {
    expect(refusalOf(broken as (rule: OutbreakRuleFile) => void)).toContain(`${path}: `);
  }); // prettier-ignore
});

describe('the check of the rules that ship', () => {
  const faultsOf = (broken: (rules: OutbreakRuleFile[]) => void) => {
    const rules = loadOutbreakRules();
    broken(rules);
    return checkOutbreakRules(rules).join('; ');
  };
  test('finds nothing in them', () => {
    expect(faultsOf(() => {})).toBe('');
  });
  test('finds another number, a missing rule, a day out of order', () => {
    expect(faultsOf(([moh]) => put('linkRadiusMeters', 250)(moh!))).toBe(
      'moh-3711: linkRadiusMeters is 250, 200 expected',
    );
    expect(faultsOf((rules) => rules.pop())).toContain('moh-3711 found, moh-3711,hcmc-2021 expected');
    expect(faultsOf(([moh]) => (moh!.asOf = '2014-09-18'))).toContain('before it was issued');
  });
  test('finds a reading of our own told as certain', () => {
    expect(faultsOf(([moh]) => (moh!.parameters.linkDays.confidence = 'high'))).toContain(
      'linkDays is our own reading',
    );
  });
});
