/** The answers of the stand-in, and Bitbucket's bodies for the ones that refuse. */
import type { Json, JsonObject } from './workspace-source';

/** One HTTP answer: a JSON body, or a text where Bitbucket sends one. */
export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that Bitbucket refuses; whoever throws it says with which answer. */
export class Refused extends Error {
  constructor(readonly answer: Answer) {
    super(`refused with status ${answer.status}`);
    this.name = 'Refused';
  }
}

function errorBody(message: string, more: JsonObject = {}): JsonObject {
  return { type: 'error', error: { message, ...more } };
}

/** 400 in Bitbucket's shape. */
export function badRequest(message: string): Refused {
  return new Refused({ status: 400, body: errorBody(message) });
}

/** 401, with the body recorded for a token that an endpoint does not take. */
export function notAuthenticated(): Refused {
  return new Refused({
    status: 401,
    body: errorBody('Token is invalid or not supported for this endpoint.'),
  });
}

/** 403 for missing scopes, with the recorded body, which names what is required and what was granted. */
export function scopesMissing(required: readonly string[], granted: readonly string[]): Refused {
  return new Refused({
    status: 403,
    body: errorBody('Your credentials lack one or more required privilege scopes.', {
      detail: { required, granted },
    }),
  });
}

/** 403 for a repository that the acting user may not read. */
export function accessDenied(): Refused {
  return new Refused({ status: 403, body: errorBody('Access denied. You must have read access.') });
}

/** 404 for a workspace that is not the one served here. */
export function workspaceNotFound(identifier: string): Refused {
  return new Refused({ status: 404, body: errorBody(`No workspace with identifier '${identifier}'.`) });
}

/** 404 for a repository, with the recorded body. */
export function repositoryNotFound(workspace: string, repository: string): Refused {
  return new Refused({ status: 404, body: errorBody(`Repository ${workspace}/${repository} not found`) });
}

/** 404 for a pull request: recorded as a plain text, so that clients meet an error that is not JSON. */
export function pullRequestNotFound(): Refused {
  return new Refused({ status: 404, body: 'Not Found' });
}

/** 404 for a commit or branch, with the recorded body. */
export function commitNotFound(): Refused {
  return new Refused({ status: 404, body: errorBody('Changeset not found.') });
}

/** 404 for a deployment. */
export function deploymentNotFound(): Refused {
  return new Refused({ status: 404, body: errorBody('Deployment not found.') });
}

/** 404 for an account. */
export function accountNotFound(identifier: string): Refused {
  return new Refused({ status: 404, body: errorBody(`${identifier} is not a valid user`) });
}

/** 404 for a diffstat that was not recorded: Bitbucket would have one, and nobody can compute it from here. */
export function diffstatNotRecorded(id: number): Refused {
  return new Refused({
    status: 404,
    body: errorBody(`The diffstat of pull request ${id} was not recorded, so the stand-in has none.`),
  });
}

/** 404 for a path that Bitbucket does not know, with the recorded body. */
export function noSuchEndpoint(): Refused {
  return new Refused({
    status: 404,
    body: errorBody('Resource not found', { detail: 'There is no API hosted at this URL' }),
  });
}

/** 501 for what Bitbucket answers and the stand-in does not. */
export function notModelled(method: string, endpoint: string): Refused {
  return new Refused({
    status: 501,
    body: errorBody(
      `Bitbucket has ${method} ${endpoint}, and the local stand-in does not model it: add it to local/bitbucket before the app may use it.`,
    ),
  });
}
