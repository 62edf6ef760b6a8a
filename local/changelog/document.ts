/** Writes CHANGELOG.md. */
import type { Change } from './commits';
import type { Release } from './releases';

/** What a user of the app may notice; all else is counted and not listed. */
const HEADINGS: readonly (readonly [kind: string, heading: string])[] = [
  ['feat', 'Added'],
  ['fix', 'Mended'],
  ['perf', 'Faster or cheaper'],
];

/** `next`: the version under which the changes will be released that are not yet. */
export function changelogDocument(releases: readonly Release[], next: string): string {
  return `# Changelog

Made from the commits by \`npm run changelog\`. What a version may change: [versions](docs/marketplace/versions.md).
${releases.map((release) => `\n${section(release, next)}`).join('')}`;
}

function section({ version, date, changes }: Release, next: string): string {
  const heading = version === null ? `${next}, not released yet` : `${version}, ${date}`;
  const breaking = changes.filter((change) => change.breaking);
  const parts = [
    list('Breaking', breaking),
    ...HEADINGS.map(([kind, name]) =>
      list(
        name,
        changes.filter((change) => change.kind === kind && !change.breaking),
      ),
    ),
    others(changes.filter(({ kind, breaking: breaks }) => !breaks && !HEADINGS.some(([id]) => id === kind))),
  ];
  return `## ${heading}\n${parts.join('')}`;
}

function list(name: string, changes: readonly Change[]): string {
  if (changes.length === 0) return '';
  const lines = changes.map(({ text, commit }) => `- ${inMarkdown(text)} (${commit})\n`);
  return `\n### ${name}\n\n${lines.join('')}`;
}

function others(changes: readonly Change[]): string {
  if (changes.length === 0) return '';
  const one = changes.length === 1;
  return `\n${one ? 'One change' : `${changes.length} changes`} of tests, documents and inner form ${one ? 'is' : 'are'} not listed.\n`;
}

/** A message is plain text: what Markdown would take for a sign is written as itself. */
function inMarkdown(text: string): string {
  return text.replace(/[\\*_<[\]]/g, '\\$&');
}
