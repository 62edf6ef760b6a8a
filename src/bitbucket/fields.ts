/** What each answer is asked to hold: exactly the fields that are used, and no text. */

const ACCOUNT = ['type', 'account_id', 'uuid'];

const account = (path: string): readonly string[] => ACCOUNT.map((field) => `${path}.${field}`);

const REPOSITORY = ['uuid', 'slug', 'full_name', 'mainbranch.name', 'updated_on'];

const PULL_REQUEST = [
  'id',
  'state',
  'draft',
  ...account('author'),
  'created_on',
  'updated_on',
  ...account('closed_by'),
  'merge_commit.hash',
  'merge_commit.date',
  'source.branch.name',
  'source.commit.hash',
  'source.repository.uuid',
  'destination.branch.name',
  'destination.commit.hash',
  'destination.repository.uuid',
  ...account('participants.user'),
  'participants.approved',
  'participants.state',
  'participants.participated_on',
  ...account('reviewers'),
];

/** Where the diffstat of the pull request's two commits is: what it has under its own address only leads there. */
const DIFFSTAT_LINK = 'links.diffstat.href';

const ACTIVITY = [
  'update.date',
  'update.state',
  ...account('update.author'),
  'update.source.commit.hash',
  'comment.created_on',
  'comment.deleted',
  'comment.inline.path',
  ...account('comment.user'),
  'approval.date',
  ...account('approval.user'),
  'changes_requested.date',
  ...account('changes_requested.user'),
];

const PIPELINE = [
  'build_number',
  'created_on',
  'completed_on',
  'duration_in_seconds',
  'build_seconds_used',
  'state.name',
  'state.result.name',
  'trigger.name',
  'trigger.type',
  'target.type',
  'target.ref_type',
  'target.ref_name',
  'target.source',
  'target.pullrequest.id',
  'target.commit.hash',
];

const DEPLOYMENT = [
  'uuid',
  'environment.uuid',
  'environment.environment_type.name',
  'state.name',
  'state.status.name',
  'state.started_on',
  'state.completed_on',
  'last_update_time',
  'release.created_on',
  'release.commit.hash',
  'release.pipeline.uuid',
];

const one = (fields: readonly string[]): string => fields.join(',');
const page = (fields: readonly string[]): string =>
  ['next', 'size', ...fields.map((field) => `values.${field}`)].join(',');

export const FIELDS = {
  repository: one(REPOSITORY),
  repositories: page(REPOSITORY),
  repositoryUuids: page(['uuid']),
  pullRequest: one([...PULL_REQUEST, DIFFSTAT_LINK]),
  pullRequests: page(PULL_REQUEST),
  activity: page(ACTIVITY),
  activityLog: page(['pull_request.id', ...ACTIVITY]),
  commits: page(['hash', 'date', 'parents.hash']),
  diffstatLinks: page(['id', DIFFSTAT_LINK]),
  diffstat: page(['lines_added', 'lines_removed']),
  pipelines: page(PIPELINE),
  deployment: one(DEPLOYMENT),
  deployments: page(DEPLOYMENT),
  environments: page(['uuid', 'environment_type.name']),
} as const;
