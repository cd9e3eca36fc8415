import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { kindPermission } from '../../server/accounts/permission.ts';
import { verbs } from '../../server/platform/verb-contract.ts';
import { clientRefusals } from '../../web/api/refusal.ts';
import { colouringEn } from '../../web/i18n/colouring-en.ts';
import { colouringVi } from '../../web/i18n/colouring-vi.ts';
import { boardEn } from '../../web/i18n/board-en.ts';
import { boardVi } from '../../web/i18n/board-vi.ts';
import { casesEn } from '../../web/i18n/cases-en.ts';
import { casesVi } from '../../web/i18n/cases-vi.ts';
import { en } from '../../web/i18n/en.ts';
import { backupsEn } from '../../web/i18n/backups-en.ts';
import { backupsVi } from '../../web/i18n/backups-vi.ts';
import { meetingEn } from '../../web/i18n/meeting-en.ts';
import { meetingVi } from '../../web/i18n/meeting-vi.ts';
import { heritageEn } from '../../web/i18n/heritage-en.ts';
import { heritageVi } from '../../web/i18n/heritage-vi.ts';
import { packDeskEn } from '../../web/i18n/pack-desk-en.ts';
import { packDeskVi } from '../../web/i18n/pack-desk-vi.ts';
import { packsEn } from '../../web/i18n/packs-en.ts';
import { packsVi } from '../../web/i18n/packs-vi.ts';
import { restorationEn } from '../../web/i18n/restoration-en.ts';
import { restorationVi } from '../../web/i18n/restoration-vi.ts';
import { photosEn } from '../../web/i18n/photos-en.ts';
import { photosVi } from '../../web/i18n/photos-vi.ts';
import { outbreaksEn } from '../../web/i18n/outbreaks-en.ts';
import { outbreaksVi } from '../../web/i18n/outbreaks-vi.ts';
import { statusEn } from '../../web/i18n/status-en.ts';
import { statusVi } from '../../web/i18n/status-vi.ts';
import { titleEn } from '../../web/i18n/title-en.ts';
import { titleVi } from '../../web/i18n/title-vi.ts';
import { vi } from '../../web/i18n/vi.ts';
import { workEn } from '../../web/i18n/work-en.ts';
import { workVi } from '../../web/i18n/work-vi.ts';
import { readSources } from './import-law.ts';

type Word = string | ((...values: never[]) => string);
type Words = Map<string, Word>;

const sources = readSources();
const contracts = import.meta.glob<Record<string, unknown>>(
  [
    '../../server/*/contract.ts',
    '../../server/dengue/cases/*contract.ts',
    '../../server/outbreaks/*contract.ts',
    '../../server/status/*contract.ts',
    '../../server/heritage/restoration/*contract.ts',
    '../../server/heritage/record-contract.ts',
  ],
  { eager: true },
);
const serverRefusals = Object.values(contracts).flatMap((contract) =>
  Object.entries(contract).flatMap(([name, value]) => (name.endsWith('Refusals') ? (value as string[]) : [])),
);

/** The catalogue as `place.wards` -> word. */
function flat(catalogue: object, prefix = ''): Words {
  const words: Words = new Map();
  for (const [key, value] of Object.entries(catalogue)) {
    const path = prefix + key;
    if (typeof value === 'object') for (const [inner, word] of flat(value, `${path}.`)) words.set(inner, word);
    else words.set(path, value as Word);
  }
  return words;
}
/** Words that come with their screens are held to the same rules. */
const both = {
  vi: flat({
    ...vi,
    outbreaks: outbreaksVi,
    cases: casesVi,
    backups: backupsVi,
    meeting: meetingVi,
    colouring: colouringVi,
    packs: packsVi,
    packDesk: packDeskVi,
    photos: photosVi,
    board: boardVi,
    work: workVi,
    status: statusVi,
    title: titleVi,
    fieldwork: heritageVi,
    restoration: restorationVi,
  }),
  en: flat({
    ...en,
    outbreaks: outbreaksEn,
    cases: casesEn,
    backups: backupsEn,
    meeting: meetingEn,
    colouring: colouringEn,
    packs: packsEn,
    packDesk: packDeskEn,
    photos: photosEn,
    board: boardEn,
    work: workEn,
    status: statusEn,
    title: titleEn,
    fieldwork: heritageEn,
    restoration: restorationEn,
  }),
};

/** What a word says when it is given something for every blank. */
const spoken = (word: Word) => (typeof word === 'string' ? word : word(...([1, 2, 3, 4] as never[])));

