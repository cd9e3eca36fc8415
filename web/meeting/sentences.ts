/** What changed, as sentences. Pure: the words are given. */
import type { CriteriaPack } from '../../geodata/schema.ts';
import type { TaskChange, WardChange } from '../../server/meeting/contract.ts';
import type { Words } from '../i18n/i18n.svelte.ts';
import type { MeetingWords } from '../i18n/meeting-vi.ts';
import { formatDate, type Lang } from '../lib/format.ts';

export interface Speech {
  lang: Lang;
  words: Words;
  meeting: MeetingWords;
  pack: CriteriaPack;
  quantity(value: number | null, unit: string | null): string;
}
export interface Sentences {
  /** What a meeting asks about: states that turned. */
  told: string[];
  /** New figures that turned nothing. */
  quiet: string[];
}

export function sentencesOf(changes: readonly WardChange[], speech: Speech): Sentences {
  const told: string[] = [];
  const quiet: string[] = [];
  for (const change of changes) {
    const turned = change.kind !== 'indicator' || change.before.state !== change.after.state;
    (turned ? told : quiet).push(...say(change, speech));
  }
  return { told, quiet };
}

function say(change: WardChange, speech: Speech): string[] {
  const { words, meeting } = speech;
  const { says } = meeting;
  const { states, steps, culturalStates } = words.wards;
  switch (change.kind) {
    case 'overall': {
      const { before, after } = change;
      const counted =
        before.criteriaMet === after.criteriaMet
          ? []
          : [
              (after.criteriaMet > before.criteriaMet ? says.more : says.fewer)(
                before.criteriaMet,
                after.criteriaMet,
                after.criteriaTotal,
              ),
            ];
      return before.state === after.state
        ? counted
        : [says.overall(states[before.state], states[after.state]), ...counted];
    }
    case 'title':
      return [says.step(steps[change.before.step ?? 'unknown'], steps[change.after.step ?? 'unknown'])];
    case 'cultural-ward':
      return [
        says.cultural(
          culturalStates[change.before?.state ?? 'unknown'],
          culturalStates[change.after?.state ?? 'unknown'],
        ),
      ];
    case 'criterion':
      return [says.criterion(criterionName(change.criterion, speech), states[change.before], states[change.after])];
    case 'criteria':
      return [says.criteria];
    case 'indicator':
      return [indicatorSentence(change, speech)];
  }
}

function criterionName(id: string, { pack, lang }: Speech): string {
  const criterion = pack.criteria.find((one) => one.id === id);
  return criterion ? `${criterion.number} (${criterion.title[lang]})` : id;
}

function indicatorSentence(
  { before, after, criterion }: Extract<WardChange, { kind: 'indicator' }>,
  { words, meeting: { says }, pack, lang, quantity }: Speech,
): string {
  const about = pack.criteria.find(({ id }) => id === criterion)?.indicators.find(({ id }) => id === after.id);
  const name = about ? `${after.id} ${about.title[lang]}` : after.id;
  const state = words.wards.states[after.state];
  const value = quantity(after.value, after.unit);
  if (before.value === null && after.value !== null) return says.firstValue(name, value, state);
  if (before.value !== null && after.value === null) return says.gone(name);
  if (before.value !== null && after.value !== null && before.value !== after.value)
    return (after.value > before.value ? says.rose : says.fell)(
      name,
      quantity(before.value, before.unit),
      value,
      state,
    );
  if (before.state !== after.state) return says.turned(name, state, words.wards.reasons[after.reason]);
  return says.updated(name);
}

export function taskSentence({ before, after }: TaskChange, { lang, words, meeting }: Speech): string {
  const { says, noUnit } = meeting;
  const states = words.programme.taskStates;
  if (!after) return says.taskGone(before!.title[lang]);
  const title = after.title[lang];
  if (!before) return says.newTask(title, after.unit?.[lang] ?? noUnit, formatDate(after.dueOn));
  if (before.state !== after.state) return says.taskState(title, states[before.state], states[after.state]);
  if (after.percent !== null && before.percent !== after.percent)
    return says.taskPercent(title, words.programme.percent(String(after.percent)));
  return says.taskEdited(title);
}
