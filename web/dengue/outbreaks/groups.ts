/** Names typed in one line, `4, 5, 12A` or one a line; each once, in the order typed. Pure. */
export const namesIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,;\n]/)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
];
