/** A workspace of thousands of repositories in the store: what the app stores of one stands for each of them. */
import type { StoredRow } from '../local/forge/store';
import { withoutBraces } from '../src/storage/keys';
import { saveDiscovery, saveLastEvent, saveRepository } from '../src/storage/repositories';
import { createTasks } from '../src/sync/create-tasks';
import type { InProcessApp } from './in-process-app';
import { slugOf, uuidOf } from './many-repositories';
import { openPullRequest, person, WORKSPACE_UUID, type SmallPullRequest } from './small-workspace';

const HOUR = 3_600_000;

/** The pull request that is open, after five merges. */
const OPEN = 6;

/** How far the imports are: all done, or none begun. */
export type ImportStage = 'complete' | 'waiting';

/** The repository that all others are like has merges 15 to 75 days before `now` (milliseconds), and one is open. */
export function pullRequestsBefore(now: number): readonly SmallPullRequest[] {
  return Array.from({ length: OPEN }, (_, index) => pullRequest(index + 1, now));
}

function pullRequest(id: number, now: number): SmallPullRequest {
  const at = (hours: number): string => new Date(now - id * 15 * 24 * HOUR + hours * HOUR).toISOString();
  const small = openPullRequest(id, 'ann', at(0));
  if (id === OPEN) return small;
  const merge = { date: at(id), state: 'MERGED', author: person('ben'), source: null };
  return {
    ...small,
    pullRequest: { ...small.pullRequest, state: 'MERGED', closed_by: person('ben'), updated_on: at(id) },
    activity: [
      { pull_request: { id }, update: merge },
      { pull_request: { id }, approval: { date: at(1), user: person('ben') } },
      ...small.activity,
    ],
  };
}

/**
 * Fills the store of an app that imported the one repository of `manyRepositories(1)` with `count` of them at this stage;
 * what else is stored stays. A repository at a time, as the app does it, it would take minutes.
 */
export async function storeRepositories(
  { app }: InProcessApp,
  { count, stage, now }: { readonly count: number; readonly stage: ImportStage; readonly now: number },
): Promise<void> {
  const { store } = app;
  const seconds = Math.floor(now / 1_000);
  const repository = withoutBraces(uuidOf(1));
  if (stage === 'waiting') {
    store.restore(store.dump().filter((row) => !isOf(repository, row)));
    await createTasks(repository, seconds, seconds);
    const names = { workspaceUuid: WORKSPACE_UUID, uuid: uuidOf(1), slug: slugOf(1), defaultBranch: 'main' };
    await saveRepository(repository, { ...names, readAt: seconds });
  }
  await saveLastEvent(repository, seconds);
  await saveDiscovery({ at: seconds, repositories: count });
  const rows = store.dump();
  const text = JSON.stringify(rows.filter((row) => isOf(repository, row)));
  const others = Array.from({ length: count - 1 }, (_, index) => copied(text, index + 2));
  store.restore([...rows, ...others.flat()]);
}

function isOf(repository: string, { key, value }: StoredRow): boolean {
  return key.includes(repository) || JSON.stringify(value).includes(repository);
}

/** Rows of the first repository as those of another. */
function copied(text: string, number: number): readonly StoredRow[] {
  return JSON.parse(
    text
      .replaceAll(withoutBraces(uuidOf(1)), withoutBraces(uuidOf(number)))
      .replaceAll(`"${slugOf(1)}"`, `"${slugOf(number)}"`),
  ) as readonly StoredRow[];
}
