import type { SearchHit } from './contract.ts';
import { fold, spell, type SpelledWord } from './fold.ts';

/** Something that can be found: what the reader is shown, and the other names it answers to. */
export interface SearchEntry extends Omit<SearchHit, 'matchedName'> {
  otherNames: readonly string[];
}

export interface SearchIndex {
  readonly size: number;
  /** Best first, at most `limit`; an empty query finds nothing. */
  find(query: string, limit: number): SearchHit[];
}

/** A name read once. The padded strings let native string search find whole words and beginnings of words. */
interface Name {
  text: string;
  /** ` phu tay ho ` */
  folded: string;
  /** The same with its marks, each tone at the end of its word. */
  exact: string;
  spelled: SpelledWord[];
}
/** Names already read, by their text: reading costs more than finding. */
export type KnownNames = Map<string, Name>;

interface Indexed {
  entry: Omit<SearchEntry, 'otherNames'>;
  names: Name[];
}

const TYPE_ORDER: readonly SearchHit['type'][] = ['ward', 'relic', 'street', 'landmark'];

const pad = (words: string) => ` ${words} `;

function nameOf(text: string): Name {
  const spelled = spell(text);
  const exact = spelled.map(({ letters, tone }) => letters + tone).join(' ');
  return { text, folded: pad(fold(text)), exact: pad(exact), spelled };
}

/** The query: words padded in front only, since the last may be unfinished. */
interface Query {
  folded: string;
  words: string[];
  exact: string[];
  last: SpelledWord;
  hasMarks: boolean;
}

function queryOf(text: string): Query | null {
  const folded = fold(text);
  const spelled = spell(text);
  const last = spelled.at(-1);
  if (folded === '' || last === undefined) return null;
  const words = folded.split(' ');
  const exact = spelled.map(({ letters, tone }) => letters + tone);
  return {
    folded: ` ${folded}`,
    words: words.map((word) => ` ${word}`),
    exact: exact.map(pad),
    last,
    hasMarks: exact.some((word, i) => word !== words[i]),
  };
}

/** Ranks run from 0 to TIERS - 1 for what is spelled so, and again behind them for what only folds so. */
const TIERS = 4;
const NO_MATCH = -1;

/** 0 the whole name, 1 its beginning, 2 words in order from further on, 3 words in any order. */
function tierOf({ folded }: Name, query: Query): number {
  const at = folded.indexOf(query.folded);
  if (at === 0) return folded.length === query.folded.length + 1 ? 0 : 1;
  if (at > 0) return 2;
  // One word that begins no word of the name cannot do so in another order either.
  return query.words.length > 1 && query.words.every((word) => folded.includes(word)) ? 3 : NO_MATCH;
}

/** Whether every word of the query is spelled so in the name. A word still being typed may lack its tone. */
function spelledSo(name: Name, { exact, last }: Query): boolean {
  const ends = exact.length - 1;
  for (let i = 0; i < ends; i++) if (!name.exact.includes(exact[i]!)) return false;
  return (
    name.exact.includes(exact[ends]!) ||
    name.spelled.some(
      ({ letters, tone }) =>
        letters.length > last.letters.length &&
        letters.startsWith(last.letters) &&
        (last.tone === '' || last.tone === tone),
    )
  );
}

/**
 * A query with marks puts every match of the marks first; one without says nothing about them, so the marks only
 * decide within a tier. `worse` = the rank from which on nobody is wanted: marks are not compared for nothing.
 */
function rankOf(name: Name, query: Query, worse: number): number {
  const tier = tierOf(name, query);
  const best = query.hasMarks ? tier : tier * 2;
  if (tier === NO_MATCH || best >= worse) return worse;
  return spelledSo(name, query) ? best : best + (query.hasMarks ? TIERS : 1);
}

/**
 * An index over names, kept in memory, which saves a second copy in the database that would have to be kept in step.
 * All folded names stand in one text, in the order of ties, and native string search runs over it for the longest word
 * of the query; only the names it meets are ranked, and nothing is sorted. Ties: type, length, name, id, so that the
 * same query always reads the same.
 */
export function createSearchIndex(entries: Iterable<SearchEntry>, known: KnownNames = new Map()): SearchIndex {
  const read = (text: string): Name => {
    let name = known.get(text);
    if (!name) known.set(text, (name = nameOf(text)));
    return name;
  };
  const indexed: Indexed[] = [];
  for (const { otherNames, ...entry } of entries) {
    indexed.push({ entry, names: [entry.name, ...otherNames].map(read) });
  }
  indexed.sort(
    (a, b) =>
      TYPE_ORDER.indexOf(a.entry.type) - TYPE_ORDER.indexOf(b.entry.type) ||
      a.names[0]!.folded.length - b.names[0]!.folded.length ||
      (a.names[0]!.folded < b.names[0]!.folded ? -1 : a.names[0]!.folded > b.names[0]!.folded ? 1 : 0) ||
      (a.entry.id < b.entry.id ? -1 : 1),
  );
  /** One line an entry: its names, each padded by itself, so that no word reaches from one into the next. */
  const lines = indexed.map(({ names }) => names.map(({ folded }) => folded).join(''));
  const text = lines.join('\n');
  const ends = new Uint32Array(lines.length);
  lines.reduce((end, line, i) => (ends[i] = end + line.length) + 1, 0);

  return {
    size: indexed.length,
    find(asked, limit) {
      const query = queryOf(asked);
      if (query === null) return [];
      const rarest = query.words.reduce((a, b) => (b.length > a.length ? b : a));
      const byRank: SearchHit[][] = Array.from({ length: 2 * TIERS }, () => []);
      /** The best rank that has its `limit` of hits: whoever comes later and is no better is not wanted. */
      let full = byRank.length;
      let line = 0;
      for (let at = text.indexOf(rarest); at >= 0; at = text.indexOf(rarest, ends[line]! + 1)) {
        while (ends[line]! < at) line++;
        const { entry, names } = indexed[line]!;
        let best = full;
        let bestName = -1;
        for (let i = 0; i < names.length; i++) {
          // Among a record's own names the main one wins a tie: it is what the reader knows it by.
          const rank = rankOf(names[i]!, query, best);
          if (rank < best) {
            best = rank;
            bestName = i;
          }
        }
        if (bestName < 0) continue;
        const hits = byRank[best]!;
        hits.push({ ...entry, matchedName: bestName === 0 ? null : names[bestName]!.text });
        if (hits.length === limit) full = best;
        if (full === 0) break;
      }
      return byRank.flat().slice(0, limit);
    },
  };
}
