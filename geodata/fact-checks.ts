/** What must hold of seeds, packs and the registry. As in layer-checks: faults in plain words, none when sound. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './build.ts';
import type { CriteriaPack, Festival, ProgrammePack, RelicSeed, SourceEntry, WardFacts } from './schema.ts';
import { titleSteps, unitSets } from './vocabulary.ts';
import type { WardTable } from './ward-code.ts';
import type { WardIndex } from './ward-index.ts';

/** The day the article speaks of: five wards held the title Phường văn hóa. */
const ARTICLE_DAY = '2022-09-27';
const ALL_RECOGNISED_ON = '2024-10-08';
/** Điều 5 letters its criteria by the Vietnamese alphabet. */
const LETTERS = 'abcdđeghi';

const expect = (faults: string[], what: string, found: unknown, wanted: unknown): void => {
  if (found !== wanted) faults.push(`${what}: ${String(found)} found, ${String(wanted)} expected`);
};

const twice = (ids: readonly string[]): string[] => ids.filter((id, i) => ids.indexOf(id) !== i);

/** 45 relics of the inventory, 32 of them located, 6 unconfirmed places; each position in its stated ward or flagged. */
export function checkRelics(relics: readonly RelicSeed[], table: WardTable, index: WardIndex): string[] {
  const faults = twice(relics.map(({ id }) => id)).map((id) => `${id}: the id occurs twice`);
  const known = relics.filter(({ inInventory }) => inInventory === true);
  expect(faults, 'relics of the inventory', known.length, 45);
  expect(faults, 'unconfirmed places of worship', relics.length - known.length, 6);
  expect(faults, 'located relics of the inventory', known.filter(({ position }) => position).length, 32);
  expect(faults, 'located unconfirmed places', relics.filter((r) => !r.inInventory && r.position).length, 6);
  expect(faults, 'national relics', known.filter(({ rank }) => rank === 'national').length, 20);
  expect(faults, 'city relics', known.filter(({ rank }) => rank === 'city').length, 2);
  for (const { id, name, position, wardKey, outsideStatedWard } of relics) {
    if (!table.some(({ key }) => key === wardKey)) faults.push(`${id}: there is no ward ${wardKey}`);
    if (!position) continue;
    const ward = index.wardAt([position.lng, position.lat]);
    if ((ward !== wardKey) !== (outsideStatedWard ?? false))
      faults.push(`${id} ${name}: stated in ${wardKey}, lies in ${ward ?? 'no ward'}, and the flag does not say so`);
    if (position.accuracy === 'estimated' && position.errorMeters === null)
      faults.push(`${id}: an estimated position without an error in metres`);
  }
  return faults;
}

/** Census figures add up, every ward of both sets has facts, titles run forward in time and agree with the counts. */
export function checkFacts({ district, wards }: WardFacts, table: WardTable): string[] {
  const faults: string[] = [];
  const has = (key: string) => table.some((ward) => ward.key === key);
  for (const { key } of table) expect(faults, `facts of ${key}`, wards.filter((w) => w.key === key).length, 1);
  for (const { key, successors, culturalWard } of wards) {
    if (!has(key)) faults.push(`there is no ward ${key}`);
    for (const successor of successors) if (!has(successor.key)) faults.push(`${key}: no ward ${successor.key}`);
    const days = culturalWard.map(({ since }) => since);
    if (days.join() !== [...days].sort().join()) faults.push(`${key}: title steps are out of order`);
    for (const { since, year } of culturalWard)
      if (!since.startsWith(String(year))) faults.push(`${key}: ${since} is not in ${year}`);
  }
  const eight = wards.filter(({ key }) => key.endsWith(unitSets[0]));
  const people = eight.reduce((sum, { population }) => sum + (population?.value ?? 0), 0);
  expect(faults, 'people of the eight wards', people, district.population.value);
  const recognisedOn = (day: string) =>
    eight.filter(({ culturalWard }) => culturalWard.filter(({ since }) => since <= day).at(-1)?.state === 'recognised')
      .length;
  expect(faults, `wards with the title on ${ARTICLE_DAY}`, recognisedOn(ARTICLE_DAY), 5);
  expect(faults, `wards with the title on ${ALL_RECOGNISED_ON}`, recognisedOn(ALL_RECOGNISED_ON), 8);
  const silent = eight.filter(({ culturalWard }) => !culturalWard.some(({ since }) => since <= ARTICLE_DAY));
  for (const { key } of silent) faults.push(`${key}: nothing said of the title on ${ARTICLE_DAY}`);
  const { relics, chua, dinh, others, national, city, unranked } = district.relicTotals;
  expect(faults, 'relics by kind', chua + dinh + others, relics);
  expect(faults, 'relics by rank', national + city + unranked, relics);
  return faults;
}

/** Nine criteria, 46 placeholder topics without a threshold, 52 stated: no national figure that nobody typed in. */
export function checkCriteria(pack: CriteriaPack): string[] {
  const faults: string[] = [];
  const topics = pack.criteria.flatMap(({ indicators }) => indicators);
  expect(faults, 'criteria', pack.criteria.length, 9);
  expect(faults, 'letters', pack.criteria.map(({ letter }) => letter).join(''), LETTERS);
  expect(faults, 'numbers', pack.criteria.map(({ number }) => number).join(), '1,2,3,4,5,6,7,8,9');
  expect(faults, 'topics', topics.length, 46);
  expect(faults, 'items stated', pack.indicatorCount?.stated, 52);
  expect(faults, 'conditions', pack.conditions.length, 4);
  expect(faults, 'steps of the procedure', pack.procedure.map(({ step }) => step).join(), '1,2,3,4,5,6,7,8');
  expect(faults, 'steps of the title', pack.titleSteps.map(({ id }) => id).join(), titleSteps.join());
  for (const { id, placeholder, target, unit, direction, nearMargin, confidence, title } of topics) {
    if (
      !placeholder ||
      target !== null ||
      unit !== null ||
      direction !== null ||
      nearMargin !== null ||
      confidence !== 'low'
    )
      faults.push(`${id}: a topic of our own wording must stay a placeholder without unit, target or margin`);
    if (title.vi[0] !== title.vi[0]?.toLocaleUpperCase('vi')) faults.push(`${id}: no capital letter`);
  }
  for (const criterion of pack.criteria)
    for (const { id } of criterion.indicators)
      if (!id.startsWith(`${criterion.id}.`)) faults.push(`${id}: not a number of criterion ${criterion.id}`);
  return [...faults, ...twice(topics.map(({ id }) => id)).map((id) => `${id}: the id occurs twice`)];
}

