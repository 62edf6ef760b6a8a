/** The real Bitbucket Cloud as the side of a run: looked at first, asked through one door, polled for what is new. */
import { firstLook } from '../live/first-look';
import { LiveClient } from '../live/live-client';
import { takeCredentials } from '../live/live-credentials';
import { LiveDoor } from '../live/live-door';
import { liveLines } from '../live/live-lines';
import type { LiveName } from '../live/live-place';
import { LivePolling } from '../live/live-polling';
import type { BitbucketSide } from './bitbucket-side';
import type { DataFolder } from './data-folder';
import { soleViewer } from './viewers';

/** A workspace or repository that the token reads; the data folder is opened afterwards. */
export type LookedAt = (data: DataFolder, pollSeconds: number | null) => BitbucketSide;

/**
 * Takes the token out of the environment and asks whether it reads what is wanted. Throws LiveRefusal, a sentence for
 * each cause.
 */
export async function lookAtBitbucket(
  name: LiveName,
  environment: Record<string, string | undefined>,
): Promise<LookedAt> {
  const credentials = takeCredentials(environment);
  const client = new LiveClient(credentials);
  const { place, repositories, viewer, notices } = await firstLook(client, name, credentials.isPersonal);
  for (const notice of notices) console.warn(notice);
  const never = new Promise<never>(() => undefined);
  return (data, pollSeconds) => ({
    url: credentials.origin,
    door: new LiveDoor(client, place),
    workspace: place.workspace,
    repositoryUuids: repositories.map(({ uuid }) => uuid),
    requests: client.requests,
    requestsPerHour: () => client.requestsPerHour,
    viewers: soleViewer(viewer),
    pages: {
      dataFrom: 'your data, read-only',
      repositories: () => Promise.resolve(repositories),
      pullRequests: (repositoryUuid, id) => liveLines(client, place, repositoryUuid, id),
    },
    demo: null,
    polling: (host) =>
      new LivePolling({
        client,
        host,
        place,
        repositories,
        file: data.pollingFile,
        startedAt: data.startedAt,
        everySeconds: pollSeconds,
        say: (line) => console.log(line),
      }),
    damaged: never,
    close: () => Promise.resolve(),
  });
}
