/** What Bitbucket's answers to the viewer hold that the settings pages list: repositories and environments. */

export interface ListedRepository {
  /** With braces. */
  readonly uuid: string;
  readonly name: string;
}

export interface RepositoryPage {
  readonly repositories: readonly ListedRepository[];
  /** All that fit, over all pages; `null` where Bitbucket does not say. */
  readonly total: number | null;
  readonly hasNext: boolean;
  /** As it stands in the workspace's address; `null` on a page without repositories. */
  readonly workspaceSlug: string | null;
}

/** Of an answer that does not fit, nothing: a repository without an id cannot be chosen. */
export function repositoriesIn(answer: unknown): RepositoryPage {
  const values = list(answer);
  const fullName = values.map((value) => text(value, 'full_name')).find((name) => name !== null) ?? null;
  const size = field(answer, 'size');
  return {
    repositories: values.flatMap((value) => {
      const uuid = text(value, 'uuid');
      return uuid === null ? [] : [{ uuid, name: text(value, 'name') ?? uuid }];
    }),
    total: typeof size === 'number' ? size : null,
    hasNext: typeof field(answer, 'next') === 'string',
    workspaceSlug: fullName?.split('/')[0] ?? null,
  };
}

export interface ListedEnvironment {
  /** Without braces, as deployments name it. */
  readonly id: string;
  readonly name: string;
  /** Bitbucket's type, such as `Production`; `null` where it does not say. */
  readonly type: string | null;
}

export function environmentsIn(answer: unknown): readonly ListedEnvironment[] {
  return list(answer).flatMap((value) => {
    const uuid = text(value, 'uuid');
    const id = uuid?.replace(/[{}]/g, '');
    if (id === undefined) return [];
    return [{ id, name: text(value, 'name') ?? id, type: text(field(value, 'environment_type'), 'name') }];
  });
}

/** Of Bitbucket's list as a `q`: names with this text in them. A quote or a backslash would end the text. */
export function nameFilter(wanted: string): string | null {
  const plain = wanted.trim().replace(/["\\]/g, '');
  return plain === '' ? null : `name ~ "${plain}"`;
}

/** Environments of the list, and those that are meant but not in it, by the beginning of their id. */
export function withUnlisted(
  environments: readonly ListedEnvironment[],
  ids: readonly string[],
): readonly ListedEnvironment[] {
  const known = new Set(environments.map(({ id }) => id));
  const unlisted = [...new Set(ids)].filter((id) => !known.has(id));
  return [...environments, ...unlisted.map((id) => ({ id, name: `${id.slice(0, 8)}…`, type: null }))];
}

function list(answer: unknown): readonly unknown[] {
  const values = field(answer, 'values');
  return Array.isArray(values) ? (values as unknown[]) : [];
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown, name: string): string | null {
  const found = field(value, name);
  return typeof found === 'string' ? found : null;
}
