/** Finds which files of a built Custom UI a screen loads, by what the files themselves import. */

/** A file of the build; `name` without its folder. */
export interface BuiltFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** `from"./x.js"` and `import"./x.js"`, but not `import("./x.js")`; in HTML the scripts, preloads and style sheets. */
const IMPORTED = /(?:from|import)\s*["']\.\/([^"']+)["']|(?:src|href)="\.\/assets\/([^"]+)"/g;

/** Vite's list of what is loaded beside a lazy part, and the places in it: `__vite__mapDeps([0,3])`. */
const DEPENDENCIES = /m\.f\|\|\(m\.f=(\[[^\]]*\])/;
const LAZY = /import\(["'`]\.\/([^"'`]+)["'`]\)[^_]*?__vite__mapDeps\(\[([\d,]*)\]\)/g;

/**
 * The files that begin with one of `starts` and whatever they import at once, style sheets of lazy parts included. What
 * a screen loads only when it is asked to is not among them.
 */
export function filesLoaded(files: readonly BuiltFile[], starts: readonly string[]): readonly BuiltFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const styles = stylesOfLazyParts(files);
  const loaded = new Set<string>();
  const waiting = files
    .map(({ name }) => name)
    .filter((name) =>
      starts.some((start) => name === start || new RegExp(`^${start}-[\\w-]{8}\\.js$`).test(name)),
    );
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const file = byName.get(name);
    if (file === undefined || loaded.has(name)) continue;
    loaded.add(name);
    waiting.push(...importsOf(file), ...(styles.get(name) ?? []));
  }
  return files.filter(({ name }) => loaded.has(name));
}

function importsOf({ name, bytes }: BuiltFile): readonly string[] {
  if (name.endsWith('.css')) return [];
  return [...bytes.toString().matchAll(IMPORTED)].flatMap(([, module, asset]) => module ?? asset ?? []);
}

/** By the file of each part that is loaded later: what Vite loads beside it. */
function stylesOfLazyParts(files: readonly BuiltFile[]): ReadonlyMap<string, readonly string[]> {
  const styles = new Map<string, readonly string[]>();
  for (const { name, bytes } of files) {
    if (!name.endsWith('.js')) continue;
    const text = bytes.toString();
    const list = DEPENDENCIES.exec(text)?.[1];
    if (list === undefined) continue;
    const dependencies = [...list.matchAll(/["']([^"']+)["']/g)].map(([, file = '']) =>
      file.replace(/^.*\//, ''),
    );
    for (const [, part = '', places = ''] of text.matchAll(LAZY)) {
      styles.set(
        part,
        places
          .split(',')
          .flatMap((place) => dependencies[Number(place)] ?? [])
          .filter((file) => file.endsWith('.css')),
      );
    }
  }
  return styles;
}
