/** Reads every data file of this room once and checks it against its schema. Node only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { layerFileSchemas, type LayerFile } from './collection.ts';
import {
  criteriaPackSchema,
  festivalSchema,
  outbreakRuleFileSchema,
  programmePackSchema,
  relicSeedSchema,
  sourcesSchema,
  wardFactsSchema,
  watchRuleFileSchema,
  type CriteriaPack,
  type DistrictProperties,
  type Festival,
  type LandmarkProperties,
  type OutbreakRuleFile,
  type ProgrammePack,
  type RelicSeed,
  type SourceEntry,
  type StreetProperties,
  type Units,
  type WardEdgeProperties,
  type WardFacts,
  type WardFeature,
  type WatchRuleFile,
  type WaterProperties,
} from './schema.ts';
import { holidaysSchema, titleProcedureSchema, type Holidays, type TitleProcedure } from './procedure-schema.ts';
import { readWardCode, wardTable, type WardCodeAnswer, type WardTable } from './ward-code.ts';
import { createWardIndex, type WardIndex } from './ward-index.ts';

type Collection<G extends GeoJSON.Geometry, P> = Omit<GeoJSON.FeatureCollection<G, P>, 'features'> & {
  features: (GeoJSON.Feature<G, P> & { id: string })[];
};

export interface Collections {
  'ward-edges': Collection<GeoJSON.LineString, WardEdgeProperties>;
  district: Collection<GeoJSON.Polygon | GeoJSON.MultiPolygon, DistrictProperties>;
  water: Collection<GeoJSON.Polygon | GeoJSON.LineString, WaterProperties>;
  streets: Collection<GeoJSON.LineString | GeoJSON.MultiLineString, StreetProperties>;
  landmarks: Collection<GeoJSON.Point, LandmarkProperties>;
}

/** Everything this room knows. Frozen by habit: shared by all readers, never written to. */
export interface Places {
  wards: Record<Units, WardFeature[]>;
  collections: Collections;
  relicSeeds: RelicSeed[];
  festivals: Festival[];
  facts: WardFacts;
  /** Those that judge the title. */
  criteriaPacks: CriteriaPack[];
  /** The district's own indicators, in force beside them. */
  districtPacks: CriteriaPack[];
  outbreakRules: OutbreakRuleFile[];
  watchRule: WatchRuleFile;
  programme: ProgrammePack;
  titleProcedure: TitleProcedure;
  holidays: Holidays;
  sources: SourceEntry[];
  index: Record<Units, WardIndex>;
  wardTable: WardTable;
  /** `readWardCode` of `ward-code.ts` over the wards of both sets. */
  readWardCode(text: string, units?: Units): WardCodeAnswer;
}

/** The folder that holds the project's package.json, above this file or above the bundle it was built into. */
export function findRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  const file = join(from, 'package.json');
  if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'tayho-atlas')
    return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('geodata: no package.json named tayho-atlas above this program');
  return findRoot(parent);
}

/** The outbreak rules that ship; the first is the default. */
export const outbreakRuleFiles = ['packs/dengue-moh-3711.json', 'packs/dengue-hcmc-2021.json'] as const;

/** Every `packs/criteria-….json` or `packs/district-….json`: another pack is another file, and no code. */
const packFiles = (root: string, kind: 'criteria' | 'district'): string[] =>
  readdirSync(join(root, 'geodata', 'packs'))
    .filter((name) => name.startsWith(`${kind}-`) && /^[a-z0-9-]+\.json$/.test(name))
    .sort()
    .map((name) => `packs/${name}`);
const byValidity = (a: CriteriaPack, b: CriteriaPack): number =>
  a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0;

/** One data file, checked. Throws an Error of one plain line that names the file and its first fault. */
function readData<T extends z.ZodType>(root: string, file: string, schema: T): z.output<T> {
  const path = join(root, 'geodata', file);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    throw new Error(`geodata/${file}: ${fault}`, { cause: error });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new Error(`geodata/${file}: ${issue.path.join('.')}: ${issue.message}`);
}

/** The outbreak rules alone, for a program that needs no places. Throws as `loadPlaces` does. */
export const loadOutbreakRules = (root = findRoot()): OutbreakRuleFile[] =>
  outbreakRuleFiles.map((file) => readData(root, file, outbreakRuleFileSchema));

/** What the season is watched by, alone. Throws as `loadPlaces` does. */
export const loadWatchRule = (root = findRoot()): WatchRuleFile =>
  readData(root, 'packs/dengue-watching.json', watchRuleFileSchema);

/**
 * Reads and validates all places. `root`: the folder of package.json. Throws an Error of one plain line that names the
 * file and the first fault.
 */
export function loadPlaces(root = findRoot()): Places {
  const read = <T extends z.ZodType>(file: string, schema: T) => readData(root, file, schema);
  const layer = <T extends LayerFile>(name: T) =>
    read(`layers/${name}.geojson`, layerFileSchemas[name]) as z.output<(typeof layerFileSchemas)[T]>;

  const packs = (kind: 'criteria' | 'district') =>
    packFiles(root, kind)
      .map((file) => read(file, criteriaPackSchema))
      .sort(byValidity);
  const wards: Record<Units, WardFeature[]> = {
    '1995-10-28': layer('wards-1995').features,
    '2025-07-01': layer('wards-2025').features,
  };
  const table = wardTable(wards);
  return {
    wards,
    collections: {
      'ward-edges': layer('ward-edges'),
      district: layer('district'),
      water: layer('water'),
      streets: layer('streets'),
      landmarks: layer('landmarks'),
    },
    relicSeeds: read('seed/relics.json', z.array(relicSeedSchema)),
    festivals: read('seed/festivals.json', z.array(festivalSchema)),
    facts: read('seed/ward-facts.json', wardFactsSchema),
    criteriaPacks: packs('criteria'),
    districtPacks: packs('district'),
    outbreakRules: loadOutbreakRules(root),
    watchRule: loadWatchRule(root),
    programme: read('packs/programme-03.json', programmePackSchema),
    titleProcedure: read('packs/title-procedure-qd04-2022.json', titleProcedureSchema),
    holidays: read('packs/holidays-vn.json', holidaysSchema),
    sources: read('sources.json', sourcesSchema),
    index: {
      '1995-10-28': createWardIndex(wards['1995-10-28']),
      '2025-07-01': createWardIndex(wards['2025-07-01']),
    },
    wardTable: table,
    readWardCode: (text, units) => readWardCode(text, table, units),
  };
}