/** The district's own indicators: the six the article names, no target, no figure of 108/108 as a value of a ward. */
export function checkDistrictPack(pack: CriteriaPack): string[] {
  const faults: string[] = [];
  const indicators = pack.criteria.flatMap(({ indicators: own }) => own);
  expect(faults, 'purpose', pack.purpose, 'district');
  expect(faults, 'indicators', indicators.map(({ id }) => id).join(), 'Q1.1,Q1.2,Q2.1,Q2.2,Q3.1,Q4.1');
  for (const { id, target, direction, nearMargin, source } of indicators) {
    if (target !== null || direction !== null || nearMargin !== null)
      faults.push(`${id}: the article states no target, so there is none`);
    if (!source.includes('28/09/2022')) faults.push(`${id}: the article is not named as its source`);
  }
  return faults;
}

/** 23/23, 108/108, and 8/8 as a target; eight tasks, seven schemes and one beside them; every reference resolves. */
export function checkProgramme(pack: ProgrammePack, table: WardTable): string[] {
  const faults: string[] = [];
  const figure = (id: string) => {
    const found = pack.figures.find((one) => one.id === id);
    return found ? `${found.kind} ${found.value ?? '-'}/${found.total}` : 'missing';
  };
  const figures = {
    I1: 'quoted 23/23',
    I2: 'target -/8',
    I3: 'quoted 108/108',
    I4: 'quoted 5/8',
    I5: 'quoted 7/8',
    I6: 'quoted 8/8',
  };
  for (const [id, wanted] of Object.entries(figures)) expect(faults, `figure ${id}`, figure(id), wanted);
  expect(faults, 'tasks', pack.tasks.map(({ id }) => id).join(), 'T1,T2,T3a,T3b,T4,T5,T6,T7');
  expect(faults, 'schemes of the seven', pack.schemes.filter((s) => !s.outsideTheSeven).length, 7);
  expect(faults, 'schemes beside the seven', pack.schemes.filter((s) => s.outsideTheSeven).length, 1);
  for (const { id, unit } of pack.schemes) if (unit !== null) faults.push(`${id}: no source states a unit in charge`);
  const ids = [
    ...pack.tasks,
    ...pack.schemes,
    ...pack.events,
    ...pack.directives,
    ...pack.results,
    ...pack.figures,
  ].map(({ id }) => id);
  faults.push(...twice(ids).map((id) => `${id}: the id occurs twice`));
  for (const { id, refs } of [...pack.tasks, ...pack.directives])
    for (const ref of refs) if (!ids.includes(ref)) faults.push(`${id}: refers to ${ref}, which is not there`);
  for (const { id, wardKeys } of pack.tasks)
    for (const key of wardKeys)
      if (!table.some((ward) => ward.key === key)) faults.push(`${id}: there is no ward ${key}`);
  return faults;
}

/** Every festival is of a relic that is there, and its times follow one another. */
export function checkFestivals(festivals: readonly Festival[], relics: readonly RelicSeed[]): string[] {
  const faults = twice(festivals.map(({ id }) => id)).map((id) => `${id}: the id occurs twice`);
  for (const { id, relicId, held } of festivals) {
    if (!relics.some((relic) => relic.id === relicId)) faults.push(`${id}: there is no relic ${relicId}`);
    held.forEach(({ from, to }, i) => {
      if (to < from || (i > 0 && from <= held[i - 1]!.to)) faults.push(`${id}: held ${from} to ${to}, out of order`);
    });
  }
  return faults;
}

/** Every file has one entry, every entry a file, every sha256 fits, OpenStreetMap is named where it is used. */
export function checkSources(sources: readonly SourceEntry[], files: ReadonlyMap<string, string>): string[] {
  const faults = twice(sources.map(({ file }) => file)).map((file) => `${file}: two entries`);
  for (const file of files.keys())
    if (!sources.some((entry) => entry.file === file)) faults.push(`${file}: no entry in sources.json`);
  for (const { file, sha256: stated, licence, attribution } of sources) {
    const text = files.get(file);
    if (text === undefined) faults.push(`${file}: in sources.json, but there is no such file`);
    else if (sha256(text) !== stated) faults.push(`${file}: its sha256 differs from sources.json (run build:geodata)`);
    const openStreetMap = attribution.includes('© OpenStreetMap contributors');
    if (openStreetMap !== (licence === 'ODbL-1.0')) faults.push(`${file}: licence and attribution disagree`);
    if (text?.match(/OpenStreetMap (node|way|relation)\//) && licence !== 'ODbL-1.0')
      faults.push(`${file}: holds OpenStreetMap data under another licence`);
  }
  return faults;
}

/** The data files of the folder, by their path within it; `sources.json` itself left out. */
export const dataFiles = (folder: string): string[] =>
  ['layers', 'packs', 'seed']
    .flatMap((room) => readdirSync(join(folder, room)).map((file) => `${room}/${file}`))
    .sort();
