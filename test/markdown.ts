/** Reads tables and links out of the project's Markdown documents, for tests that hold them to what is true. */

export interface MarkdownTable {
  readonly columns: readonly string[];
  /** The cells of each row, without the backquotes around code. */
  readonly rows: readonly (readonly string[])[];
}

const RULE = /^\|(\s*:?-+:?\s*\|)+$/;

/** Every table of a document, in its order. */
export function tablesIn(document: string): readonly MarkdownTable[] {
  const lines = document.split('\n');
  return lines.flatMap((line, place) => {
    const head = lines[place - 1];
    if (!RULE.test(line) || head === undefined) return [];
    const after = lines.slice(place + 1);
    const end = after.findIndex((each) => !each.startsWith('|'));
    return [{ columns: cellsOf(head), rows: (end === -1 ? after : after.slice(0, end)).map(cellsOf) }];
  });
}

/** The one table with these columns; throws where there is none, or more. */
export function tableOf(document: string, columns: readonly string[]): MarkdownTable {
  const found = tablesIn(document).filter((table) => table.columns.join() === columns.join());
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`${found.length} tables have the columns ${columns.join(', ')}.`);
  }
  return only;
}

/** What the links and pictures of a document point to, those in blocks of code excepted. */
export function linksIn(document: string): readonly string[] {
  const [...links] = withoutCode(document).matchAll(/\]\(([^)\s]+)\)/g);
  return links.flatMap(([, target]) => target ?? []);
}

/** The document without its blocks of code. */
export function withoutCode(document: string): string {
  return document.replace(/^```[^]*?^```$/gm, '');
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1'));
}