describe('the catalogues', () => {
  it('hold the same keys', () => {
    expect([...both.en.keys()].sort()).toEqual([...both.vi.keys()].sort());
  });

  it.each(Object.entries(both))('%s says something under every key', (_, words) => {
    expect([...words].filter(([, word]) => !spoken(word).trim()).map(([key]) => key)).toEqual([]);
  });

  it('fill the same blanks', () => {
    const blanks = (word: Word | undefined) => (typeof word === 'function' ? word.length : 0);
    expect([...both.vi].filter(([key, word]) => blanks(word) !== blanks(both.en.get(key))).map(([key]) => key)).toEqual(
      [],
    );
  });

  it('leave no sentence untranslated', () => {
    const same = [...both.vi].filter(([key, word]) => {
      const text = spoken(word);
      const other = both.en.get(key);
      return text.split(/\s+/).length > 3 && other !== undefined && text === spoken(other);
    });
    expect(same.map(([key]) => key)).toEqual([]);
  });
});

describe('refusals', () => {
  const codes = [...new Set([...serverRefusals, ...clientRefusals])].sort();

  it('are found in the contracts', () => {
    expect(codes).toEqual(expect.arrayContaining(['code_needs_date', 'unknown_layer', 'offline']));
  });

  it.each([
    ['vi', vi.refusals],
    ['en', en.refusals],
  ])('have words in %s, every one, and there are no words for others', (_, words) => {
    expect(Object.keys(words).sort()).toEqual(codes);
  });

  it('that the server gives are all in a contract', () => {
    const given = [...sources].flatMap(([path, text]) =>
      path.startsWith('server/')
        ? [...text.matchAll(/\b(?:Refusal\(\s*\d{3},\s*|refusal: )'([a-z_]+)'/g)].map((match) => match[1] ?? '')
        : [],
    );
    expect(given.length).toBeGreaterThan(5);
    expect(given.filter((code) => !serverRefusals.includes(code))).toEqual([]);
  });

  it('each have a test', () => {
    const tests = [...sources].filter(([path]) => /^tests\/(unit|api|e2e)\//.test(path)).map(([, text]) => text);
    expect(codes.filter((code) => !tests.some((text) => text.includes(`'${code}'`)))).toEqual([]);
  });
});

describe('the change log', () => {
  it.each([
    ['vi', vi.audit],
    ['en', en.audit],
  ])('is told in %s: a sentence for every verb and for no other, a word for every kind', (_, words) => {
    expect(Object.keys(words.says).sort()).toEqual([...verbs].sort());
    expect(Object.keys(words.kinds)).toEqual(expect.arrayContaining(Object.keys(kindPermission)));
  });
});

describe('the page', () => {
  /** Signs that are the same in every language. */
  const SIGNS = /^(km²|m|ha|%|PDF|CSV|GeoJSON)$/;
  const SPOKEN_ATTRIBUTES = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label', 'summary'];
  const isWord = (text: string) => /\p{L}{2,}/u.test(text) && !SIGNS.test(text.replace(/[()\s]/g, ''));

  /** Words written straight into the markup of a component: text, and the attributes that are read out. */
  function wordsInMarkup(component: string): string[] {
    const found: string[] = [];
    const take = (node: AST.Text) => {
      if (isWord(node.data)) found.push(node.data.trim());
    };
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(visit);
      if (typeof value !== 'object' || value === null || !('type' in value)) return;
      const node = value as { type: string } & Record<string, unknown>;
      if (node.type === 'Text') take(node as unknown as AST.Text);
      if (node.type === 'StyleDirective') return;
      if (node.type === 'Attribute' && !SPOKEN_ATTRIBUTES.includes(String(node['name']))) return;
      Object.values(node).forEach(visit);
    };
    visit(parse(component, { modern: true }).fragment);
    return found;
  }

  /** Letters that English lacks. Names on the map are Vietnamese in every language: the map room may spell them. */
  const VIETNAMESE = /[àáãèéìíòóõùúýăâđêôơưĩũạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu;
  function vietnameseStrings(code: string): string[] {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
        if (VIETNAMESE.test(node.text)) found.push(node.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, true));
    return found;
  }

  const scriptsOf = (text: string) =>
    [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((m) => m[1]).join('\n');
  const web = [...sources].filter(([path]) => path.startsWith('web/') && !path.startsWith('web/i18n/'));

  it('takes every word of its markup from the catalogues', () => {
    const found = web
      .filter(([path]) => path.endsWith('.svelte'))
      .flatMap(([path, text]) => wordsInMarkup(text).map((word) => `${path}: ${word}`));
    expect(found).toEqual([]);
  });

  it('has no Vietnamese in its code', () => {
    const spelling = web.filter(([path]) => !path.startsWith('web/map/'));
    const found = spelling.flatMap(([path, text]) =>
      vietnameseStrings(path.endsWith('.svelte') ? scriptsOf(text) : text).map((word) => `${path}: ${word}`),
    );
    expect(found).toEqual([]);
  });

  it('would be caught with a word of its own', () => {
    expect(wordsInMarkup('<p class="Quiet">Xin chào {name}</p><img alt="a lake" src="lake.png">')).toEqual([
      'Xin chào',
      'a lake',
    ]);
    expect(vietnameseStrings("const a = 'Chùa'; const b = `Đền ${a}`; // ghi chú")).toEqual(['Chùa', 'Đền ']);
  });
});
