/** The pull requests that the pages around the app list in live mode: read when a page is asked for, and not kept. */
import { z } from 'zod';
import type { PullRequestLine } from '../forge/web/server';
import type { LiveClient } from './live-client';
import { repositoryPath, type LivePlace } from './live-place';
import { LiveRefusal } from './live-refusal';

const line = z.object({ id: z.number(), title: z.string(), state: z.string() });
const page = z.object({ values: z.array(line) });

const STATES = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'];

/** The fifty latest, open ones first, or the one that is named; none where Bitbucket does not tell. */
export async function liveLines(
  client: LiveClient,
  { workspace }: LivePlace,
  repositoryUuid: string,
  id: number | null,
): Promise<readonly PullRequestLine[]> {
  const path = `${repositoryPath(workspace.uuid, repositoryUuid)}/pullrequests`;
  try {
    if (id !== null) return [await client.read('pull request', `${path}/${id}?fields=id,title,state`, line)];
    const query = new URLSearchParams({
      sort: '-updated_on',
      pagelen: '50',
      fields: 'values.id,values.title,values.state',
    });
    for (const state of STATES) query.append('state', state);
    const { values } = await client.read('pull requests', `${path}?${query.toString()}`, page);
    return [...values].sort((a, b) => Number(b.state === 'OPEN') - Number(a.state === 'OPEN'));
  } catch (error) {
    if (error instanceof LiveRefusal) return [];
    throw error;
  }
}
