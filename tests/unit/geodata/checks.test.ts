/** Every check must be able to fail: each is shown data broken in one way and must name the fault. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Collection } from '../../../geodata/canonical.ts';
import {
  checkCriteria,
  checkFacts,
  checkProgramme,
  checkRelics,
  checkSources,
  dataFiles,
} from '../../../geodata/fact-checks.ts';
import {
  checkEdges,
  checkGeometry,
  checkLabels,
  checkPartition,
  checkRiver,
  checkSix,
} from '../../../geodata/layer-checks.ts';
import { findRoot, loadPlaces } from '../../../geodata/load.ts';
import type { Position } from '../../../geodata/schema.ts';

vi.setConfig({ testTimeout: 30_000 });

/** Read anew for every test, which then breaks it. */
const places = () => loadPlaces();
const square = (): Collection => ({
  type: 'FeatureCollection',
  bbox: [0, 0, 1, 1],
  features: [
    {
      type: 'Feature',
      id: 'a',
      bbox: [0, 0, 1, 1],
      properties: {},
      geometry: { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]] }, // prettier-ignore
    },
  ],
});
const ring = (collection: Collection) =>
  (collection.features[0]!.geometry as GeoJSON.Polygon).coordinates[0] as Position[];
/** Moves one vertex of a ward away, in place. */
const push = (geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon, at: number, by: Position) => {
  const points = (geometry.coordinates as Position[][])[0]!;
  points[at] = [points[at]![0] + by[0], points[at]![1] + by[1]];
};

describe('geometry', () => {
  const faultsOf = (broken: (collection: Collection) => void) => {
    const collection = square();
    broken(collection);
    return checkGeometry('layer', collection).join('; ');
  };
  test('that is sound has no fault', () => {
    expect(faultsOf(() => {})).toBe('');
  });
  test.each([
    ['an id twice', (c: Collection) => c.features.push(c.features[0]!), 'the id occurs twice'],
    ['a ring the wrong way', (c: Collection) => ring(c).reverse(), 'wrong way'],
    ['an open ring', (c: Collection) => (ring(c)[4] = [0, 0.5]), 'not closed'],
    ['a ring across itself', (c: Collection) => ([ring(c)[2], ring(c)[3]] = [[0, 1], [1, 1]]), 'meets itself'],
    ['a point twice', (c: Collection) => ring(c).splice(1, 0, [0, 0]), 'a point is repeated'],
    ['a seventh decimal', (c: Collection) => (ring(c)[1] = [1.0000001, 0]), 'more than six decimals'],
    ['a wrong box of the layer', (c: Collection) => (c.bbox = [0, 0, 2, 2]), 'layer: the bbox does not fit'],
    ['a wrong box of a feature', (c: Collection) => (c.features[0]!.bbox = [0, 0, 2, 2]), 'layer a: the bbox'],
  ])('with %s is found', (_, broken, fault) => {
    expect(faultsOf(broken as (collection: Collection) => void)).toContain(fault);
  }); // prettier-ignore
});

describe('the partition', () => {
  const check = (broken: (all: ReturnType<typeof places>) => void) => {
    const all = places();
    broken(all);
    return checkPartition(all.wards['1995-10-28'], all.collections.district.features[0]!).join('; ');
  };
  test('finds a gap and an overlap where one ward’s corner moves', () => {
    const faults = check(({ wards }) => push(wards['1995-10-28'][4]!.geometry, 20, [0.0002, 0.0002]));
    expect(faults).toContain('alone, not by two');
    expect(faults).toMatch(/overlap by|lie in no ward|outside the district/);
  });
  test('finds a missing ward', () => {
    expect(check(({ wards }) => wards['1995-10-28'].pop())).toContain('of the district lie in no ward');
  });
  test('finds land beyond the district', () => {
    const faults = check(({ collections }) => push(collections.district.features[0]!.geometry, 5, [0.001, 0.001]));
    expect(faults).toMatch(/outside the district|lie in no ward/);
  });
  test('says that there are no wards', () => {
    expect(check(({ wards }) => wards['1995-10-28'].splice(0))).toContain('there are no wards');
  });
});

describe('the six', () => {
  test('are found out when they overlap more than their source does', () => {
    const { wards, collections } = places();
    const six = wards['2025-07-01'];
    const faults = checkSix([...six, { ...six[0]!, id: 'again' }], collections.district.features[0]!);
    expect(faults.join()).toContain('the six overlap by');
  });
  test('are found out when one is missing', () => {
    const { wards, collections } = places();
    expect(checkSix(wards['2025-07-01'].slice(1, 3), collections.district.features[0]!).join()).toContain('uncovered');
    expect(checkSix([], collections.district.features[0]!).join()).toContain('uncovered');
  });
});

