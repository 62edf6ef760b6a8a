/** Reads git's log: which changes each commit tells of in its conventional message, and which version it was tagged with. */

/** One change; a commit's subject may tell of several, with a semicolon between them. */
export interface Change {
  /** The message's own word: `feat`, `fix`, `perf` and so on. */
  readonly kind: string;
  readonly breaking: boolean;
  readonly text: string;
  /** The commit's hash in seven characters. */
  readonly commit: string;
}

export interface Commit {
  /** `2026-11-21`, of the commit. */
  readonly date: string;
  /** The version that it was tagged with, such as `1.2.3`; `null` for most. */
  readonly version: string | null;
  /** None where the message is not conventional, as that of a merge. */
  readonly changes: readonly Change[];
}

const FIELD = '\u001f';
const RECORD = '\u001e';

/** The arguments of `git` whose output `commitsOf` reads; the latest commit comes first. */
export const LOG_ARGUMENTS = [
  'log',
  '--topo-order',
  `--format=${['%H', '%cs', '%D', '%s', '%b'].join(FIELD)}${RECORD}`,
] as const;

/** https://www.conventionalcommits.org: a kind, perhaps a scope and an exclamation mark, a colon, what changed. */
const CONVENTIONAL = /^([a-z]+)(?:\([^)]*\))?(!?): (.+)$/;
const NEXT_CHANGE = /; (?=[a-z]+(?:\([^)]*\))?!?: )/;
const BREAKING_FOOTER = /^BREAKING[ -]CHANGE: /m;
const VERSION_TAG = /^tag: v?(\d+\.\d+\.\d+)$/;

export function commitsOf(log: string): readonly Commit[] {
  return log
    .split(RECORD)
    .filter((record) => record.trim() !== '')
    .map(commitOf);
}

function commitOf(record: string): Commit {
  const [hash = '', date = '', decorations = '', subject = '', body = ''] = record.trimStart().split(FIELD);
  const breaks = BREAKING_FOOTER.test(body);
  return {
    date,
    version: versionIn(decorations),
    changes: subject.split(NEXT_CHANGE).flatMap((part, place) => {
      const [, kind, mark, text] = CONVENTIONAL.exec(part) ?? [];
      if (kind === undefined || text === undefined) return [];
      // The body says once what breaks: it counts for the first change of the subject.
      const breaking = mark === '!' || (breaks && place === 0);
      return [{ kind, breaking, text, commit: hash.slice(0, 7) }];
    }),
  };
}

function versionIn(decorations: string): string | null {
  for (const decoration of decorations.split(', ')) {
    const version = VERSION_TAG.exec(decoration)?.[1];
    if (version !== undefined) return version;
  }
  return null;
}
