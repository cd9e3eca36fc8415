/** The numbers of an outbreak rule, as the engine takes them. */
import type { OutbreakRuleFile } from '../../geodata/schema.ts';

type Parameters = OutbreakRuleFile['parameters'];

/** A rule without its citations; each number is told in `geodata/schema.ts`. */
export type OutbreakRule = { id: string } & { [K in keyof Parameters]: Parameters[K]['value'] };

/** The rule of a file; tests and what-if comparisons may also write one by hand. */
export function outbreakRule({ id, parameters }: OutbreakRuleFile): OutbreakRule {
  const values = Object.entries(parameters).map(([name, { value }]) => [name, value] as const);
  return { id, ...(Object.fromEntries(values) as Omit<OutbreakRule, 'id'>) };
}
