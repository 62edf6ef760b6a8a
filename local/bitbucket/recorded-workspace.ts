/** Opens recorded Bitbucket answers as a workspace. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { LeastRecentlyUsed } from './least-recently-used';
import { isRepositoryFolder, RecordedRepository } from './recorded-repository';
import { RecordingError } from './recording-error';
import type { WorkspaceSource } from './workspace-source';

/** Recordings come from several workspaces and are shown as one of this made-up identity. */
export const RECORDED_WORKSPACE = {
  uuid: '{7d3c1f0a-52be-5c4d-9a6e-2b8f40e1c793}',
  slug: 'recording',
  name: 'Recording',
} as const;

/** Recorded content in memory, for all repositories together; the largest repository needs about half of it. */
const MOST_BYTES = 192 * 1024 * 1024;

function repositoryFolders(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new RecordingError(folder, 'there is no such folder.');
  }
  if (isRepositoryFolder(folder)) return [folder];
  const found = readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name))
    .filter(isRepositoryFolder);
  if (found.length > 0) return found;
  throw new RecordingError(folder, 'it holds no repository.json, neither itself nor in a folder within.');
}

/**
 * A workspace of recorded repositories: `folder` is one repository's folder (`repository.json` and the five
 * `.jsonl.gz` files) or a folder of such folders. Files are read when they are first needed, and memory is bounded.
 *
 * @throws {RecordingError} where the folder is not a recording; a damaged file throws when it is first read.
 */
export function openRecording(folder: string): WorkspaceSource {
  const cache = new LeastRecentlyUsed(MOST_BYTES);
  const workspace = { type: 'workspace', ...RECORDED_WORKSPACE };
  const repositories = repositoryFolders(path.resolve(folder)).map(
    (each) => new RecordedRepository(each, workspace, cache),
  );
  return { workspace: RECORDED_WORKSPACE, repositories: () => repositories };
}
