/** A store as a release left it in the middle of its work, kept so that every later release is tried on it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';
import type { JsonObject, RepositorySource, WorkspaceSource } from '../../local/bitbucket/workspace-source';
import { answersOf, type PullRequestAnswers } from '../small-workspace';
import type { StoredRow } from '../../local/forge/store';
import { withoutBraces } from '../../src/storage/keys';
import { exportRepository } from '../../src/views/export-repository';
import type { RepositoryExportPart } from '../../src/views/reports/export-report';
import type { InProcessApp, QueuedMessage } from '../in-process-app';

const TICK_EVERY = 300_000;

/** Everything that Bitbucket answers of one repository. */
interface KeptRepository {
  readonly repository: JsonObject;
  readonly pullRequests: readonly (PullRequestAnswers & { readonly id: number })[];
  readonly commitHistory: readonly JsonObject[];
  readonly pipelines: readonly JsonObject[];
  readonly deployments: readonly JsonObject[];
  readonly environments: readonly JsonObject[];
}

/** What is kept: the rows, the messages that waited, and the workspace as Bitbucket went on to tell of it. */
export interface KeptStore {
  readonly release: string;
  /** Milliseconds: when the rows were taken, and when the figures are of. */
  readonly takenAt: number;
  readonly figuresAt: number;
  readonly rows: readonly StoredRow[];
  readonly queue: readonly QueuedMessage[];
  readonly workspace: WorkspaceSource['workspace'];
  readonly repositories: readonly KeptRepository[];
}

/** What the release itself made of it at `figuresAt`, by repository. */
export type KeptFigures = Readonly<Record<string, RepositoryExportPart['repository']>>;

/** The files of a release: what is kept, and its figures, which a reader can look at. */
export function filesOf(release: string): { readonly store: string; readonly figures: string } {
  const file = path.join(__dirname, `release-${release}`);
  return { store: `${file}.json.br`, figures: `${file}.figures.json` };
}

export function writeKept(kept: KeptStore, figures: KeptFigures): void {
  const files = filesOf(kept.release);
  writeFileSync(files.store, brotliCompressSync(JSON.stringify(kept)));
  // A line for each repository.
  const lines = Object.entries(figures).map((each) => each.map((part) => JSON.stringify(part)).join(': '));
  writeFileSync(files.figures, `{\n${lines.join(',\n')}\n}\n`);
}

/** Whoever reads it wrote it: a file that was changed by hand is not looked for here. */
export function readKept(release: string): { readonly kept: KeptStore; readonly figures: KeptFigures } {
  const files = filesOf(release);
  return {
    kept: JSON.parse(brotliDecompressSync(readFileSync(files.store)).toString()) as KeptStore,
    figures: JSON.parse(readFileSync(files.figures, 'utf8')) as KeptFigures,
  };
}

/** All answers of a repository, to be told again by any later release's stand-in. */
export function keptRepository(source: RepositorySource): KeptRepository {
  return {
    repository: source.repository(),
    pullRequests: source.pullRequestIds().map((id) => ({
      id,
      pullRequest: source.pullRequest(id),
      activity: source.activity(id),
      commits: source.commits(id),
      diffstat: source.diffstat(id),
    })),
    commitHistory: source.commitHistory(),
    pipelines: source.pipelines(),
    deployments: source.deployments(),
    environments: source.environments(),
  };
}

/** The workspace that Bitbucket told of then. */
export function keptWorkspace({ workspace, repositories }: KeptStore): WorkspaceSource {
  const sources = repositories.map(sourceOf);
  return { workspace, repositories: () => sources };
}

function sourceOf(kept: KeptRepository): RepositorySource {
  const byId = new Map(kept.pullRequests.map((each) => [each.id, each]));
  return {
    repository: () => kept.repository,
    ...answersOf(byId),
    commitHistory: () => kept.commitHistory,
    pipelines: () => kept.pipelines,
    deployments: () => kept.deployments,
    environments: () => kept.environments,
    revision: () => 0,
  };
}

/** The clock of the app and of its store, in milliseconds. */
export interface KeptClock {
  now: number;
}

/** The schedule, and every message as soon as it is sent, up to an instant in milliseconds. */
export async function liveUntil(forge: InProcessApp, clock: KeptClock, end: number): Promise<void> {
  while (clock.now < end) {
    clock.now = Math.min(end, clock.now + TICK_EVERY);
    forge.app.clock.time = clock.now;
    await forge.tick();
    await forge.drain();
  }
}

/** Every figure of each repository as of an instant in milliseconds. */
export async function figuresOf(workspace: WorkspaceSource, at: number): Promise<KeptFigures> {
  const figures: Record<string, RepositoryExportPart['repository']> = {};
  for (const source of workspace.repositories()) {
    const { uuid } = z.object({ uuid: z.string() }).parse(source.repository());
    const part = await exportRepository(withoutBraces(uuid), at / 1_000, 0);
    if (part === null) throw new Error(`Nothing is stored of ${uuid}.`);
    figures[part.repository.uuid] = part.repository;
  }
  return figures;
}
