/** Stores pushes: to the main branch by the commit it then ended in, others and tags by their event. */
import { z } from 'zod';
import { MERGE_STRATEGIES, type EpochSeconds, type MergeStrategy } from '../facts/pull-request-facts';
import { canonicalJson } from './canonical-json';
import { createEntity, getEntity, getMany, queryEntity, queryLowest, setEntity } from './forge-storage';
import { ENTITY, INDEX, key, type RepositoryId } from './keys';

/** `merge`: a merged pull request's; `direct`: of no pull request; `unknown`: not yet compared with Bitbucket. */
export const PUSH_ORIGINS = ['unknown', 'merge', 'direct'] as const;
export type PushOrigin = (typeof PUSH_ORIGINS)[number];

/** A push to a branch or of a tag, without the name of either. */
export interface PushSighting {
  readonly kind: 'default' | 'branch' | 'tag';
  /** Of a tag, digests of its name's words (`wordsOf`, also of one letter); nothing asks for a branch's. */
  readonly words: readonly number[] | null;
  readonly at: EpochSeconds;
  readonly before: string | null;
  readonly after: string | null;
  readonly commits: number | null;
  readonly forced: boolean;
  readonly created: boolean;
  readonly closed: boolean;
  readonly truncated: boolean;
}

const HASH_LENGTH = 12;

const storedPush = z.looseObject({
  kind: z.string(),
  at: z.number().int(),
  detail: z.looseObject({
    origin: z.enum(PUSH_ORIGINS).default('unknown'),
    after: z.string().nullish(),
    strategy: z.enum(MERGE_STRATEGIES).nullish(),
    commits: z.number().int().nullish(),
    closed: z.boolean().nullish(),
    /** Of a tag; absent where a version without it wrote the row. */
    words: z.array(z.number().int()).nullish(),
  }),
});

/** Records a push of an event, once. */
export async function savePush(repository: RepositoryId, digest: string, push: PushSighting): Promise<void> {
  const { kind, at, words, ...detail } = push;
  const { after } = detail;
  // The main branch's are found in its history too, where they have no event.
  const name = kind === 'default' && after !== null ? after.slice(0, HASH_LENGTH) : digest;
  const wordsOfTag = kind === 'tag' && words !== null ? { words } : {};
  const row = { repository, kind, at, detail: { ...detail, ...wordsOfTag, origin: 'unknown', schema: 1 } };
  const rowKey = key.push(repository, name);
  if (await createEntity(ENTITY.push, rowKey, row)) return;
  // Two events of one commit (a branch pushed back to it, or the same push told twice): the earlier stands.
  const stored = storedPush.parse(await getEntity(ENTITY.push, rowKey));
  const next = { ...row, detail: { ...row.detail, origin: stored.detail.origin } };
  if (orderOf(next) < orderOf(stored)) await setEntity(ENTITY.push, rowKey, next);
}

/** The earlier first; of one instant, whichever, but always the same. */
function orderOf(push: { readonly at: EpochSeconds }): string {
  return `${String(push.at).padStart(12, '0')} ${canonicalJson(push)}`;
}

/** A push to the main branch. */
export interface MainPush {
  readonly at: EpochSeconds;
  readonly origin: PushOrigin;
  /** The commit that the branch then ended in; `null` where nothing tells it. */
  readonly commit: string | null;
  /** How a merge came in; `null` of what is no merge, or was not compared with Bitbucket's history yet. */
  readonly strategy: MergeStrategy | null;
}

/**
 * The known pushes to the main branch at or after an instant, and the first of all, which tells since when anything is
 * known; every one without an instant. A large repository has ten thousands. Eventually consistent.
 */
export async function readMainPushes(
  repository: RepositoryId,
  since: EpochSeconds = Number.NEGATIVE_INFINITY,
): Promise<readonly MainPush[]> {
  const partition = [repository, 'default'];
  const first = since <= 0 ? [] : await queryLowest(ENTITY.push, INDEX.byKind, partition, since - 1, 1);
  const pushes = first.map(({ value }) => mainPush(value));
  for await (const { value } of queryEntity(ENTITY.push, INDEX.byKind, partition, Math.max(0, since))) {
    pushes.push(mainPush(value));
  }
  return pushes;
}

