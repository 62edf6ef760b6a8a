/** Writes tables as CSV for people who go on in a spreadsheet. */
import Papa from 'papaparse';

/** What is not known is `null`, and an empty cell. */
export type Cell = string | number | boolean | null;

/** Spreadsheets take a text that begins like this for a formula, whatever comes after it, further lines included. */
const FORMULA_BEGINNING = /^[=+\-@\t\r]/;

/** Without the mark Excel reads UTF-8 as the code page of its computer. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * RFC 4180 with a heading: commas, CRLF, quotes where needed; UTF-8 with its mark. A text that a spreadsheet would take
 * for a formula gets an apostrophe before it; numbers stay as they are, with a point.
 */
export function csvOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = Papa.unparse([[...columns], ...rows.map((row) => [...row])], {
    newline: '\r\n',
    escapeFormulae: FORMULA_BEGINNING,
  });
  return `${BYTE_ORDER_MARK}${lines}\r\n`;
}
