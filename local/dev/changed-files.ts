/** Which files changed, found by looking again. */
import { statSync } from 'node:fs';
import { filesOf } from '../start/build';

/**
 * Files by what is seen of them without reading. Looking again takes some milliseconds for a thousand files and is the
 * same everywhere, as in esbuild's own watch mode; Node's watching of whole folders differs from system to system.
 */
export class ChangedFiles {
  private known: ReadonlyMap<string, string>;

  /** Files, and folders with all that is in them but what was built or installed. */
  constructor(private readonly places: readonly string[]) {
    this.known = this.seen();
  }

  /** Those that were written, made or removed since the last look. */
  look(): readonly string[] {
    const before = this.known;
    try {
      this.known = this.seen();
    } catch (error) {
      // A folder was removed while it was walked through: the next look sees it gone.
      if (isMissing(error)) return [];
      throw error;
    }
    const all = new Set([...before.keys(), ...this.known.keys()]);
    return [...all].filter((file) => before.get(file) !== this.known.get(file));
  }

  private seen(): ReadonlyMap<string, string> {
    return new Map(
      this.places.flatMap(filesOf).flatMap((file) => {
        const found = statSync(file, { throwIfNoEntry: false });
        return found === undefined ? [] : [[file, `${found.mtimeMs} ${found.size}`] as const];
      }),
    );
  }
}

function isMissing(error: unknown): boolean {
  return error !== null && typeof error === 'object' && 'code' in error && error.code === 'ENOENT';
}
