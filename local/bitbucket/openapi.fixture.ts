/** For tests: checks answers against Bitbucket's own specification, which does not ship with the project. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Operation {
  readonly 'x-atlassian-oauth2-scopes'?: readonly {
    readonly scheme: string;
    readonly scopes: readonly string[];
  }[];
  readonly 'x-atlassian-auth-types'?: readonly string[];
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
}

/** The corrected document under the folder of recorded data. */
export function readOpenApi(data: string): OpenApiDocument {
  const file = path.join(data, 'openapi', 'bitbucket-cloud.openapi3.corrected.json');
  return JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument;
}

/** Answers of these endpoints have a schema; activity and a pull request's commits have none of their own. */
const SCHEMAS: Readonly<Record<string, string>> = {
  '/repositories/{workspace}': 'paginated_repositories',
  '/repositories/{workspace}/{repo_slug}': 'repository',
  '/repositories/{workspace}/{repo_slug}/pullrequests': 'paginated_pullrequests',
  '/repositories/{workspace}/{repo_slug}/pullrequests/{id}': 'pullrequest',
  '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/commits': 'paginated_changeset',
  '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/comments': 'paginated_pullrequest_comments',
  '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/statuses': 'paginated_commitstatuses',
  '/repositories/{workspace}/{repo_slug}/diffstat/{spec}': 'paginated_diffstats',
  '/repositories/{workspace}/{repo_slug}/commits': 'paginated_changeset',
  '/repositories/{workspace}/{repo_slug}/commits/{revision}': 'paginated_changeset',
  '/repositories/{workspace}/{repo_slug}/pipelines': 'paginated_pipelines',
  '/repositories/{workspace}/{repo_slug}/deployments': 'paginated_deployments',
  '/repositories/{workspace}/{repo_slug}/environments': 'paginated_environments',
  '/workspaces/{workspace}': 'workspace',
  '/users/{selected_user}': 'account',
};

/** Gives what is wrong with an answer by the specification, and nothing where it is right or has no schema. */
export function answerProblems(data: string): (endpoint: string, body: unknown) => readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  addFormats(ajv);
  // Recorded avatar addresses are not always URIs.
  ajv.addFormat('uri', true);
  ajv.addSchema(readOpenApi(data), 'bitbucket');
  const compiled = new Map<string, ValidateFunction>();
  return (endpoint, body) => {
    const name = SCHEMAS[endpoint];
    if (name === undefined) return [];
    const validate = compiled.get(name) ?? ajv.compile({ $ref: `bitbucket#/components/schemas/${name}` });
    compiled.set(name, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map((error) => `${name}${error.instancePath} ${error.message ?? ''}`);
  };
}
