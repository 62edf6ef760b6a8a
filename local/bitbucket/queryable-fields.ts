/** Which fields each list can be filtered and sorted by, and of what type they are. */

export type FieldType = 'text' | 'number' | 'boolean' | 'instant';

/** Dotted field names to their types. */
export type QueryableFields = ReadonlyMap<string, FieldType>;

function account(name: string): readonly (readonly [string, FieldType])[] {
  return ['uuid', 'account_id', 'nickname', 'display_name'].map((field) => [`${name}.${field}`, 'text']);
}

function branchEnd(name: string): readonly (readonly [string, FieldType])[] {
  const fields = ['branch.name', 'commit.hash', 'repository.uuid', 'repository.name', 'repository.full_name'];
  return fields.map((field) => [`${name}.${field}`, 'text']);
}

/** Bitbucket refuses `participants.*` here, although the list can be asked to show participants. */
export const PULL_REQUEST_FIELDS: QueryableFields = new Map<string, FieldType>([
  ['id', 'number'],
  ['title', 'text'],
  ['description', 'text'],
  ['state', 'text'],
  ['draft', 'boolean'],
  ['created_on', 'instant'],
  ['updated_on', 'instant'],
  ['close_source_branch', 'boolean'],
  ['reason', 'text'],
  ['comment_count', 'number'],
  ['task_count', 'number'],
  ['merge_commit.hash', 'text'],
  ...account('author'),
  ...account('closed_by'),
  ...account('reviewers'),
  ...branchEnd('source'),
  ...branchEnd('destination'),
]);

export const REPOSITORY_FIELDS: QueryableFields = new Map<string, FieldType>([
  ['uuid', 'text'],
  ['name', 'text'],
  ['slug', 'text'],
  ['full_name', 'text'],
  ['description', 'text'],
  ['language', 'text'],
  ['scm', 'text'],
  ['is_private', 'boolean'],
  ['size', 'number'],
  ['created_on', 'instant'],
  ['updated_on', 'instant'],
  ['project.key', 'text'],
  ['project.uuid', 'text'],
  ['mainbranch.name', 'text'],
]);

export const STATUS_FIELDS: QueryableFields = new Map<string, FieldType>([
  ['key', 'text'],
  ['name', 'text'],
  ['state', 'text'],
  ['refname', 'text'],
  ['created_on', 'instant'],
  ['updated_on', 'instant'],
]);

export const COMMENT_FIELDS: QueryableFields = new Map<string, FieldType>([
  ['id', 'number'],
  ['deleted', 'boolean'],
  ['created_on', 'instant'],
  ['updated_on', 'instant'],
  ['inline.path', 'text'],
  ...account('user'),
]);

export const PIPELINE_FIELDS: QueryableFields = new Map<string, FieldType>([
  ['created_on', 'instant'],
  ['completed_on', 'instant'],
  ['build_number', 'number'],
  ['creator.uuid', 'text'],
  ['run_creation_date', 'instant'],
]);

export const DEPLOYMENT_FIELDS: QueryableFields = new Map<string, FieldType>([
  ['last_update_time', 'instant'],
  ['state.started_on', 'instant'],
  ['state.completed_on', 'instant'],
  ['number', 'number'],
]);

export const NO_FIELDS: QueryableFields = new Map();
