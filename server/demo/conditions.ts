/** Invented condition grades of the relics of the inventory, by surveys of 2021 and 2022. */
import { addDays } from '../../geodata/dates.ts';
import type { CivilDate, RelicSeed } from '../../geodata/schema.ts';
import { DEMO_SOURCE } from './measures.ts';
import type { Random } from './random.ts';

export interface Condition {
  id: string;
  relicId: string;
  /** 1 good … 5 in need of urgent repair. */
  grade: number;
  surveyedOn: CivilDate;
  source: string;
}

/** Most are sound; about a fifth is degraded; one in ten has not been looked at. */
const grades = [1, 1, 1, 2, 2, 2, 3, 3, 4, 5] as const;

/** Surveys oldest first; some relics have two, the second of which finds them as they were or one grade worse. */
export function generateConditions(relics: readonly RelicSeed[], random: Random): Condition[] {
  return relics
    .filter(({ inInventory }) => inInventory === true)
    .flatMap(({ id }) => {
      if (random.chance(0.1)) return [];
      const grade = random.pick(grades);
      const last = { relicId: id, grade, surveyedOn: addDays('2022-03-01', random.whole(0, 240)), source: DEMO_SOURCE };
      if (random.chance(0.6)) return [last];
      const before = Math.max(1, grade - random.whole(0, 1));
      return [{ ...last, grade: before, surveyedOn: addDays('2021-03-01', random.whole(0, 240)) }, last];
    })
    .sort((a, b) => (a.surveyedOn < b.surveyedOn ? -1 : a.surveyedOn > b.surveyedOn ? 1 : 0))
    .map((condition, i) => ({ id: `demo-condition-${String(i + 1).padStart(3, '0')}`, ...condition }));
}
