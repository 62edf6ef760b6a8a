import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readOpenApi } from '../../local/bitbucket/openapi.fixture';
import { describeWithSharedData } from '../../test/shared-data';
import {
  BitbucketForbidden,
  BitbucketNotFound,
  BitbucketRateLimited,
  BitbucketTrouble,
  BitbucketUnreadable,
} from '../bitbucket/errors';
import { StorageThrottled } from '../storage/errors';
import { asTrouble, missingScopes } from './trouble';
import { SCOPE_OF_ENDPOINT, troubleOf } from './trouble-of';

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';

/** Every path template that the code names when it asks Bitbucket. */
function askedEndpoints(): readonly string[] {
  const folder = path.resolve(__dirname, '../bitbucket');
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('${REPOSITORY}', REPOSITORY));
  const templates = sources.flatMap((source) => [...source.matchAll(/['`](\/repositories\/\{[^'`$]*)['`]/g)]);
  return [...new Set(templates.flatMap(([, template]) => template ?? []))].sort();
}

it('knows the permission of every endpoint that is asked', () => {
  expect(askedEndpoints().length).toBeGreaterThan(10);
  expect(Object.keys(SCOPE_OF_ENDPOINT).sort()).toEqual(askedEndpoints());
});

describeWithSharedData("Bitbucket's own description", (data) => {
  const { paths } = readOpenApi(data);
  /** Where an answer comes from that Bitbucket redirects. */
  const redirected: Readonly<Record<string, string>> = {
    [`${REPOSITORY}/pullrequests/{id}/diffstat`]: `${REPOSITORY}/diffstat/{spec}`,
  };

  it.each(Object.entries(SCOPE_OF_ENDPOINT))('wants the same permission for %s', (endpoint, scope) => {
    const template = (redirected[endpoint] ?? endpoint).replace('{id}', '{pull_request_id}');
    const wanted = paths[template]?.get?.['x-atlassian-oauth2-scopes'];
    expect(wanted?.flatMap(({ scopes }) => scopes)).toEqual([scope]);
  });
});

it.each([
  [new BitbucketForbidden(`${REPOSITORY}/pipelines`, 403), 'missing-permission', 'read:pipeline:bitbucket'],
  [new BitbucketForbidden('/somewhere/else', 401), 'missing-permission', null],
  [new BitbucketNotFound(`${REPOSITORY}/pipelines`, 404), 'not-found', null],
  [new BitbucketRateLimited(REPOSITORY, null), 'rate-limited', null],
  [new BitbucketTrouble(REPOSITORY, 502), 'bitbucket-failed', null],
  [new BitbucketUnreadable(REPOSITORY, 'values.0', 'x'), 'unreadable', null],
  [new StorageThrottled('RATE_LIMIT_EXCEEDED', 'x'), 'storage-failed', null],
  [new Error('x'), 'unknown', null],
])('names the cause of %p', (error, cause, scope) => {
  expect(troubleOf(error)).toEqual({ cause, scope });
});

it('reads what another version kept', () => {
  expect(asTrouble(null)).toBeNull();
  expect(asTrouble({ cause: 'too-hot', scope: 'write:all' })).toEqual({ cause: 'unknown', scope: null });
});

it('names each missing permission once', () => {
  const pipeline = { cause: 'missing-permission', scope: 'read:pipeline:bitbucket' } as const;
  expect(missingScopes([pipeline, null, pipeline, { cause: 'unknown', scope: null }])).toEqual([
    'read:pipeline:bitbucket',
  ]);
});
