/** One page of the workspace's repositories, read in the browser as the viewer, the latest updated first. */
import type { AnswerState } from '../shared/use-answer';
import { useViewer } from '../shared/viewer';
import { nameFilter, repositoriesIn, type RepositoryPage } from '../view-model/viewer-lists';
import { repositoriesPath, useViewerRead } from './use-viewer-read';

export const REPOSITORIES_A_PAGE = 25;

/** `page` counts from 1; `name` is what a repository's name must have in it, empty for all. */
export function useRepositoryPage(
  page: number,
  name: string,
): readonly [AnswerState<RepositoryPage>, () => void] {
  const { workspaceUuid } = useViewer();
  const filter = nameFilter(name);
  const query = new URLSearchParams({
    pagelen: String(REPOSITORIES_A_PAGE),
    page: String(page),
    sort: '-updated_on',
    fields: 'size,next,values.uuid,values.name,values.full_name',
    ...(filter === null ? {} : { q: filter }),
  });
  return useViewerRead(`${repositoriesPath(workspaceUuid)}?${query.toString()}`, repositoriesIn);
}
