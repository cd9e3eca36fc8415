import { describe, expect, it } from 'vitest';
import { cyclesOf, importsOf, readSources, rules, violationsOf } from './import-law.ts';

const rulesBrokenBy = (files: Record<string, string>) =>
  violationsOf(new Map(Object.entries(files))).map((v) => v.rule);

describe('the house', () => {
  const sources = readSources();

  it('is read whole', () => {
    expect([...sources.keys()]).toEqual(expect.arrayContaining(['server/platform/contract.ts', 'geodata/schema.ts']));
    expect(importsOf(sources).length).toBeGreaterThan(50);
  });

  it('keeps the law of imports', () => {
    expect(violationsOf(sources)).toEqual([]);
  });
});

describe('the law catches', () => {
  const target = { 'server/dengue/store.ts': '', 'server/dengue/actions.ts': '', 'server/dengue/outbreak.ts': '' };

  /** One sinner for every rule: files, of which the first breaks the rule it is listed under. */
  const sinners: Record<string, Record<string, string>> = {
    'geodata-stands-alone': { 'geodata/x.ts': `import { a } from '../server/log.ts'`, 'server/log.ts': '' },
    'no-tests-in-the-house': {
      'server/x.ts': `import { a } from '../tests/helpers/make.ts'`,
      'tests/helpers/make.ts': '',
    },
    'server-knows-no-page': { 'server/log.ts': `import { a } from '../web/lib/a.ts'`, 'web/lib/a.ts': '' },
    'contracts-are-words': { 'server/dengue/contract.ts': `import { a } from '../log.ts'`, 'server/log.ts': '' },
    'browser-safe-geodata': { 'geodata/dates.ts': `import { readFileSync } from 'node:fs'` },
    'inside-a-feature': { 'server/dengue/routes.ts': `import { a } from './store.ts'`, ...target },
    'rules-are-pure': {
      'server/dengue/rule.ts': `import { a } from '../platform/http.ts'`,
      'server/platform/http.ts': '',
    },
    'between-features': { 'server/heritage/actions.ts': `import { a } from '../dengue/store.ts'`, ...target },
    'stores-stay-home': { 'server/seed.ts': `import { a } from './dengue/store.ts'`, ...target },
    'platform-below-features': { 'server/platform/x.ts': `import { a } from '../dengue/actions.ts'`, ...target },
    'hono-in-its-rooms': { 'server/dengue/actions.ts': `import { Hono } from 'hono'` },
    'one-door-to-sqlite': { 'server/dengue/store.ts': `const s = await import('node:sqlite')` },
    'web-takes-words-only': { 'web/lib/a.ts': `import { a } from '../../server/dengue/outbreak.ts'`, ...target },
    'web-without-node': { 'web/lib/a.ts': `import { join } from 'node:path'` },
    'maplibre-in-the-map-room': { 'web/wards/Card.svelte': `<script>import { Popup } from 'maplibre-gl'</script>` },
    'one-maker-of-maps': { 'web/map/camera.ts': `import { Map as Chart } from 'maplibre-gl'` },
    'layers-do-not-fetch': {
      'web/wards/WardLayer.svelte': `<script>import { a } from '../api/client.ts'</script>`,
      'web/api/client.ts': '',
    },
    'lib-without-svelte': { 'web/lib/a.ts': `import { tick } from 'svelte'` },
    'shell-without-domain': {
      'web/shell/Rail.svelte': `<script>import { a } from '../wards/a.ts'</script>`,
      'web/wards/a.ts': '',
    },
    'no-barrels': { 'server/a.ts': `export * from './b.ts'`, 'server/b.ts': '' },
    resolves: { 'server/a.ts': `import { b } from './gone.ts'` },
    'no-cycle': { 'server/a.ts': `import './b.ts'`, 'server/b.ts': `import './a.ts'` },
    'names-say-what': { 'web/lib/utils.ts': '' },
  };

  it.each(Object.entries(sinners))('%s', (rule, files) => {
    expect(rulesBrokenBy(files)).toEqual([rule]);
  });

  it('every rule by a sinner of its own', () => {
    expect(rules.map((rule) => rule.name).filter((name) => !(name in sinners))).toEqual([]);
  });

  it('an import in the markup of a component', () => {
    const markup = `{#await import('../../server/log.ts')}…{/await}`;
    expect(rulesBrokenBy({ 'web/a/A.svelte': markup, 'server/log.ts': '' })).toEqual(['web-takes-words-only']);
  });

  it('a second taking from the app besides its type', () => {
    const app = { 'server/app.ts': '' };
    expect(rulesBrokenBy({ 'web/api/client.ts': `import type { Api } from '../../server/app.ts'`, ...app })).toEqual(
      [],
    );
    expect(rulesBrokenBy({ 'web/api/client.ts': `import { createApp } from '../../server/app.ts'`, ...app })).toEqual([
      'web-takes-words-only',
    ]);
  });

  it('a longer cycle once, whatever file it is met from', () => {
    const imports = importsOf(
      new Map([
        ['a/b.ts', `import './c.ts'`],
        ['a/c.ts', `export { x } from './a.ts'`],
        ['a/a.ts', `import type { X } from './b.ts'`],
      ]),
    );
    expect(cyclesOf(imports)).toEqual(['a/a.ts -> a/b.ts -> a/c.ts -> a/a.ts']);
  });
});
