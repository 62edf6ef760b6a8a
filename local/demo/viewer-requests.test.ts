/** What a front end asks Bitbucket as the viewer, over HTTP: repositories, names of people, results of builds. */
import { describeWithSharedData } from '../../test/shared-data';
import { answerProblems } from '../bitbucket/openapi.fixture';
import type { ValidatedAnswer } from '../bitbucket/server';
import { withBitbucket } from '../bitbucket/workspace.fixture';
import type { JsonObject } from '../bitbucket/workspace-source';
import { createDemoWorkspace } from './demo-workspace';
import { WORKSPACE } from './references';
import { at, objectsAt, PRESENT, pullRequestOf, specified, textAt } from './testing';

const demo = createDemoWorkspace({ endsAt: PRESENT });
const sources = demo.repositories();
const uuids = sources.map((source) => textAt(source.repository(), 'uuid'));
const [first = '', second = ''] = uuids;
const [firstSource] = sources;
if (!firstSource) throw new Error('The demo has no repository.');
const source = firstSource;

const LOOKER = {
  'x-forge-as': 'user',
  'x-forge-account': 'looker',
  'x-forge-scopes': 'read:repository:bitbucket read:pullrequest:bitbucket',
};
const GUEST = { ...LOOKER, 'x-forge-account': 'guest' };

const answers: ValidatedAnswer[] = [];
const { ask } = withBitbucket(() => ({
  source: demo,
  mayRead: (account, uuid) => account === 'looker' || uuid === first,
  validate: (answer) => answers.push(answer),
}));

const workspacePath = `/repositories/${encodeURIComponent(WORKSPACE.uuid)}`;
const repositoryPath = `${workspacePath}/${encodeURIComponent(first)}`;

const query = (parameters: Readonly<Record<string, string>>): string =>
  `?${new URLSearchParams(parameters).toString()}`;

const valuesOf = (answer: JsonObject): readonly JsonObject[] => objectsAt(answer, 'values');

describe('the repositories that the viewer may see', () => {
  const path = `${workspacePath}${query({
    role: 'member',
    q: [first, second].map((uuid) => `uuid="${uuid}"`).join(' OR '),
    fields: 'next,values.uuid,values.slug,values.name',
    pagelen: '100',
  })}`;

  it('are those of the query, each with what was asked for', async () => {
    const { status, json } = await ask(path, LOOKER);
    expect(status).toBe(200);
    expect(json).toEqual({
      values: sources.slice(0, 2).map((each) => {
        const { uuid = null, slug = null, name = null } = each.repository();
        return { uuid, slug, name };
      }),
    });
  });

  it('leave out what the viewer may not see, named or not', async () => {
    expect(valuesOf((await ask(path, GUEST)).json).map(({ uuid }) => uuid)).toEqual([first]);
    expect(valuesOf((await ask(`${workspacePath}?pagelen=100`, GUEST)).json)).toHaveLength(1);
    expect(valuesOf((await ask(`${workspacePath}?pagelen=100`, LOOKER)).json)).toHaveLength(sources.length);
    expect((await ask(`${workspacePath}/${encodeURIComponent(second)}/pullrequests`, GUEST)).status).toBe(
      403,
    );
  });
});

describe('the names of people', () => {
  const PERSON = ['account_id', 'uuid', 'display_name'];
  const fields = ['author', 'participants.user', 'reviewers']
    .flatMap((who) => PERSON.map((name) => `values.${who}.${name}`))
    .join(',');
  // The first fifty have people without an account id, and an author whose account is gone.
  const ids = source.pullRequestIds().slice(0, 50);

  it('come with the pull requests of any state, fifty at once', async () => {
    const q = ids.map((id) => `id=${id}`).join(' OR ');
    const parameters = { q, state: 'OPEN', fields: `values.id,${fields}`, pagelen: '50' };
    const { status, json } = await ask(`${repositoryPath}/pullrequests${query(parameters)}`, LOOKER);
    expect(status).toBe(200);
    const values = valuesOf(json);
    expect(values.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(ids);
    for (const value of values) {
      const raw = pullRequestOf(source, Number(value.id));
      expect(Object.keys(value).sort()).toEqual(['author', 'id', 'participants', 'reviewers']);
      expect(at(value, 'author.display_name')).toBe(at(raw, 'author.display_name'));
      const users = objectsAt(value, 'participants').map(({ user }) => user);
      expect(users).toEqual(
        objectsAt(raw, 'participants').map(({ user }) => ({
          ...(at(user, 'account_id') === undefined ? {} : { account_id: textAt(user, 'account_id') }),
          uuid: textAt(user, 'uuid'),
          display_name: textAt(user, 'display_name'),
        })),
      );
    }
    expect(values.some(({ participants }) => JSON.stringify(participants).includes('"Developer '))).toBe(
      true,
    );
  });

  it('are refused for more than fifty at once, and to who may not see the repository', async () => {
    expect((await ask(`${repositoryPath}/pullrequests?pagelen=51`, LOOKER)).status).toBe(400);
    const other = `${workspacePath}/${encodeURIComponent(second)}/pullrequests?q=id=1`;
    expect((await ask(other, GUEST)).status).toBe(403);
  });
});

describe('the results of a pull request’s builds', () => {
  it('come newest first, each with its state and instants', async () => {
    const id = source.pullRequestIds().find((each) => source.statuses(each).length > 1);
    const path = `${repositoryPath}/pullrequests/${id}/statuses${query({
      fields: 'values.key,values.state,values.url,values.created_on,values.updated_on',
      pagelen: '100',
    })}`;
    const { status, json } = await ask(path, LOOKER);
    expect(status).toBe(200);
    const values = valuesOf(json);
    expect(values.map((value) => Object.keys(value).sort())).toEqual(
      values.map(() => ['created_on', 'key', 'state', 'updated_on', 'url']),
    );
    const instants = values.map((value) => textAt(value, 'created_on'));
    expect(instants.length).toBeGreaterThan(1);
    expect(instants).toEqual(instants.toSorted().toReversed());
    for (const value of values)
      expect(['SUCCESSFUL', 'FAILED', 'STOPPED', 'INPROGRESS']).toContain(value.state);
  });
});

describeWithSharedData('by Bitbucket’s specification', (data) => {
  it('all of these answers are right', () => {
    const problems = answerProblems(data);
    expect(new Set(answers.map(({ endpoint }) => endpoint))).toEqual(
      new Set([
        '/repositories/{workspace}',
        '/repositories/{workspace}/{repo_slug}/pullrequests',
        '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/statuses',
      ]),
    );
    for (const { endpoint, body } of answers) expect(problems(endpoint, specified(body))).toEqual([]);
  });
});
