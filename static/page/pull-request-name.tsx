/** A pull request as a link to its page. */
import { router } from '@forge/bridge';
import type { ReactElement } from 'react';
import type { PullRequestLink } from '../api';
import { useViewer } from '../shared/viewer';
import { pullRequestHref } from '../view-model/links';

/** The number always; the title where the viewer may see it. */
export function PullRequestName({
  id,
  link,
}: {
  readonly id: number;
  readonly link: PullRequestLink | undefined;
}): ReactElement {
  const { workspaceUuid, repositoryUuid } = useViewer();
  const href =
    link !== undefined && link.href !== '' ? link.href : pullRequestHref(workspaceUuid, repositoryUuid, id);
  return (
    <a
      href={href}
      onClick={(event) => {
        event.preventDefault();
        void router.open(href);
      }}
    >
      #{id}
      {link !== undefined && ` ${link.title}`}
    </a>
  );
}
