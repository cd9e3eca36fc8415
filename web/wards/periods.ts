/** A period of figures that can be chosen: the id of the wire, and its parts for the words. */
export interface PeriodChoice {
  id: string;
  year: string;
  /** `null` = the whole year. */
  quarter: string | null;
}

const CHOICES = 8;

/** The quarters up to the one of `today` (`YYYY-MM-DD`), newest first, each year after its quarters. */
export function recentPeriods(today: string): PeriodChoice[] {
  let [year, quarter] = [Number(today.slice(0, 4)), Math.ceil(Number(today.slice(5, 7)) / 3)];
  const choices: PeriodChoice[] = [];
  while (choices.length < CHOICES) {
    choices.push({ id: `${year}-Q${quarter}`, year: String(year), quarter: String(quarter) });
    if (quarter > 1) quarter -= 1;
    else {
      choices.push({ id: String(year), year: String(year), quarter: null });
      [year, quarter] = [year - 1, 4];
    }
  }
  return choices;
}
