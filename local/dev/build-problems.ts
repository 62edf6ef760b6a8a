/** What is wrong with a build, a line each: esbuild, Vite and the compiler each say it in a way of their own. */
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

const place = z.object({ file: z.string(), line: z.number(), column: z.number() });
const esbuildFailure = z.object({
  errors: z.array(z.object({ text: z.string(), location: place.nullable() })).min(1),
});
const viteFailure = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

/** Where Vite's picture of the fault begins: `╭─[ static/main.tsx:61:12 ]`. */
const PICTURED_PLACE = /\[ (\S+:\d+:\d+) \]/;

/** Of whatever a build rejected with. */
export function problemsOf(error: unknown): readonly string[] {
  const functions = esbuildFailure.safeParse(error);
  if (functions.success) {
    return functions.data.errors.map(({ text, location }) =>
      location === null ? text : `${location.file}:${location.line}:${location.column + 1} ${text}`,
    );
  }
  const page = viteFailure.safeParse(error);
  if (page.success) return page.data.errors.map(({ message }) => pictured(stripVTControlCharacters(message)));
  return [error instanceof Error ? error.message : String(error)];
}

function pictured(message: string): string {
  const [first = ''] = message.split('\n');
  const at = PICTURED_PLACE.exec(message)?.[1];
  return at === undefined ? first : `${at} ${first}`;
}
