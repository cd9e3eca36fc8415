/** `npm run sbom`: what the product stands on, as CycloneDX, into dist/sbom.cdx.json. Build tools are left out. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bill = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
mkdirSync(`${root}dist`, { recursive: true });
writeFileSync(`${root}dist/sbom.cdx.json`, bill);
const { bomFormat, specVersion, components } = JSON.parse(bill);
console.log(`dist/sbom.cdx.json: ${bomFormat} ${specVersion}, ${components.length} packages`);
