/** Reads people's names from Bitbucket, as the viewer: the app stores ids only, and who may not see a name gets none. */
import { requestBitbucket } from '@forge/bridge';
import { useEffect, useState } from 'react';
import { namesIn } from '../view-model/person-names';
import { useViewer } from './viewer';

/** A person, with a pull request of this repository on which the name can be found. */
export interface PersonReference {
  readonly personId: string;
  readonly pullRequest: number;
}

/** The largest page of pull requests. */
const MOST_A_REQUEST = 50;

const FIELDS = ['author', 'participants.user', 'reviewers']
  .flatMap((who) => ['account_id', 'uuid', 'display_name'].map((field) => `values.${who}.${field}`))
  .join(',');

/** Names by person, filled as they come; what was read before stays known. */
export function usePersonNames(people: readonly PersonReference[]): ReadonlyMap<string, string> {
  const { workspaceUuid, repositoryUuid } = useViewer();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = [...new Set(people.map(({ pullRequest }) => pullRequest))].sort((a, b) => a - b).join(',');
  useEffect(() => {
    let active = true;
    const ids = wanted === '' ? [] : wanted.split(',').map(Number);
    void readPersonNames(workspaceUuid, repositoryUuid, ids, (read) => {
      if (active) setNames((known) => new Map([...known, ...read]));
    });
    return () => {
      active = false;
    };
  }, [wanted, workspaceUuid, repositoryUuid]);
  return names;
}

/** Gives each page of names as it comes; what cannot be read is left out: a list without names still shows its numbers. */
async function readPersonNames(
  workspaceUuid: string,
  repositoryUuid: string,
  pullRequests: readonly number[],
  onRead: (names: ReadonlyMap<string, string>) => void,
): Promise<void> {
  const repository = `/2.0/repositories/${encodeURIComponent(workspaceUuid)}/${encodeURIComponent(repositoryUuid)}`;
  for (let from = 0; from < pullRequests.length; from += MOST_A_REQUEST) {
    const ids = pullRequests.slice(from, from + MOST_A_REQUEST);
    const query = new URLSearchParams({
      q: ids.map((id) => `id=${id}`).join(' OR '),
      fields: FIELDS,
      pagelen: String(ids.length),
    });
    try {
      const response = await requestBitbucket(`${repository}/pullrequests?${query.toString()}`, {
        headers: { Accept: 'application/json' },
      });
      if (!response.ok) return;
      onRead(namesIn((await response.json()) as unknown));
    } catch {
      return;
    }
  }
}
