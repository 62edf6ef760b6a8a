/** Tests of the stand-in over real recordings: every answer is one that Bitbucket's specification allows. */
import path from 'node:path';
import { describeWithSharedData } from '../../test/shared-data';
import { entryInstant } from './activity-log';
import { openDevLakeRecording } from './devlake-recording';
import { answerProblems } from './openapi.fixture';
import { openRecording } from './recorded-workspace';
import { textOf } from './values';
import { withBitbucket } from './workspace.fixture';
import type { JsonObject, WorkspaceSource } from './workspace-source';

const ALL = 'state=OPEN&state=MERGED&state=DECLINED&state=SUPERSEDED';

/** What the recordings have and today's specification does not know: repositories of 2020 are Mercurial ones. */
const MERCURIAL = /^repository.*\/scm must be equal|^paginated_repositories.*\/scm must be equal/;

/** DevLake recorded pipelines, deployments and commits with `fields=`, which left most types out. */
const LEFT_OUT_BY_FIELDS = /must have required property 'type'$/;

function problemsOf(data: string, known: RegExp): (answer: { endpoint: string; body: unknown }) => void {
  const problems = answerProblems(data);
  return ({ endpoint, body }) => {
    const found = problems(endpoint, body).filter((problem) => !known.test(problem));
    if (found.length > 0) throw new Error(`${endpoint}: ${found.slice(0, 3).join('; ')}`);
  };
}

/** First, last and some between. */
function sample(ids: readonly number[]): readonly number[] {
  const step = Math.max(1, Math.floor(ids.length / 4));
  return ids.filter((_, index) => index % step === 0 || index === ids.length - 1);
}

describeWithSharedData('answers from the recorded archive', (data) => {
  const source: WorkspaceSource = openRecording(path.join(data, 'bitbucket-archive'));
  const { ask, walk } = withBitbucket(() => ({ source, validate: problemsOf(data, MERCURIAL) }));
  const repositories = source
    .repositories()
    .map((each) => [textOf(each.repository(), 'full_name') ?? '', each] as const);

  it.each(repositories)('%s: every kind of answer fits the specification', async (_, repository) => {
    const base = `/repositories/recording/${textOf(repository.repository(), 'slug')}`;
    const ids = sample(repository.pullRequestIds());
    const paths = [
      base,
      `${base}/pullrequests?${ALL}&pagelen=50`,
      `${base}/commits?pagelen=100`,
      `${base}/pipelines`,
      `${base}/deployments`,
      `${base}/environments`,
      ...ids.flatMap((id) =>
        ['', '/commits?pagelen=100', '/comments?pagelen=100', '/statuses'].map(
          (below) => `${base}/pullrequests/${id}${below}`,
        ),
      ),
    ];
    for (const each of paths) {
      const { status, text } = await ask(each);
      expect([each, status, status === 200 ? '' : text]).toEqual([each, 200, '']);
    }
  });

  it.each(repositories)('%s: lists and the activity log give everything once', async (_, repository) => {
    const base = `/repositories/recording/${textOf(repository.repository(), 'slug')}`;
    const ids = repository.pullRequestIds();
    const fields = 'fields=next,values.id,values.created_on';
    const listed = await walk(`${base}/pullrequests?${ALL}&pagelen=50&sort=-created_on&${fields}`);
    expect(listed.map((each) => each.id).sort()).toEqual([...ids].sort());
    const filtered = await walk(`${base}/pullrequests?q=id>0&pagelen=50&fields=next,values.id`);
    expect(filtered).toHaveLength(ids.length);

    const log = await walk(`${base}/pullrequests/activity?fields=next,values`);
    const keys = (entries: readonly JsonObject[]): readonly string[] =>
      entries.map((entry) => JSON.stringify(entry)).sort();
    expect(keys(log)).toEqual(keys(ids.flatMap((id) => repository.activity(id))));
    const instants = log.map((entry) => entryInstant(entry) ?? NaN);
    expect(instants).toEqual([...instants].sort((left, right) => right - left));
  });

  it('lists every repository under the one workspace, each with its own full name', async () => {
    const { status, json } = await ask('/repositories/recording?pagelen=100');
    expect(status).toBe(200);
    const names = (json.values as readonly JsonObject[]).map((each) => each.full_name);
    expect(names).toEqual(repositories.map(([name]) => name));
    expect((await ask('/workspaces/recording')).status).toBe(200);
    expect((await ask('/repositories/osrf/gazebo_models')).status).toBe(200);
    expect((await ask('/repositories/osrf/ign-cmake')).status).toBe(404);
  });

  it('pages one activity as recorded: fifty, then what is left', async () => {
    const pages = await ask('/repositories/recording/gazebo_models/pullrequests/25/activity?pagelen=50');
    expect(pages.json.values).toHaveLength(50);
    const rest = await ask(textOf(pages.json, 'next') ?? '');
    expect(rest.json.values).toHaveLength(2);
    expect(Object.keys(rest.json).sort()).toEqual(['pagelen', 'values']);
  });

  it('lists exactly the properties that a recorded list page has', async () => {
    const { json } = await ask(`/repositories/recording/gazebo_models/pullrequests?${ALL}&sort=id&pagelen=1`);
    const [first] = json.values as readonly JsonObject[];
    const recorded =
      'author close_source_branch closed_by comment_count created_on description destination id links';
    const more = 'merge_commit reason source state summary task_count title type updated_on';
    expect(Object.keys(first ?? {}).sort()).toEqual(`${recorded} ${more}`.split(' '));
  });
});

describeWithSharedData('answers from the DevLake recording', (data) => {
  const source = openDevLakeRecording(path.join(data, 'devlake'));
  const { ask, walk } = withBitbucket(() => ({ source, validate: problemsOf(data, LEFT_OUT_BY_FIELDS) }));
  const base = '/repositories/likyh/likyhphp';

  it.each([
    ['/pullrequests?state=ALL', 57],
    ['/pullrequests', 30],
    ['/pipelines/?sort=created_on', 22],
    ['/deployments/', 27],
    ['/environments/', 3],
    ['/pullrequests/3/commits', 8],
    ['/pullrequests/31/comments', 3],
    ['/pullrequests/31/statuses', 0],
    ['/commits', 8],
  ])('%s has %i', async (below, count) => {
    expect(await walk(`${base}${below}`)).toHaveLength(count);
  });

  it('composes activity of opening, comments and end, newest first', async () => {
    const log = await walk(`${base}/pullrequests/activity`);
    expect(log).toHaveLength(57 + 27 + 18);
    const merged = log.filter((entry) => (entry.update as JsonObject | undefined)?.state === 'MERGED');
    expect(merged).toHaveLength(27);
    const activity = await walk(`${base}/pullrequests/31/activity`);
    expect(activity.filter((entry) => 'comment' in entry)).toHaveLength(3);
    const instants = activity.map((entry) => entryInstant(entry) ?? NaN);
    expect(instants).toEqual([...instants].sort((left, right) => right - left));
  });

  it('knows those who commented as participants of a single pull request', async () => {
    const { json } = await ask(
      `${base}/pullrequests/31?fields=participants.user.nickname,participants.approved`,
    );
    expect(json).toEqual({ participants: [{ user: { nickname: 'teoiaoe' }, approved: false }] });
  });

  it('names the file that is missing', () => {
    expect(() => openDevLakeRecording(path.join(data, 'openapi'))).toThrow(/repositories\.jsonl/);
  });
});