describe('inner edges', () => {
  const check = (broken: (edges: ReturnType<typeof places>['collections']['ward-edges']['features']) => void) => {
    const { wards, collections } = places();
    const edges = collections['ward-edges'].features;
    broken(edges);
    return checkEdges(edges, wards['1995-10-28']).join('; ');
  };
  test('off the boundary are found', () => {
    expect(check((edges) => (edges[0]!.geometry.coordinates[2] = [105.81, 21.07]))).toContain('is not on the boundary');
  });
  test('between other wards than they say are found', () => {
    expect(check((edges) => (edges[0]!.properties.between = ['00109@1995-10-28', '00112@1995-10-28']))).toContain(
      'is not on the boundary',
    );
  });
  test('missing are found', () => {
    expect(check((edges) => edges.pop())).toContain('no edge draws');
  });
  test('drawn twice are found', () => {
    expect(check((edges) => edges.push({ ...edges[0]!, id: 'edge-99' }))).toContain('is drawn by edge-');
  });
  test('of a wrong length or name are found', () => {
    expect(check((edges) => (edges[0]!.properties.lengthMeters = 1))).toContain('1 m stated');
    expect(check((edges) => edges[0]!.properties.names.reverse())).toContain('names and keys disagree');
  });
});

describe('names and river', () => {
  test('a name outside its ward or in the lake is found', () => {
    const { wards, index, collections } = places();
    const eight = wards['1995-10-28'];
    eight[0]!.properties.labelPoint = [105.8365, 21.0644];
    eight[3]!.properties.labelPoint = [105.82, 21.053];
    const faults = checkLabels(eight, index['1995-10-28'], collections.water).join('; ');
    expect(faults).toContain('the name of Phú Thượng (00091@1995-10-28) stands outside the ward');
    expect(faults).toContain('stands in Hồ Tây');
  });
  test('a river that ends beside the district, leaps or is missing is found', () => {
    const { wards, collections } = places();
    const river = collections.water.features.find(({ id }) => id === 'song-hong')!.geometry as GeoJSON.LineString;
    river.coordinates = [river.coordinates[12]!, river.coordinates[13]!, [105.95, 21.08]];
    const faults = checkRiver(collections.water, wards['1995-10-28']).join('; ');
    expect(faults).toMatch(/begins east.*ends north.*leaps/);
    collections.water.features = [];
    expect(checkRiver(collections.water, wards['1995-10-28']).join()).toContain('missing');
  });
});

describe('relics', () => {
  const check = (broken: (relics: ReturnType<typeof places>['relicSeeds']) => void) => {
    const { relicSeeds, wardTable, index } = places();
    broken(relicSeeds);
    return checkRelics(relicSeeds, wardTable, index['1995-10-28']).join('; ');
  };
  test('one too few, and one twice, are found', () => {
    expect(check((relics) => relics.shift())).toContain('relics of the inventory: 44 found, 45 expected');
    expect(check((relics) => relics.push(relics[0]!))).toContain('th-pt-01: the id occurs twice');
  });
  test('one in another ward is found, unless it is flagged', () => {
    const move = (flag?: true) => (relics: ReturnType<typeof places>['relicSeeds']) => {
      relics[0]!.position = { ...relics[0]!.position!, lng: 105.8365, lat: 21.0644 };
      relics[0]!.outsideStatedWard = flag;
    };
    expect(check(move())).toContain('lies in 00097@1995-10-28');
    expect(check(move(true))).toBe('');
  });
  test('a flag that is not true is found', () => {
    expect(check((relics) => (relics[0]!.outsideStatedWard = true))).toContain('the flag does not say so');
  });
  test('an unknown ward and an estimate without an error are found', () => {
    expect(check((relics) => (relics[3]!.wardKey = '00000@1995-10-28'))).toContain('there is no ward 00000@1995-10-28');
    expect(check((relics) => (relics[1]!.position!.errorMeters = null))).toContain('estimated position without');
  });
});

describe('facts of the wards', () => {
  const check = (broken: (facts: ReturnType<typeof places>['facts']) => void) => {
    const { facts, wardTable } = places();
    broken(facts);
    return checkFacts(facts, wardTable).join('; ');
  };
  test('people who do not add up are found', () => {
    expect(check(({ wards }) => (wards[0]!.population!.value += 1))).toContain(
      'people of the eight wards: 160496 found',
    );
  });
  test('a ward without facts or a successor that is none is found', () => {
    expect(check(({ wards }) => wards.pop())).toContain('facts of 00611@2025-07-01: 0 found, 1 expected');
    expect(check(({ wards }) => (wards[0]!.successors[0]!.key = '00091@1995-10-29'))).toContain('no ward 00091@1995');
    expect(check(({ wards }) => (wards[0]!.key = '00000@1995-10-28'))).toContain('there is no ward 00000');
  });
  test('titles that disagree with the counts, the order or the year are found', () => {
    expect(check(({ wards }) => (wards[0]!.culturalWard = []))).toContain('nothing said of the title');
    expect(check(({ wards }) => wards[2]!.culturalWard.reverse())).toContain('out of order');
    expect(check(({ wards }) => (wards[0]!.culturalWard[0]!.year = 2018))).toContain('is not in 2018');
  });
  test('relic totals that do not add up are found', () => {
    expect(check(({ district }) => (district.relicTotals.city = 28))).toContain(
      'relics by rank: 81 found, 71 expected',
    );
    expect(check(({ district }) => (district.relicTotals.dinh = 2))).toContain('relics by kind');
  });
});

