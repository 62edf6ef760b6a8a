/** Cuts the list behind a figure where it is longer than an answer may be, and says so. */
import type { ListCut } from './reports/list-cut';

/** Forge refuses an answer of more than 5 MB; the figure itself, its rules and whatever stands around it need little. */
export const MOST_CHARACTERS = 3_000_000;

/** The items from the front that an answer has room for; `cut` where these are not all. */
export function cutList<Item extends { readonly value: number }>(
  items: readonly Item[],
  mostCharacters = MOST_CHARACTERS,
): { readonly items: readonly Item[]; readonly cut?: ListCut } {
  let characters = 0;
  const end = items.findIndex((item) => {
    characters += JSON.stringify(item).length + 1;
    return characters > mostCharacters;
  });
  if (end === -1) return { items };
  const counting = items.filter(({ value }) => value === 1).length;
  return { items: items.slice(0, end), cut: { of: items.length, counting } };
}
