/**
 * Names of people, read in the browser as the viewer from recent pull requests: Bitbucket's own list of users needs a
 * permission that the app does not ask for. Who is not found is shown by the beginning of the id.
 */
import { useEffect, useState } from 'react';
import { useViewer } from '../shared/viewer';
import { namesIn } from '../view-model/person-names';
import { repositoriesIn } from '../view-model/viewer-lists';
import { readAsViewer, repositoriesPath } from './use-viewer-read';

/** Of a workspace, as many repositories: each is one request. */
const MOST_REPOSITORIES = 5;

const FIELDS = ['author', 'participants.user', 'reviewers']
  .flatMap((who) => ['account_id', 'uuid', 'display_name'].map((field) => `values.${who}.${field}`))
  .join(',');

/** Of the viewer's repository, or of the workspace's latest updated ones; filled as they come. */
export function useRecentNames(): ReadonlyMap<string, string> {
  const { workspaceUuid, repositoryUuid } = useViewer();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let active = true;
    const read = async (): Promise<void> => {
      const uuids = repositoryUuid === '' ? await latestRepositories(workspaceUuid) : [repositoryUuid];
      for (const uuid of uuids) {
        const query = new URLSearchParams({ sort: '-updated_on', pagelen: '50', fields: FIELDS });
        const state = ['OPEN', 'MERGED', 'DECLINED'].map((each) => `&state=${each}`).join('');
        const path = `${repositoriesPath(workspaceUuid, uuid)}/pullrequests?${query.toString()}${state}`;
        const found = namesIn(await readAsViewer(path));
        if (!active) return;
        setNames((known) => new Map([...known, ...found]));
      }
    };
    // A list without names still shows who by their ids.
    read().catch(() => undefined);
    return () => {
      active = false;
    };
  }, [workspaceUuid, repositoryUuid]);
  return names;
}

async function latestRepositories(workspaceUuid: string): Promise<readonly string[]> {
  const query = `pagelen=${MOST_REPOSITORIES}&sort=-updated_on&fields=values.uuid`;
  const answer = await readAsViewer(`${repositoriesPath(workspaceUuid)}?${query}`);
  return repositoriesIn(answer).repositories.map(({ uuid }) => uuid);
}
