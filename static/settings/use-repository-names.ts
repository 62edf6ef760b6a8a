/** Names of the workspace's repositories, read in the browser as the viewer: the latest updated ones. */
import { useViewer } from '../shared/viewer';
import { repositoriesIn } from '../view-model/viewer-lists';
import { repositoriesPath, useViewerRead } from './use-viewer-read';

const NONE: ReadonlyMap<string, string> = new Map();

function namesIn(answer: unknown): ReadonlyMap<string, string> {
  return new Map(repositoriesIn(answer).repositories.map(({ uuid, name }) => [uuid, name]));
}

/** By uuid with braces; a list without names still shows its ids. */
export function useRepositoryNames(): ReadonlyMap<string, string> {
  const { workspaceUuid } = useViewer();
  const path = `${repositoriesPath(workspaceUuid)}?pagelen=100&sort=-updated_on&fields=values.uuid,values.name`;
  const [state] = useViewerRead(path, namesIn);
  return state.kind === 'ready' ? state.data : NONE;
}
