/** Tests of routes, and of the tables of paths and scopes against Bitbucket's own description. */
import { describeWithSharedData } from '../../test/shared-data';
import { ENDPOINTS } from './endpoints';
import { KNOWN_PATHS } from './known-paths';
import { readOpenApi } from './openapi.fixture';
import { routeOf } from './routing';

describe('routes', () => {
  it('reads slugs, encoded uuids and a slash at the end', () => {
    expect(routeOf('/2.0/repositories/%7Bw%7D/%7Br%7D/pullrequests/12/activity/')).toEqual({
      name: 'activity',
      template: '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/activity',
      parameters: { workspace: '{w}', repo_slug: '{r}', id: '12' },
    });
  });

  it('tells the activity log from a pull request', () => {
    expect(routeOf('/2.0/repositories/w/r/pullrequests/activity')?.name).toBe('activityLog');
    expect(routeOf('/2.0/repositories/w/r/pullrequests/1')?.name).toBe('pullRequest');
  });

  it('lets the last part of a revision or a spec hold slashes', () => {
    expect(routeOf('/2.0/repositories/w/r/commits/feature/a')?.parameters.revision).toBe('feature/a');
    expect(routeOf('/2.0/repositories/w/r/diffstat/o/r:a%0Db')?.parameters.spec).toBe('o/r:a\rb');
  });

  it('knows what Bitbucket has and the stand-in does not', () => {
    expect(routeOf('/2.0/repositories/w/r/refs/branches')).toMatchObject({ name: null });
    expect(routeOf('/2.0/repositories/w/r/pullrequests/1/tasks')).toMatchObject({ name: null });
    expect(routeOf('/2.0/user')).toMatchObject({ name: null });
  });

  it.each([
    '/2.0',
    '/2.0/nonsense',
    '/1.0/repositories/w',
    '/2.0/repositories/w/r/pullrequests/1/nonsense',
    '/2.0/%zz',
    '/2.0/repositories//r',
  ])('knows nothing of %s', (path) => {
    expect(routeOf(path)).toBeNull();
  });
});

describeWithSharedData("Bitbucket's own description", (data) => {
  const { paths } = readOpenApi(data);
  const documented = (template: string): string => template.replace('{id}', '{pull_request_id}');

  it('names the same paths as the table of known ones', () => {
    expect([...KNOWN_PATHS].sort()).toEqual(Object.keys(paths).sort());
  });

  it.each(Object.entries(ENDPOINTS))(
    'wants the same scope for %s, and opens it to Forge apps',
    (_, endpoint) => {
      const operation = paths[documented(endpoint.template)]?.get;
      expect(operation?.['x-atlassian-oauth2-scopes']?.flatMap(({ scopes }) => scopes)).toEqual([
        endpoint.scope,
      ]);
      expect(operation?.['x-atlassian-auth-types']).toContain('forge-oauth2');
    },
  );
});
