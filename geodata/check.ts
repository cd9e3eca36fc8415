/** `npm run check:geodata`: says of every rule of this room whether the files keep it; exit 1 when one does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFiles } from './build.ts';
import type { Collection } from './canonical.ts';
import { layerFiles } from './collection.ts';
import {
  checkCriteria,
  checkDistrictPack,
  checkFacts,
  checkFestivals,
  checkProgramme,
  checkRelics,
  checkSources,
  dataFiles,
} from './fact-checks.ts';
import { checkEdges, checkGeometry, checkLabels, checkPartition, checkRiver, checkSix } from './layer-checks.ts';
import { findRoot, loadPlaces, type Places } from './load.ts';
import { checkHolidays, checkProcedure } from './procedure-checks.ts';
import { checkOutbreakRules, checkWatchRule } from './outbreak-rule-checks.ts';

export interface Check {
  rule: string;
  /** Plain words, none when the rule is kept. */
  faults: string[];
}

/** Files that running `build` would change. */
export const checkCanonical = (folder: string): string[] =>
  [...buildFiles(folder)]
    .filter(([file, text]) => readFileSync(join(folder, file), 'utf8') !== text)
    .map(([file]) => `${file}: not in its canonical form (run build:geodata)`);

/** Every check over the real files, in the order in which one fault explains the next. `root`: where package.json is. */
export function* checkAll(root: string): Generator<Check> {
  const folder = join(root, 'geodata');
  let places: Places;
  try {
    places = loadPlaces(root);
  } catch (error) {
    yield { rule: 'every file fits its schema', faults: [error instanceof Error ? error.message : String(error)] };
    return;
  }
  yield { rule: 'every file fits its schema', faults: [] };
  const { wards, collections, index, relicSeeds, facts, criteriaPacks, programme, sources, wardTable } = places;
  const district = collections.district.features[0]!;
  const files = new Map(dataFiles(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const layer = (name: string) => JSON.parse(files.get(`layers/${name}.geojson`)!) as Collection;

  yield {
    rule: 'layers are valid RFC 7946: closed simple rings, right-hand rule, unique ids, bbox',
    faults: layerFiles.flatMap((name) => checkGeometry(name, layer(name))),
  };
  yield {
    rule: 'the eight wards partition the district, no gap or overlap above 1 m²',
    faults: checkPartition(wards['1995-10-28'], district),
  };
  yield { rule: 'the six wards keep within their stated tolerance', faults: checkSix(wards['2025-07-01'], district) };
  yield {
    rule: 'inner edges draw every shared boundary once',
    faults: checkEdges(collections['ward-edges'].features, wards['1995-10-28']),
  };
  yield {
    rule: 'names of wards stand in their ward, on land',
    faults: [
      ...checkLabels(wards['1995-10-28'], index['1995-10-28'], collections.water),
      ...checkLabels(wards['2025-07-01'], index['2025-07-01'], collections.water),
    ],
  };
  yield { rule: 'the river passes the whole district', faults: checkRiver(collections.water, wards['1995-10-28']) };
  yield {
    rule: '45 relics and 6 unconfirmed places, each in its stated ward or flagged',
    faults: checkRelics(relicSeeds, wardTable, index['1995-10-28']),
  };
  yield { rule: 'census, titles and successors of the wards agree', faults: checkFacts(facts, wardTable) };
  yield {
    rule: 'nine criteria, 46 placeholders without thresholds, 52 stated; six indicators of the district beside them',
    faults: [...criteriaPacks.flatMap(checkCriteria), ...places.districtPacks.flatMap(checkDistrictPack)],
  };
  yield { rule: 'Programme 03 quotes 23/23 and 108/108, aims at 8/8', faults: checkProgramme(programme, wardTable) };
  yield {
    rule: 'outbreak rules say the numbers of their sources, each cited',
    faults: checkOutbreakRules(places.outbreakRules),
  };
  yield { rule: 'the season is watched by the numbers of the decrees', faults: checkWatchRule(places.watchRule) };
  yield {
    rule: 'the title is reached by the eight steps and days of its decree',
    faults: checkProcedure(places.titleProcedure),
  };
  yield { rule: 'public holidays are whole and paired, year by year', faults: checkHolidays(places.holidays) };
  yield { rule: 'festivals are held at relics that are there', faults: checkFestivals(places.festivals, relicSeeds) };
  yield { rule: 'every file has its source, licence and sha256', faults: checkSources(sources, files) };
  yield { rule: 'building would change no byte', faults: checkCanonical(folder) };
}

const SHOWN = 5;

if (process.argv[1]?.endsWith('geodata/check.ts')) {
  let failed = false;
  for (const { rule, faults } of checkAll(findRoot())) {
    console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${rule}`);
    for (const fault of faults.slice(0, SHOWN)) console.log(`     ${fault}`);
    if (faults.length > SHOWN) console.log(`     and ${faults.length - SHOWN} more`);
    failed ||= faults.length > 0;
  }
  process.exitCode = failed ? 1 : 0;
}
