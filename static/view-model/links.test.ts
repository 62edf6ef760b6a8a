import { pullRequestHref, repositoryHref } from './links';

const REPOSITORY = 'https://bitbucket.org/%7Bw%7D/%7Br%7D';

it('leads to a pull request by uuids', () => {
  expect(pullRequestHref('{w}', '{r}', 7)).toBe(`${REPOSITORY}/pull-requests/7`);
});

it.each([
  'https://bitbucket.org/acme/workspace/forge/app-id/environment/workspace-page',
  'https://bitbucket.org/acme/workspace/forge/app-id/environment/workspace-page/?days=30#top',
  'http://127.0.0.1:8080/%7Bw%7D/workspace/forge/app-id/environment/workspace-page',
])('leads from %s to the app’s page in a repository', (ownAddress) => {
  expect(repositoryHref(ownAddress, '{w}', '{r}')).toBe(
    `${REPOSITORY}/forge/app-id/environment/repository-page`,
  );
});

it.each([
  '',
  'nonsense',
  'https://bitbucket.org/acme/workspace/projects',
  'https://bitbucket.org/a/b/forge/c/d/e',
])('leads to the repository itself where the own address is "%s"', (ownAddress) => {
  expect(repositoryHref(ownAddress, '{w}', '{r}')).toBe(REPOSITORY);
});
