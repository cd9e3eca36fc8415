/** Every resource as a page for a person: plain, readable without scripts, nothing loaded from anywhere. */
import type { Collection, Collections, Items, Landing, Link, Queryables } from './contract.ts';
import type { Definition } from './definition.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);

const link = ({ href, title, rel }: Link) => `<a href="${escape(href)}">${escape(title ?? rel)}</a>`;
const list = (links: readonly Link[]) => `<ul>${links.map((one) => `<li>${link(one)}</li>`).join('')}</ul>`;
const row = (name: string, value: string) => `<tr><th scope="row">${escape(name)}</th><td>${value}</td></tr>`;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 'Be Vietnam Pro', system-ui, sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; }
nav { font-size: 0.875rem; } h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.75rem 0; } h2 { font-size: 1.1rem; margin: 1.75rem 0 0.5rem; }
a { color: light-dark(#0b6285, #7cc7e8); } .wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
th, td { border-bottom: 1px solid light-dark(#d5dde1, #3a464d); padding: 0.375rem 0.75rem 0.375rem 0; text-align: left; vertical-align: top; }
thead th, .wide [scope='row'] { white-space: nowrap; } code { font-size: 0.875em; overflow-wrap: anywhere; } .quiet { color: light-dark(#4d5b63, #a9b7bf); }`;

interface Crumb {
  href: string;
  title: string;
}

function page(title: string, crumbs: readonly Crumb[], body: string): string {
  const path = crumbs.map(({ href, title: name }) => `<a href="${escape(href)}">${escape(name)}</a>`).join(' › ');
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head><body>${path ? `<nav aria-label="Đường dẫn / Path">${path}</nav>` : ''}<main><h1>${escape(title)}</h1>${body}</main></body></html>`;
}

const home = (base: string): Crumb[] => [{ href: base, title: 'Bản đồ số Tây Hồ' }];
const toCollections = (base: string): Crumb[] => [
  ...home(base),
  { href: `${base}/collections`, title: 'Các lớp dữ liệu / Collections' },
];

const asPages = (links: readonly Link[]) =>
  links.filter(({ rel }) => rel !== 'self').map((one) => (one.rel === 'alternate' ? { ...one, title: 'JSON' } : one));

export const landingPage = ({ title, description, attribution, links }: Landing): string =>
  page(title, [], `<p>${escape(description)}</p>${list(asPages(links))}<p class="quiet">${escape(attribution)}</p>`);

export const conformancePage = (base: string, { conformsTo }: { conformsTo: readonly string[] }): string =>
  page(
    'Mức tuân thủ / Conformance',
    home(base),
    `<ul>${conformsTo.map((uri) => `<li><code>${escape(uri)}</code></li>`).join('')}</ul>`,
  );

export const collectionsPage = (base: string, { collections }: Collections): string =>
  page(
    'Các lớp dữ liệu / Collections',
    home(base),
    collections
      .map(({ id, title, description, attribution }) => {
        const heading = `<h2><a href="${escape(`${base}/collections/${id}`)}">${escape(title)}</a></h2>`;
        return `${heading}<p>${escape(description)}</p><p class="quiet">${escape(attribution)}</p>`;
      })
      .join(''),
  );

const bounds = (numbers: readonly number[]) => numbers.map((degrees) => degrees.toFixed(5)).join(', ');

export function collectionPage(
  base: string,
  { id, title, description, licence, attribution, crs, extent, links }: Collection,
): string {
  const interval = extent.temporal?.interval[0];
  const rows = [
    row('id', `<code>${escape(id)}</code>`),
    row('Giấy phép / Licence', escape(licence)),
    row('Nguồn / Attribution', escape(attribution)),
    row('Hệ tọa độ / Reference systems', crs.map((uri) => `<code>${escape(uri)}</code>`).join('<br>')),
    row('Phạm vi / Extent (CRS84)', extent.spatial ? bounds(extent.spatial.bbox[0]!) : 'chưa có / none yet'),
    ...(interval ? [row('Thời gian / Time', escape(interval.map((end) => end?.slice(0, 10) ?? '…').join(' – ')))] : []),
  ];
  const body = `<p>${escape(description)}</p><div class="wide"><table><tbody>${rows.join('')}</tbody></table></div>`;
  return page(
    title,
    toCollections(base),
    `${body}<h2>Dữ liệu / Data</h2>${list(asPages(links).map((one) => (one.rel === 'items' ? { ...one, title: one.type === 'text/html' ? 'Bảng / Table' : 'GeoJSON' } : one)))}`,
  );
}

/** What may be asked, name by name. */
export function queryablesPage(base: string, { id, title }: Collection, { properties }: Queryables): string {
  const kind = ({ type, format }: Record<string, unknown>) => [type, format].filter(Boolean).join(', ');
  const rows = Object.entries(properties).map(([name, schema]) => row(name, escape(kind(schema))));
  const body = `<div class="wide"><table><tbody>${rows.join('')}</tbody></table></div>`;
  const crumbs = [...toCollections(base), { href: `${base}/collections/${id}`, title }];
  return page('Thuộc tính hỏi được / Queryables', crumbs, body);
}

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return '<span class="quiet">–</span>';
  return escape(typeof value === 'object' ? JSON.stringify(value) : String(value));
};

export function itemsPage(base: string, { id, title }: Collection, items: Items): string {
  const here = `${base}/collections/${id}`;
  const names = [...new Set(items.features.flatMap(({ properties }) => Object.keys(properties as object)))].filter(
    (name) => name !== 'id',
  );
  const head = ['id', ...names].map((name) => `<th scope="col">${escape(name)}</th>`).join('');
  const rows = items.features.map(({ id: itemId, properties }) => {
    const cells = names.map((name) => `<td>${shown((properties as Record<string, unknown>)[name])}</td>`).join('');
    const address = escape(`${here}/items/${encodeURIComponent(itemId)}`);
    return `<tr><th scope="row"><a href="${address}">${escape(itemId)}</a></th>${cells}</tr>`;
  });
  const next = items.links.find(({ rel }) => rel === 'next');
  const counted = `<p>${items.numberReturned} / ${items.numberMatched}</p>`;
  const table = `<div class="wide" tabindex="0" role="region" aria-label="${escape(title)}"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  const none = '<p class="quiet">Không có đối tượng nào. / There are no features.</p>';
  const more = next ? `<p>${link({ ...next, title: 'Trang sau / Next page' })}</p>` : '';
  return page(
    title,
    [...toCollections(base), { href: here, title: id }],
    `${counted}${rows.length > 0 ? table : none}${more}`,
  );
}

export function itemPage(
  base: string,
  { id, title }: Collection,
  feature: { id: string; properties: object; geometry: { type: string } },
): string {
  const here = `${base}/collections/${id}`;
  const rows = Object.entries(feature.properties).map(([name, value]) => row(name, shown(value)));
  const body = `<div class="wide"><table><tbody>${rows.join('')}${row('geometry', escape(feature.geometry.type))}</tbody></table></div>`;
  const crumbs = [...toCollections(base), { href: here, title }, { href: `${here}/items`, title: 'items' }];
  return page(feature.id, crumbs, body);
}

interface Operation {
  summary: string;
  parameters: readonly object[];
}

/** The API definition to be read: every path with its parameters, nothing loaded from elsewhere. */
export function definitionPage(base: string, { paths, components }: Definition): string {
  const nameOf = (one: { $ref?: string; name?: string; description?: string }) => {
    const known = one.$ref
      ? components.parameters[one.$ref.split('/').at(-1) as keyof typeof components.parameters]
      : one;
    return `<li><code>${escape(known.name ?? '')}</code>${known.description ? `: ${escape(known.description)}` : ''}</li>`;
  };
  const body = Object.entries(paths as Record<string, { get: Operation }>).map(([path, { get }]) => {
    const parameters = get.parameters.map((one) => nameOf(one)).join('');
    return `<h2><code>GET ${escape(path)}</code></h2><p>${escape(get.summary)}</p><ul>${parameters}</ul>`;
  });
  return page('Tài liệu giao diện / API documentation', home(base), body.join(''));
}
