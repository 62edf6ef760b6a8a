/** Reads lists from Bitbucket in the browser, as the viewer: names that the app does not store. */
import { requestBitbucket } from '@forge/bridge';
import { useCallback, useEffect, useState } from 'react';
import { CallError, failureOf } from '../api';
import type { AnswerState } from '../shared/use-answer';

/** The workspace's or a repository's path below Bitbucket's API. */
export function repositoriesPath(workspaceUuid: string, repositoryUuid?: string): string {
  const ids = repositoryUuid === undefined ? [workspaceUuid] : [workspaceUuid, repositoryUuid];
  return ['/2.0/repositories', ...ids.map(encodeURIComponent)].join('/');
}

/** The answer as it came. Throws CallError. */
export async function readAsViewer(path: string): Promise<unknown> {
  try {
    const response = await requestBitbucket(path, { headers: { Accept: 'application/json' } });
    if (response.ok) return (await response.json()) as unknown;
    throw new CallError('unavailable', 'Bitbucket did not give the list.');
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw new CallError('unreachable', 'Bitbucket could not be asked.');
  }
}

/** The state, and a function that asks again; `parse` is the same function at each drawing. */
export function useViewerRead<Data>(
  path: string,
  parse: (answer: unknown) => Data,
): readonly [AnswerState<Data>, () => void] {
  const [state, setState] = useState<AnswerState<Data>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setRound((current) => current + 1);
  }, []);
  useEffect(() => {
    let active = true;
    readAsViewer(path)
      .then((answer) => active && setState({ kind: 'ready', data: parse(answer), isStale: false }))
      .catch((error: unknown) => active && setState({ kind: 'failed', cause: failureOf(error) }));
    return () => {
      active = false;
    };
  }, [path, parse, round]);
  return [state, again];
}
