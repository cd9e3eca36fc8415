/**
 * Who may import whom, as a table of rules over every import of our own sources. A small scanner of our own, because
 * the house is half Svelte and the rules speak of single files ("only MapView makes a Map"), which general tools
 * neither read nor say well.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One import: `to` is a path of ours (`server/app.ts`) or a package's name as written (`hono/streaming`). */
export interface Import {
  from: string;
  to: string;
  ours: boolean;
  /** `import type`, `export type`, `typeof import()`: gone after compilation. */
  typeOnly: boolean;
  /** What is taken by name; `*` for a namespace or a whole re-export; empty for a bare or dynamic import. */
  names: string[];
  reexport: boolean;
}
export type Sources = ReadonlyMap<string, string>;
export interface Violation {
  rule: string;
  where: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROOMS = ['server', 'web', 'geodata', 'tests'];
const SOURCE = /\.(ts|mjs|js|svelte)$/;

/** Every source of the house, by its path from the root with `/` between folders. */
export function readSources(root = ROOT): Sources {
  const sources = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (SOURCE.test(entry.name))
        sources.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  };
  for (const room of ROOMS) walk(join(root, room));
  return sources;
}

const scriptOf = (path: string, text: string) =>
  path.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((m) => m[1]).join('\n')
    : text;
const markupOf = (text: string) => text.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');

const namesOf = (clause: ts.ImportClause | undefined): string[] => {
  const bindings = clause?.namedBindings;
  const named = !bindings ? [] : ts.isNamespaceImport(bindings) ? ['*'] : bindings.elements.map(nameOf);
  return clause?.name ? ['default', ...named] : named;
};
const nameOf = (specifier: ts.ImportSpecifier | ts.ExportSpecifier) => (specifier.propertyName ?? specifier.name).text;
const allTypes = (elements: readonly { isTypeOnly: boolean }[]) =>
  elements.length > 0 && elements.every((e) => e.isTypeOnly);

type Found = Pick<Import, 'typeOnly' | 'names' | 'reexport'> & { specifier: string };

function findImports(path: string, text: string): Found[] {
  const found: Found[] = [];
  const file = ts.createSourceFile(path, scriptOf(path, text), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      const inline = !clause?.name && bindings && ts.isNamedImports(bindings) && allTypes(bindings.elements);
      const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || inline === true;
      found.push({ specifier: node.moduleSpecifier.text, typeOnly, names: namesOf(clause), reexport: false });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.exportClause;
      const names = clause && ts.isNamedExports(clause) ? clause.elements.map(nameOf) : ['*'];
      found.push({ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly, names, reexport: true });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const literal = node.argument.literal;
      if (ts.isStringLiteral(literal))
        found.push({ specifier: literal.text, typeOnly: true, names: [], reexport: false });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument))
        found.push({ specifier: argument.text, typeOnly: false, names: [], reexport: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (path.endsWith('.svelte'))
    for (const match of markupOf(text).matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g))
      found.push({ specifier: match[1] ?? '', typeOnly: false, names: [], reexport: false });
  return found;
}

/** Every import of every source, with relative paths resolved; a query (`?raw`, `?worker&url`) is dropped. */
export function importsOf(sources: Sources): Import[] {
  return [...sources].flatMap(([from, text]) =>
    findImports(from, text).map(({ specifier, ...rest }) => {
      const bare = specifier.replace(/\?.*$/, '');
      const ours = bare.startsWith('.');
      return { from, to: ours ? posix.normalize(posix.join(dirname(from), bare)) : bare, ours, ...rest };
    }),
  );
}

// --- the rules --------------------------------------------------------------------------------------------------------

const FEATURES =
  'accounts audit wards status programme meeting dengue outbreaks heritage photos layers backups exchange ogc search'.split(
    ' ',
  );
