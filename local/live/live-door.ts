/** The host's door to Bitbucket in live mode: what the app and its viewer may ask, and nothing else. */
import { z } from 'zod';
import type { BitbucketCaller, BitbucketDoor, BitbucketRequest } from '../forge/bitbucket-gateway';
import { jsonAnswer, type PlatformAnswer } from '../forge/http-answers';
import type { LiveClient } from './live-client';
import { aboutOf, repositoryPath, type LivePlace } from './live-place';
import { bodyOf } from './live-refusal';

/** Any base: only the path and the query of what is asked count here, and the client has its own host. */
const BASE = 'https://bitbucket.invalid';

export class LiveDoor implements BitbucketDoor {
  constructor(
    private readonly client: LiveClient,
    private readonly place: LivePlace,
  ) {}

  /**
   * Answers 405 to anything but GET and 404 for whatever is not of the workspace, or of the one repository: neither
   * leaves this machine. The viewer's own requests go with the same token, since there is no other.
   */
  async request(caller: BitbucketCaller, request: BitbucketRequest): Promise<PlatformAnswer> {
    const { method, target, signal } = request;
    if (method !== 'GET') return refused(405, `Live mode reads only; a ${method} request does not leave it.`);
    const url = URL.canParse(target, BASE) ? new URL(target, BASE) : null;
    const about = url?.origin === BASE ? aboutOf(url.pathname, this.place) : null;
    if (url === null || about === null) {
      return refused(404, 'Live mode reads what --live names, and this is not of it.');
    }
    const asking = { caller, ...(signal === undefined ? {} : { signal }) };
    if (about === 'list') {
      // The role is asked for before settings are changed. Here they are this machine's own and change nothing in
      // Bitbucket, so whoever holds the token may change them, whatever role they have there.
      url.searchParams.delete('role');
      if (this.place.repository !== null)
        return this.listOfOne(url.searchParams, this.place.repository, asking);
    }
    return this.client.get(`${url.pathname}${url.search}`, asking);
  }

  /**
   * The list of the workspace's repositories where one is to be read: a page with that repository's own answer in it.
   * Bitbucket has no such list; made here, the app finds that repository and no other, and needs no right to list.
   */
  private async listOfOne(
    query: URLSearchParams,
    { uuid }: NonNullable<LivePlace['repository']>,
    asking: Parameters<LiveClient['get']>[1],
  ): Promise<PlatformAnswer> {
    const filter = query.get('q');
    const isOther = filter?.includes('uuid') === true && !filter.includes(uuid);
    if (isOther) return jsonAnswer(200, { size: 0, values: [] });
    if (Number(query.get('page') ?? 1) > 1) return jsonAnswer(200, { size: 1, values: [] });
    const fields = (query.get('fields') ?? '')
      .split(',')
      .filter((field) => field.startsWith('values.'))
      .map((field) => field.slice('values.'.length));
    const asked =
      fields.length === 0 ? '' : `?${new URLSearchParams({ fields: fields.join(',') }).toString()}`;
    const answer = await this.client.get(
      `${repositoryPath(this.place.workspace.uuid, uuid)}${asked}`,
      asking,
    );
    const one = z.record(z.string(), z.unknown()).safeParse(bodyOf(answer));
    if (answer.status !== 200 || !one.success) return answer;
    return jsonAnswer(200, { size: 1, values: [one.data] }, rateHeaders(answer));
  }
}

/** The app learns the hour's limit from every answer. */
function rateHeaders({ headers = {} }: PlatformAnswer): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-ratelimit-')));
}

function refused(status: number, message: string): PlatformAnswer {
  return jsonAnswer(status, { type: 'error', error: { message } });
}