describe('criteria', () => {
  const check = (broken: (pack: ReturnType<typeof places>['criteriaPacks'][number]) => void) => {
    const [pack] = places().criteriaPacks;
    broken(pack!);
    return checkCriteria(pack!).join('; ');
  };
  test('an invented threshold is found', () => {
    expect(check(({ criteria }) => (criteria[0]!.indicators[0]!.target = 90))).toContain(
      '1.1: a topic of our own wording',
    );
  });
  test('a missing criterion, topic or step is found', () => {
    expect(check(({ criteria }) => criteria.pop())).toContain('criteria: 8 found, 9 expected');
    expect(check(({ criteria }) => criteria[0]!.indicators.pop())).toContain('topics: 45 found, 46 expected');
    expect(check(({ titleSteps }) => titleSteps.pop())).toContain('steps of the title');
  });
  test('a topic under the wrong number, twice, or without a capital is found', () => {
    expect(check(({ criteria }) => (criteria[0]!.indicators[0]!.id = '2.1'))).toMatch(
      /not a number of criterion 1.*2\.1: the id occurs twice/,
    );
    expect(check(({ criteria }) => (criteria[0]!.indicators[0]!.title.vi = 'quy hoạch'))).toContain(
      'no capital letter',
    );
  });
});

describe('Programme 03', () => {
  const check = (broken: (pack: ReturnType<typeof places>['programme']) => void) => {
    const { programme, wardTable } = places();
    broken(programme);
    return checkProgramme(programme, wardTable).join('; ');
  };
  test('a target told as a result is found', () => {
    expect(check(({ figures }) => (figures[1]!.value = 8))).toContain(
      'figure I2: target 8/8 found, target -/8 expected',
    );
  });
  test('another figure or a missing one is found', () => {
    expect(check(({ figures }) => (figures[2]!.value = 107))).toContain('quoted 107/108');
    expect(check(({ figures }) => figures.shift())).toContain('figure I1: missing');
  });
  test('a guessed unit, a loose reference, an unknown ward, an id twice are found', () => {
    expect(check(({ schemes }) => (schemes[0]!.unit = { vi: 'Phòng VHTT', en: 'Culture' }))).toContain(
      'no source states',
    );
    expect(check(({ tasks }) => tasks[0]!.refs.push('DA9'))).toContain('refers to DA9');
    expect(check(({ tasks }) => tasks[0]!.wardKeys.push('00000@1995-10-28'))).toContain('there is no ward 00000');
    expect(check(({ events }) => (events[0]!.id = 'T1'))).toContain('T1: the id occurs twice');
  });
  test('a missing scheme or task is found', () => {
    expect(check(({ schemes }) => schemes.shift())).toContain('schemes of the seven: 6 found, 7 expected');
    expect(check(({ tasks }) => tasks.pop())).toContain('tasks: ');
  });
});

describe('the registry', () => {
  const folder = join(findRoot(), 'geodata');
  const check = (broken: (entries: ReturnType<typeof places>['sources'], files: Map<string, string>) => void) => {
    const { sources } = places();
    const files = new Map(dataFiles(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
    broken(sources, files);
    return checkSources(sources, files).join('; ');
  };
  test('a changed byte is found', () => {
    expect(check((_, files) => files.set('seed/relics.json', '[]'))).toContain('seed/relics.json: its sha256 differs');
  });
  test('a file without an entry, and an entry without a file or twice, are found', () => {
    expect(check((_, files) => files.set('layers/new.geojson', ''))).toContain('layers/new.geojson: no entry');
    expect(check((_, files) => files.delete('seed/relics.json'))).toContain('there is no such file');
    expect(check((entries) => entries.push(entries[0]!))).toContain('two entries');
  });
  test('OpenStreetMap without its licence or its name is found', () => {
    const relics = (entries: ReturnType<typeof places>['sources']) =>
      entries.find((e) => e.file === 'seed/relics.json')!;
    expect(check((entries) => (relics(entries).licence = 'facts'))).toContain(
      'OpenStreetMap data under another licence',
    );
    expect(check((entries) => (relics(entries).attribution = 'us'))).toContain('licence and attribution disagree');
  });
});
