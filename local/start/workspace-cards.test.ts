/** What the pages list of a workspace. */
import { minute, pullRequest, repository, workspace } from '../bitbucket/workspace.fixture';
import { pullRequestLines, repositoryCards } from './workspace-cards';

const changes = [
  pullRequest(1, { state: 'MERGED', updated_on: minute(50) }),
  pullRequest(2, { state: 'OPEN', updated_on: minute(10) }),
  pullRequest(3, { state: 'DECLINED', updated_on: minute(70) }),
  // The same instant as minute 30, an hour further east.
  pullRequest(4, { state: 'OPEN', updated_on: '2024-01-01T01:30:00.000000+01:00' }),
];
const source = workspace(
  repository('shop', {
    pullRequestIds: () => [1, 2, 3, 4],
    pullRequest: (id) => changes.find((each) => each.id === id) ?? null,
  }),
  repository('api'),
);

it('lists repositories in the order of the workspace', () => {
  expect(repositoryCards(source)).toEqual([
    { uuid: '{shop}', slug: 'shop', name: 'shop' },
    { uuid: '{api}', slug: 'api', name: 'api' },
  ]);
});

it('lists open pull requests first, each kind by its last change', () => {
  expect(pullRequestLines(source, '{shop}').map(({ id, state }) => `${id} ${state}`)).toEqual([
    '4 OPEN',
    '2 OPEN',
    '3 DECLINED',
    '1 MERGED',
  ]);
  expect(pullRequestLines(source, '{shop}')[0]?.title).toBe('Change 4');
});

it('lists none of a repository that is not here', () => {
  expect(pullRequestLines(source, '{gone}')).toEqual([]);
});
