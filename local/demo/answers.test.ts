/** The demo's answers have the shapes that Bitbucket's specification describes. */
import { describeWithSharedData } from '../../test/shared-data';
import { answerProblems } from '../bitbucket/openapi.fixture';
import { isJsonList, isJsonObject } from '../bitbucket/values';
import type { Json, JsonObject, RepositorySource } from '../bitbucket/workspace-source';
import { createDemoWorkspace } from './demo-workspace';
import { at, objectsAt, PRESENT, pullRequestOf, specified, textAt } from './testing';

const sources = createDemoWorkspace({ endsAt: PRESENT }).repositories();

/** The specification wants the elements of a page to differ, which is quick to check on short pages only. */
const PAGE = 20;

const ofPullRequests = (
  source: RepositorySource,
  list: (id: number) => readonly JsonObject[] | null,
): readonly JsonObject[] => source.pullRequestIds().flatMap((id) => list(id) ?? []);

const LISTS: readonly (readonly [string, (source: RepositorySource) => readonly JsonObject[]])[] = [
  ['/repositories/{workspace}/{repo_slug}/pullrequests/{id}/commits', (source) => source.commitHistory()],
  [
    '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/comments',
    (source) => ofPullRequests(source, (id) => source.comments(id)),
  ],
  [
    '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/statuses',
    (source) => ofPullRequests(source, (id) => source.statuses(id)),
  ],
  [
    '/repositories/{workspace}/{repo_slug}/diffstat/{spec}',
    (source) => ofPullRequests(source, (id) => source.diffstat(id)),
  ],
  [
    '/repositories/{workspace}/{repo_slug}/pipelines',
    // The specification wants a type in the links of pipelines, which recorded answers do not have.
    (source) => source.pipelines().map(({ links: _links, ...pipeline }) => pipeline),
  ],
  ['/repositories/{workspace}/{repo_slug}/deployments', (source) => source.deployments()],
  ['/repositories/{workspace}/{repo_slug}/environments', (source) => source.environments()],
];

describeWithSharedData('by Bitbucket’s specification', (data) => {
  const problems = answerProblems(data);

  it('every repository is right', () => {
    for (const source of sources) {
      expect(problems('/repositories/{workspace}/{repo_slug}', specified(source.repository()))).toEqual([]);
    }
  });

  it('every pull request is right', () => {
    for (const source of sources) {
      for (const id of source.pullRequestIds()) {
        const answer = specified(pullRequestOf(source, id));
        expect(problems('/repositories/{workspace}/{repo_slug}/pullrequests/{id}', answer)).toEqual([]);
      }
    }
  });

  it.each(LISTS)('%s is right', (endpoint, listOf) => {
    for (const source of sources) {
      const values = listOf(source);
      for (let start = 0; start < values.length; start += PAGE) {
        const page = { values: specified(values.slice(start, start + PAGE)), pagelen: PAGE };
        expect(problems(endpoint, page)).toEqual([]);
      }
    }
    // The check notices what is wrong.
    expect(problems(endpoint, { values: 1 })).not.toEqual([]);
  });
});

describe('the forms of values', () => {
  it('are Bitbucket’s: instants in microseconds, hashes of 12 and 40 digits, uuids in braces', () => {
    const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;
    for (const source of sources) {
      for (const id of source.pullRequestIds()) {
        const raw = pullRequestOf(source, id);
        expect(textAt(raw, 'created_on')).toMatch(instant);
        expect(textAt(raw, 'updated_on')).toMatch(instant);
        expect(textAt(raw, 'destination.commit.hash')).toMatch(/^[0-9a-f]{12}$/);
        for (const commit of source.commits(id)) expect(textAt(commit, 'hash')).toMatch(/^[0-9a-f]{40}$/);
        for (const { user } of objectsAt(raw, 'participants')) {
          expect(textAt(user, 'uuid')).toMatch(
            /^\{[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\}$/,
          );
          const accountId = at(user, 'account_id');
          if (accountId !== undefined) expect(accountId).toMatch(/^712020:[0-9a-f-]{36}$/);
        }
      }
    }
  });

  it('name nobody: people are roles', () => {
    const names = new Set<string>();
    const collect = (value: Json): void => {
      if (isJsonList(value)) value.forEach(collect);
      else if (isJsonObject(value)) {
        if (typeof value.display_name === 'string') names.add(value.display_name);
        Object.values(value).forEach(collect);
      }
    };
    for (const source of sources) {
      for (const id of source.pullRequestIds()) source.activity(id).forEach(collect);
    }
    const developers = [...names].filter((name) => /^Developer \d+$/.test(name));
    expect(developers.length).toBeGreaterThanOrEqual(18);
    expect([...names].filter((name) => !developers.includes(name)).toSorted()).toEqual([
      'Dependency bot',
      'Reviewer bot',
    ]);
  });
});
