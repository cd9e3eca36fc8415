/** What the server answers by now: a screen whose routes are still to come is not opened, and its words are not asked for. */
export const served: Readonly<Record<'response' | 'vector' | 'report', boolean>> = {
  response: false,
  vector: true,
  report: false,
};