/** The files of geodata that everyone may import, and what these are made of: pure, so that a page may carry them. */
const SHARED =
  /^geodata\/(schema|procedure-schema|vocabulary|restoration-vocabulary|ward-index|ward-code|dates|measure|number|vn2000|pack-check|pack-difference)\.ts$/;
const BROWSER_SAFE =
  /^geodata\/(schema|procedure-schema|vocabulary|restoration-vocabulary|ward-index|ward-code|dates|inner-edge|measure|number|vn2000|projection|pack-check|pack-difference)\.ts$/;
/** Pure, and the same on paper as on the screen. */
const PALETTE = /^web\/map\/(palette|patterns|glyphs)\.ts$/;
const PERMISSION = 'server/accounts/permission.ts';

const featureOf = (path: string) => {
  const room = /^server\/([^/]+)\//.exec(path)?.[1];
  return room && FEATURES.includes(room) ? room : null;
};

type Role = 'contract' | 'routes' | 'actions' | 'store' | 'rule';
const roleOf = (path: string): Role => {
  const name = posix.basename(path, '.ts');
  // A feature with much to do has several of a kind: `user-actions`, `session-store`.
  const kind = name.split('-').at(-1);
  if (kind === 'contract' || kind === 'routes' || kind === 'store') return kind;
  // The demo's records come in by the same door as everybody's: it is an action by another name.
  return kind === 'actions' || name === 'demo' ? 'actions' : 'rule';
};

/** Inside a feature: routes -> actions -> {rules, store}. */
const MAY_IMPORT: Record<Role, readonly Role[]> = {
  contract: ['contract'],
  rule: ['contract', 'rule'],
  store: ['contract', 'rule', 'store'],
  actions: ['contract', 'rule', 'store', 'actions'],
  routes: ['contract', 'rule', 'actions'],
};

const packageIs = (to: string, ...names: string[]) => names.some((name) => to === name || to.startsWith(`${name}/`));
const isHono = (i: Import) => !i.ours && (to(i, 'hono') || i.to.startsWith('@hono/'));
const to = (i: Import, ...names: string[]) => packageIs(i.to, ...names);
const isMaplibre = (i: Import) => i.to === 'maplibre-gl' || i.to === 'svelte-maplibre-gl';
const isBuiltin = (i: Import) => !i.ours && i.to.startsWith('node:');
const inside = (path: string, folder: string) => path.startsWith(`${folder}/`);
/** Components that stand on the map itself. */
const isLayerComponent = (path: string) => /^web\/.*(Layer|Marker)\.svelte$/.test(path);

const HONO_ROOMS =
  /^(server\/app\.ts|server\/[^/]+\/routes\.ts|server\/platform\/(http|events|static)\.ts|server\/(accounts|ogc)\/.*|web\/api\/.*)$/;
/** Hono's socket adapter is no part of the app: it belongs to what opens the port. */
const LISTENERS = ['server/platform/listener.ts', 'server/main.ts'];

interface Rule {
  name: string;
  why: string;
  breaks(i: Import): boolean;
}

