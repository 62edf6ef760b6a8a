/** Which names somebody may have meant. */

/** Further away than this, a name is another one and not a slip. */
const MOST_EDITS = 3;

/** Names that hold the text or are a few letters from it, the nearest first; at most three. */
export function nearestNames(text: string, names: readonly string[]): readonly string[] {
  const asked = text.toLowerCase();
  return names
    .map((name) => ({ name, edits: name.includes(asked) ? 0 : editsBetween(asked, name) }))
    .filter(({ edits, name }) => edits <= Math.min(MOST_EDITS, name.length / 2))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's distance: letters to add, remove or replace. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const letter of from) {
    const [above = 0] = row;
    const next = [above + 1];
    for (const [column, wanted] of Array.from(to).entries()) {
      const replaced = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
