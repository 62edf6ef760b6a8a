/** For tests: reads the demo's answers as a client of Bitbucket would. */
import { isJsonList, isJsonObject, objectOf, textOf } from '../bitbucket/values';
import type { Json, JsonObject, RepositorySource } from '../bitbucket/workspace-source';
import { createDemoWorkspace, type DemoWorkspace } from './demo-workspace';

/** The present of the tests: a Saturday. */
export const PRESENT = Date.UTC(2026, 10, 21, 6);

/** The value at a dotted path; `undefined` where there is none. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let found = value;
  for (const name of path.split('.')) found = isJsonObject(found) ? found[name] : undefined;
  return found;
}

/** The text at a dotted path; throws where there is none. */
export function textAt(value: Json | undefined, path: string): string {
  const found = at(value, path);
  if (typeof found !== 'string') throw new TypeError(`There is no text at ${path}.`);
  return found;
}

/** The objects of the list at a dotted path. */
export function objectsAt(value: Json | undefined, path: string): readonly JsonObject[] {
  const found = at(value, path);
  return isJsonList(found) ? found.filter(isJsonObject) : [];
}

const DATES: Readonly<Record<string, string>> = {
  update: 'date',
  approval: 'date',
  changes_requested: 'date',
  comment: 'created_on',
};

/** One entry of an activity, whatever its kind. */
export interface Entry {
  readonly kind: string;
  /** As Bitbucket writes it. */
  readonly date: string;
  readonly at: number;
  /** The uuid of who did it; `null` where the account is gone. */
  readonly by: string | null;
  readonly isBot: boolean;
  readonly detail: JsonObject;
}

/** The activity of a pull request, newest first. */
export function activityOf(source: RepositorySource, id: number): readonly Entry[] {
  return source.activity(id).map((raw) => {
    const kind = Object.keys(DATES).find((name) => isJsonObject(raw[name]));
    const detail = kind === undefined ? null : objectOf(raw, kind);
    if (kind === undefined || detail === null)
      throw new TypeError(`Pull request #${id} has a strange entry.`);
    const date = textAt(detail, DATES[kind] ?? '');
    const user = detail[kind === 'update' ? 'author' : 'user'];
    const by = isJsonObject(user) ? textOf(user, 'uuid') : null;
    return { kind, date, at: Date.parse(date), by, isBot: at(user, 'type') === 'app_user', detail };
  });
}

export function pullRequestOf(source: RepositorySource, id: number): JsonObject {
  const raw = source.pullRequest(id);
  if (raw === null) throw new RangeError(`There is no pull request #${id}.`);
  return raw;
}

/** A pull request with what was done on it. */
export interface Whole {
  readonly source: RepositorySource;
  readonly id: number;
  readonly raw: JsonObject;
  readonly state: string;
  readonly openedAt: number;
  readonly authorUuid: string | null;
  readonly activity: readonly Entry[];
  /** When it was merged, declined or superseded; `null` while open. */
  readonly closedAt: number | null;
}

export function wholeOf(source: RepositorySource, id: number): Whole {
  const raw = pullRequestOf(source, id);
  const state = textAt(raw, 'state');
  const activity = activityOf(source, id);
  const end = state === 'OPEN' ? undefined : activity.findLast(({ detail }) => detail.state === state);
  const author = at(raw, 'author.uuid');
  return {
    source,
    id,
    raw,
    state,
    openedAt: Date.parse(textAt(raw, 'created_on')),
    authorUuid: typeof author === 'string' ? author : null,
    activity,
    closedAt: end?.at ?? null,
  };
}

export function allOf(sources: readonly RepositorySource[]): readonly Whole[] {
  return sources.flatMap((source) => source.pullRequestIds().map((id) => wholeOf(source, id)));
}

/** Linear interpolation between order statistics. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  return low + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? low) - low);
}

/**
 * Real answers have nulls that the specification does not know: accounts that are gone (`author`, `user`), no verdict
 * (`state`), no fork (`parent`), the side of a file that does not exist (`old`, `new`).
 */
const RECORDED_NULLS = ['author', 'user', 'state', 'parent', 'old', 'new'];

/** An answer without those nulls. */
export function specified(value: Json, left: readonly string[] = RECORDED_NULLS): Json {
  if (isJsonList(value)) return value.map((each) => specified(each, left));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key, child]) => child !== null || !left.includes(key));
  return Object.fromEntries(kept.map(([key, child]) => [key, specified(child, left)]));
}

/** The first instant at which the tests act. */
export const LATER = PRESENT + 60_000;

/** A workspace to act in, and one of its repositories. */
export interface Stage {
  readonly workspace: DemoWorkspace;
  readonly source: RepositorySource;
  readonly uuid: string;
  run(key: string, id?: number | null, instant?: number): { eventType: string; payload: JsonObject };
  find(fits: (raw: JsonObject) => boolean): number;
}

/** A new workspace; the first repository has environments. */
export function stage(repository = 0): Stage {
  const workspace = createDemoWorkspace({ endsAt: PRESENT });
  const source = workspace.repositories()[repository];
  if (!source) throw new RangeError('There is no such repository.');
  const uuid = textAt(source.repository(), 'uuid');
  return {
    workspace,
    source,
    uuid,
    run: (key, id = null, instant = LATER) => workspace.runAction(key, uuid, id, instant),
    find: (fits) => {
      const id = source.pullRequestIds().find((each) => fits(pullRequestOf(source, each)));
      if (id === undefined) throw new RangeError('There is no such pull request.');
      return id;
    },
  };
}

/** Open, and not a draft. */
export const isOpen = (raw: JsonObject): boolean => raw.state === 'OPEN' && raw.draft === false;