export const rules: readonly Rule[] = [
  {
    name: 'geodata-stands-alone',
    why: 'geodata imports neither server nor web nor tests',
    breaks: (i) => inside(i.from, 'geodata') && i.ours && !inside(i.to, 'geodata'),
  },
  {
    name: 'no-tests-in-the-house',
    why: 'nothing that ships imports the tests',
    breaks: (i) => !inside(i.from, 'tests') && i.ours && inside(i.to, 'tests'),
  },
  {
    name: 'server-knows-no-page',
    why: 'the server imports nothing of web but the palette, its hatches and signs, which printed maps share',
    breaks: (i) => inside(i.from, 'server') && i.ours && inside(i.to, 'web') && !PALETTE.test(i.to),
  },
  {
    name: 'contracts-are-words',
    why: 'a contract imports zod, contracts, and the pure schema of geodata',
    breaks: (i) =>
      inside(i.from, 'server') &&
      roleOf(i.from) === 'contract' &&
      (i.ours ? roleOf(i.to) !== 'contract' && !SHARED.test(i.to) && i.to !== PERMISSION : !to(i, 'zod')),
  },
  {
    name: 'browser-safe-geodata',
    why: 'the files of geodata that a page carries use no Node module and no file outside their own kind',
    breaks: (i) => BROWSER_SAFE.test(i.from) && (i.ours ? !BROWSER_SAFE.test(i.to) : isBuiltin(i)),
  },
  {
    name: 'inside-a-feature',
    why: 'routes -> actions -> {rules, store}; rules import only contracts and rules',
    breaks: (i) => {
      const feature = featureOf(i.from);
      return (
        feature !== null &&
        i.ours &&
        featureOf(i.to) === feature &&
        // The names of roles and permissions are words too; `contracts-are-words` says who may take them.
        i.to !== PERMISSION &&
        !MAY_IMPORT[roleOf(i.from)].includes(roleOf(i.to))
      );
    },
  },
  {
    name: 'rules-are-pure',
    why: 'a rule imports contracts, geodata and other rules, and no package but zod',
    breaks: (i) =>
      featureOf(i.from) !== null &&
      featureOf(i.from) !== 'accounts' &&
      featureOf(i.from) !== 'ogc' &&
      roleOf(i.from) === 'rule' &&
      !i.typeOnly &&
      (i.ours
        ? featureOf(i.to) === null && !inside(i.to, 'geodata') && roleOf(i.to) !== 'contract' && !PALETTE.test(i.to)
        : !to(i, 'zod')),
  },
  {
    name: 'between-features',
    why: "a feature takes another's contracts, rules and actions, never its store or routes",
    breaks: (i) => {
      const feature = featureOf(i.from);
      const other = featureOf(i.to);
      if (!i.ours || feature === null || other === null || feature === other) return false;
      return roleOf(i.to) === 'store' || roleOf(i.to) === 'routes';
    },
  },
  {
    name: 'stores-stay-home',
    why: 'outside its feature nobody imports a store; only app.ts imports routes',
    breaks: (i) =>
      inside(i.from, 'server') &&
      featureOf(i.from) === null &&
      i.ours &&
      featureOf(i.to) !== null &&
      (roleOf(i.to) === 'store' || (roleOf(i.to) === 'routes' && i.from !== 'server/app.ts')),
  },
  {
    name: 'platform-below-features',
    why: 'the platform imports no feature but its contract and the permission rule',
    breaks: (i) =>
      inside(i.from, 'server/platform') &&
      i.ours &&
      featureOf(i.to) !== null &&
      roleOf(i.to) !== 'contract' &&
      i.to !== PERMISSION,
  },
  {
    name: 'hono-in-its-rooms',
    why: 'hono only in app, routes, platform/{http,events,static}, accounts, ogc and the typed client',
    breaks: (i) =>
      isHono(i) &&
      !inside(i.from, 'tests') &&
      !HONO_ROOMS.test(i.from) &&
      !(to(i, '@hono/node-server') && LISTENERS.includes(i.from)),
  },
  {
    name: 'one-door-to-sqlite',
    why: 'only platform/database.ts knows a SQLite driver',
    breaks: (i) =>
      !i.ours &&
      to(i, 'sqlite3', 'node:sqlite', 'better-sqlite3') &&
      !inside(i.from, 'tests') &&
      i.from !== 'server/platform/database.ts',
  },
  {
    name: 'web-takes-words-only',
    why: 'web takes from the server contracts and the one `import type { Api }`, from geodata what is browser-safe',
    breaks: (i) => {
      if (!inside(i.from, 'web') || !i.ours || inside(i.to, 'web')) return false;
      if (SHARED.test(i.to)) return false;
      if (inside(i.to, 'server') && roleOf(i.to) === 'contract') return false;
      const api = i.to === 'server/app.ts' && i.names.join() === 'Api' && inside(i.from, 'web/api');
      const permission = i.to === PERMISSION && i.names.join() === 'Permission';
      return !(i.typeOnly && (api || permission));
    },
  },
  {
    name: 'web-without-node',
    why: 'a page has no Node modules',
    breaks: (i) => inside(i.from, 'web') && isBuiltin(i),
  },
  {
    name: 'maplibre-in-the-map-room',
    why: 'only web/map and the components that stand on the map import maplibre; panels never do',
    breaks: (i) =>
      isMaplibre(i) && !i.typeOnly && inside(i.from, 'web') && !inside(i.from, 'web/map') && !isLayerComponent(i.from),
  },
  {
    name: 'one-maker-of-maps',
    why: 'only map/MapView.svelte makes a Map',
    breaks: (i) =>
      isMaplibre(i) &&
      !i.typeOnly &&
      inside(i.from, 'web') &&
      i.from !== 'web/map/MapView.svelte' &&
      i.names.some((name) => ['Map', 'MapLibre', '*', 'default'].includes(name)),
  },
  {
    name: 'layers-do-not-fetch',
    why: 'layer components and the map room import neither the client nor the live stream',
    breaks: (i) =>
      (isLayerComponent(i.from) || inside(i.from, 'web/map')) &&
      i.ours &&
      (inside(i.to, 'web/api') || inside(i.to, 'web/live')),
  },
  {
    name: 'lib-without-svelte',
    why: 'web/lib is pure: no Svelte, no component',
    breaks: (i) => inside(i.from, 'web/lib') && (i.ours ? /\.svelte(\.ts)?$/.test(i.to) : to(i, 'svelte')),
  },
  {
    name: 'shell-without-domain',
    why: 'the shell says no word of the domain: it imports no feature of the page and no contract of a feature',
    breaks: (i) =>
      inside(i.from, 'web/shell') &&
      i.ours &&
      (/^web\/(wards|programme|dengue|heritage|photos|layers|accounts)\//.test(i.to) || featureOf(i.to) !== null),
  },
  {
    name: 'no-barrels',
    why: 'no file passes on a whole other file',
    breaks: (i) => i.reexport && i.names.includes('*'),
  },
];

// --- whole-house checks -----------------------------------------------------------------------------------------------

/** Names that say nothing of what is inside. */
const IDLE_NAMES = /(^|\/)(utils?|index|helpers?|misc|common)\.(svelte\.)?(ts|mjs|js|svelte)$/;

/** Cycles of files, each once, as `a -> b -> a`. */
export function cyclesOf(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const i of imports) if (i.ours) next.set(i.from, [...(next.get(i.from) ?? []), i.to]);
  const done = new Set<string>();
  const cycles = new Set<string>();
  const walk = (path: string, trail: string[]) => {
    const seen = trail.indexOf(path);
    if (seen >= 0) {
      const ring = trail.slice(seen);
      const first = ring.indexOf([...ring].sort()[0] ?? '');
      const turned = [...ring.slice(first), ...ring.slice(0, first)];
      cycles.add([...turned, turned[0]].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const target of next.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of next.keys()) walk(path, []);
  return [...cycles].sort();
}

/** Everything that breaks the law of imports in these sources. */
export function violationsOf(sources: Sources): Violation[] {
  const imports = importsOf(sources);
  const code = (i: Import) => i.ours && SOURCE.test(i.to);
  return [
    ...rules.flatMap((rule) =>
      imports.filter((i) => rule.breaks(i)).map((i) => ({ rule: rule.name, where: `${i.from} -> ${i.to}` })),
    ),
    ...imports
      .filter((i) => i.ours && (code(i) ? !sources.has(i.to) : !/\.\w+$/.test(i.to)))
      .map((i) => ({ rule: 'resolves', where: `${i.from} -> ${i.to}` })),
    ...cyclesOf(imports).map((where) => ({ rule: 'no-cycle', where })),
    ...[...sources.keys()].filter((path) => IDLE_NAMES.test(path)).map((where) => ({ rule: 'names-say-what', where })),
  ];
}