function mainPush(row: unknown): MainPush {
  const { at, detail } = storedPush.parse(row);
  const { origin, after = null, strategy = null } = detail;
  return { at, origin, commit: after, strategy };
}

/** A tag that was created or moved, without its name. */
export interface TagPush {
  readonly at: EpochSeconds;
  /** What it then named; `null` where the event does not tell it. */
  readonly commit: string | null;
  /** Digests of its name's first words; empty where it has none, or was pushed before they were kept. */
  readonly words: readonly number[];
}

/** Every known push that set a tag, ascending by instant; deletions are left out. Eventually consistent. */
export async function readTagPushes(repository: RepositoryId): Promise<readonly TagPush[]> {
  const tags: TagPush[] = [];
  for await (const { value } of queryEntity(ENTITY.push, INDEX.byKind, [repository, 'tag'])) {
    const { at, detail } = storedPush.parse(value);
    const { after = null, closed, words } = detail;
    if (closed !== true) tags.push({ at, commit: after, words: words ?? [] });
  }
  return tags.sort((a, b) => a.at - b.at);
}

/** A push of any kind, with how many commits it brought; `null` where nothing tells it. */
export interface CountedPush {
  readonly at: EpochSeconds;
  readonly commits: number | null;
}

/** Every known push at or after an instant: to branches and of tags. Eventually consistent. */
export async function readPushes(
  repository: RepositoryId,
  since: EpochSeconds,
): Promise<readonly CountedPush[]> {
  const pushes: CountedPush[] = [];
  for await (const { value } of queryEntity(ENTITY.push, INDEX.byRepository, [repository], since)) {
    const { at, detail } = storedPush.parse(value);
    pushes.push({ at, commits: detail.commits ?? null });
  }
  return pushes;
}

/** What the history of the main branch tells of one commit. */
export interface MainCommit {
  readonly hash: string;
  readonly parent: string | null;
  readonly at: EpochSeconds;
  readonly origin: 'merge' | 'direct';
  /** Of the commit that a merge is known by; `null` for every other. */
  readonly strategy: MergeStrategy | null;
}

/**
 * Notes where the main branch's commits came from: on the push that brought one, and as a push of its own where a direct
 * one had no event. Returns how many had none.
 */
export async function savePushOrigins(
  repository: RepositoryId,
  commits: readonly MainCommit[],
): Promise<number> {
  const nameOf = ({ hash }: MainCommit): string => key.push(repository, hash.slice(0, HASH_LENGTH));
  const rows = await getMany(commits.map((each) => ({ key: nameOf(each), entityName: ENTITY.push })));
  let missed = 0;
  for (const commit of commits) {
    const raw = rows.get(nameOf(commit));
    if (raw === undefined) {
      if (commit.origin === 'merge') continue;
      await createEntity(ENTITY.push, nameOf(commit), missedPush(repository, commit));
      missed += 1;
      continue;
    }
    const stored = storedPush.parse(raw);
    const { origin, strategy = null } = stored.detail;
    if (origin === commit.origin && strategy === commit.strategy) continue;
    const detail = { ...stored.detail, origin: commit.origin, strategy: commit.strategy };
    await setEntity(ENTITY.push, nameOf(commit), { ...stored, detail });
  }
  return missed;
}

/** A push that nobody saw: its commit's own date stands for its instant, and who pushed is not known. */
function missedPush(repository: RepositoryId, { hash, parent, at, origin }: MainCommit): object {
  return {
    repository,
    kind: 'default',
    at,
    detail: {
      before: parent,
      after: hash,
      commits: 1,
      forced: false,
      created: false,
      closed: false,
      truncated: false,
      origin,
      schema: 1,
    },
  };
}
