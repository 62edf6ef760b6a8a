/** Reads the titles of the pull requests that are on the screen, as the viewer. */
import { useEffect, useState } from 'react';
import { readTitles, type PullRequestLink } from '../api';
import { useViewer } from '../shared/viewer';

/** Titles by number, filled as they come; what was read before stays known. */
export function useTitles(ids: readonly number[]): ReadonlyMap<number, PullRequestLink> {
  const { workspaceUuid, repositoryUuid } = useViewer();
  const [titles, setTitles] = useState<ReadonlyMap<number, PullRequestLink>>(new Map());
  const wanted = ids.join(',');
  useEffect(() => {
    let active = true;
    const numbers = wanted === '' ? [] : wanted.split(',').map(Number);
    void readTitles(workspaceUuid, repositoryUuid, numbers).then((read) => {
      if (active) setTitles((known) => new Map([...known, ...read]));
    });
    return () => {
      active = false;
    };
  }, [wanted, workspaceUuid, repositoryUuid]);
  return titles;
}
