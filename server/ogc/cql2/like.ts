/** The patterns of `LIKE`, and the foldings of `CASEI` and `ACCENTI`. */

/** Lower case, as Unicode has it in no language in particular. */
export const foldCase = (text: string): string => text.toLowerCase();

/** Without marks; `đ` is a letter of its own in Unicode and a `d` with a mark to who reads it. */
export const foldAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFC');

type Piece = { any: 'one' | 'many' } | { is: string };

/** `%` is any text, `_` any one character, a backslash before either takes it for itself. */
function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '\\' && i + 1 < characters.length) pieces.push({ is: characters[++i]! });
    else if (character === '%') pieces.push({ any: 'many' });
    else pieces.push(character === '_' ? { any: 'one' } : { is: character });
  }
  return pieces;
}

/**
 * Whether a text is as a pattern says, from its first to its last character. Goes back to the last `%` alone, so that it
 * costs at most text x pattern, where a regular expression of many `%` can take for ever.
 */
export function likePattern(pattern: string): (text: string) => boolean {
  const pieces = piecesOf(pattern);
  return (text) => {
    const characters = [...text];
    let [at, piece] = [0, 0];
    let back: { piece: number; at: number } | null = null;
    while (at < characters.length) {
      const now = pieces[piece];
      if (now && 'any' in now && now.any === 'many') {
        back = { piece: ++piece, at };
      } else if (now && ('any' in now || now.is === characters[at])) {
        at++;
        piece++;
      } else if (back) {
        piece = back.piece;
        at = ++back.at;
      } else return false;
    }
    return pieces.slice(piece).every((rest) => 'any' in rest && rest.any === 'many');
  };
}
