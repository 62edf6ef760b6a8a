/** Titles, branch names, commit messages and remarks of the demo: plausible, and about nothing that exists. */
import type { ChangedFile } from './model';
import type { Chance } from './random';

/** What a repository is about. */
export interface Subject {
  /** Key of its tickets, which begin branch names. */
  readonly key: string;
  readonly things: readonly string[];
  readonly files: readonly string[];
  /** The files that a dependency update changes. */
  readonly lockFiles: readonly string[];
}

export interface Work {
  readonly title: string;
  readonly branch: string;
}

const DEEDS: readonly (readonly [prefix: string, deed: string])[] = [
  ['feature', 'Add idempotency keys to'],
  ['feature', 'Show the progress of'],
  ['feature', 'Support bulk changes in'],
  ['feature', 'Add paging to'],
  ['feature', 'Let admins configure'],
  ['feature', 'Record who changed'],
  ['bugfix', 'Correct the ordering of'],
  ['bugfix', 'Handle missing values in'],
  ['bugfix', 'Fix a race in'],
  ['bugfix', 'Stop double submission of'],
  ['fix', 'Fix rounding in'],
  ['chore', 'Remove dead code from'],
  ['refactor', 'Simplify'],
  ['refactor', 'Split up'],
  ['docs', 'Explain'],
  ['test', 'Cover edge cases of'],
  ['spike', 'Try a faster path for'],
];

const LIBRARIES = [
  'the HTTP client',
  'the logger',
  'the test runner',
  'the linter',
  'the date library',
  'the base image',
];

export function everydayWork(chance: Chance, subject: Subject, ticket: number): Work {
  const [prefix, deed] = chance.pick(DEEDS);
  const thing = chance.pick(subject.things);
  return { title: `${deed} ${thing}`, branch: `${prefix}/${subject.key}-${ticket}-${slugOf(thing)}` };
}

export function hotfixWork(chance: Chance, subject: Subject, ticket: number): Work {
  const thing = chance.pick(subject.things);
  return { title: `Hotfix: restore ${thing}`, branch: `hotfix/${subject.key}-${ticket}-${slugOf(thing)}` };
}

/** Bitbucket's own Revert button names branch and title so. */
export function revertWork(reverted: { readonly id: number; readonly title: string }): Work {
  return {
    title: `Revert "${reverted.title} (pull request #${reverted.id})"`,
    branch: `revert-pr-${reverted.id}`,
  };
}

export function dependencyWork(chance: Chance, ticket: number): Work {
  const library = chance.pick(LIBRARIES);
  const version = `${chance.integer(1, 9)}.${chance.integer(0, 20)}.${chance.integer(0, 9)}`;
  return {
    title: `Update ${library} to ${version}`,
    branch: `deps/${slugOf(library)}-${version}-${ticket}`,
  };
}

export function backMergeWork(branch: string): Work {
  return { title: `Bring ${branch} back to main`, branch };
}

const MESSAGES = [
  'Add tests',
  'Rename for clarity',
  'Handle the empty case',
  'Move it behind a setting',
  'Tidy up',
  'Make the linter happy',
  'Read the limit from the settings',
  'Extract a function',
  'Add a missing index',
];
const AFTER_REVIEW = [
  'Follow the review',
  'Use the existing helper',
  'Add the case from the review',
  'Name it as suggested',
  'Split the test in two',
];

export function commitMessage(chance: Chance, title: string, index: number): string {
  return index === 0 ? title : chance.pick(MESSAGES);
}

export function reworkMessage(chance: Chance): string {
  return chance.pick(chance.happens(0.7) ? AFTER_REVIEW : MESSAGES);
}

const REMARKS = [
  'Could this be null here?',
  'Please add a test for the empty list.',
  'This name says little; what about the unit?',
  'Is this still needed?',
  'I would move this into its own function.',
  'What happens when it times out?',
  'Nice and short.',
  'This looks like the code in the other handler; can they share it?',
  'Should the limit be a setting?',
  'Typo.',
];
const REPLIES = [
  'Done.',
  'Good point, changed.',
  'It cannot be: the schema requires it.',
  'I left it on purpose, see the ticket.',
  'Moved.',
  'Let us do that in a follow-up.',
  'Right, thank you.',
];
const AFTERTHOUGHTS = [
  'Works in staging.',
  'Seen it in production, looks fine.',
  'Follow-up ticket is written.',
];
const ROBOT_REMARKS = [
  'Checked 12 files: nothing to report.',
  'Two files have no test beside them.',
  'Coverage rose by 0.2 points.',
];
const REASONS = [
  'Not needed any more.',
  'Done differently in another pull request.',
  'Too big; will come in parts.',
  '',
];

export const remark = (chance: Chance): string => chance.pick(REMARKS);
export const reply = (chance: Chance): string => chance.pick(REPLIES);
export const afterthought = (chance: Chance): string => chance.pick(AFTERTHOUGHTS);
export const robotRemark = (chance: Chance): string => chance.pick(ROBOT_REMARKS);
export const declineReason = (chance: Chance): string => chance.pick(REASONS);

/** Files of a change; `size` is a standard normal number, above 0 for big changes. */
export function changedFiles(chance: Chance, files: readonly string[], size: number): readonly ChangedFile[] {
  const count = Math.max(
    1,
    Math.round(chance.spread({ median: 3, p95: 9 }, 0.8 * size + 0.6 * chance.normal())),
  );
  return chance.some(files, count).map((path) => changedFile(chance, path, size));
}

function changedFile(chance: Chance, path: string, size: number): ChangedFile {
  const lines = (median: number, p95: number): number =>
    Math.max(1, Math.round(chance.spread({ median, p95 }, 0.7 * size + 0.7 * chance.normal())));
  const kind = chance.unit();
  if (kind < 0.14) return { status: 'added', path, oldPath: path, added: lines(40, 260), removed: 0 };
  if (kind < 0.18) return { status: 'removed', path, oldPath: path, added: 0, removed: lines(35, 250) };
  const added = lines(11, 150);
  const removed = Math.max(0, lines(6, 90) - 1);
  if (kind > 0.98) return { status: 'renamed', path, oldPath: `old/${path}`, added, removed };
  return { status: 'modified', path, oldPath: path, added, removed };
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^the /, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
}
