/** Makes docs/permissions.md from the manifest and the tables of the code: who may what, what is stored, and why. */
import { ACCESS, type Audience } from '../../src/views/access';
import { manifestReasons, type Reasoned } from './manifest-reasons';
import { KEPT_ENTITIES, KEPT_KEYS, type Kept } from './stored-data';

/** The document, for the text of a manifest. Throws an Error that names what has no reason. */
export function permissionsDocument(manifest: string): string {
  const { events, scopes, entities } = manifestReasons(manifest);
  return `# Permissions, events, stored data, access

Made from \`manifest.yml\` and the code's own tables by \`npm run docs\`; a test fails where they differ.

## Permissions

Read only: no permission to write, none to reach any address outside Atlassian.

${table(['permission', 'what it is for'], scopes.map(named))}

## Events

Bitbucket tells the app of these; what they say is not believed but looked up, apart from what only an event knows.

${table(['event', 'why'], events.map(named))}

## Stored data

All of it is in Forge's own storage, which Atlassian runs: ids, instants, counts and states. Three texts are stored
because an administrator writes them here: names of teams, notes on charts, patterns for branches and tags.

${table(['entity', 'what it holds', 'account ids', 'kept until'], entities.map(entityRow))}

${table(
  ['key', 'what it holds', 'account ids', 'kept until'],
  Object.values(KEPT_KEYS).map((kept) => [code(kept.form), kept.holds, yesOrNo(kept), kept.until]),
)}

## Who may ask what

Every function behind the screens. The place comes from Forge's context, never from what the browser sends; who
administers is asked of Bitbucket, as the viewer, at the moment of a change; without an account nothing is answered.

${table(['function', 'in', 'for', 'what it reads or changes'], accessRows())}

## What is never collected

**Never stored, logged or exported**: source code, titles, descriptions, comment and commit texts, names of branches
other than target branches, names of people, e-mail addresses, avatars, pipeline variables, secrets. Names and titles on
the screens are read in the browser, as the viewer, and do not reach the app.
`;
}

const AUDIENCES: Readonly<Record<Audience, string>> = {
  'repository-viewer': 'who may see the repository',
  'repository-administrator': 'who administers the repository',
  'workspace-viewer': 'anybody, for the repositories that Bitbucket shows them',
  'workspace-administrator': 'who administers every repository of the workspace',
};

function accessRows(): readonly (readonly string[])[] {
  return Object.entries(ACCESS).map(([name, { place, audience, reads }]) => [
    code(name),
    place.replace('-', ' '),
    AUDIENCES[audience],
    reads,
  ]);
}

function named({ name, reason }: Reasoned): readonly string[] {
  return [code(name), reason];
}

function entityRow({ name, reason }: Reasoned): readonly string[] {
  const kept = keptOf(name);
  return [code(name), reason, yesOrNo(kept), kept.until];
}

function keptOf(name: string): Kept {
  const kept = Object.entries(KEPT_ENTITIES).find(([entity]) => entity === name)?.[1];
  if (kept === undefined) throw new Error(`The entity ${name} has no lifetime: say it in stored-data.ts.`);
  return kept;
}

function yesOrNo({ people }: Kept): string {
  return people ? 'yes' : 'no';
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
