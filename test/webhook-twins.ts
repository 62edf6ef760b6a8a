/** Turns recorded Bitbucket webhooks into the Forge events that Bitbucket would send for the same happening. */
import { z } from 'zod';

const account = z.looseObject({ account_id: z.string().optional(), uuid: z.string().optional() });
const side = z.looseObject({
  branch: z.looseObject({ name: z.string() }).nullish(),
  commit: z.looseObject({ hash: z.string() }).nullish(),
});
const reference = z
  .looseObject({
    type: z.string().optional(),
    name: z.string(),
    target: z.looseObject({ hash: z.string(), date: z.string().optional() }),
  })
  .nullish();
const verdict = z.looseObject({ date: z.string(), user: account });

const webhook = z.looseObject({
  actor: account.optional(),
  repository: z.looseObject({
    uuid: z.string(),
    full_name: z.string(),
    workspace: z.looseObject({ uuid: z.string() }).optional(),
    owner: z.looseObject({ uuid: z.string().optional() }).optional(),
  }),
  push: z
    .looseObject({
      changes: z.array(
        z.looseObject({
          new: reference,
          old: reference,
          created: z.boolean().optional(),
          closed: z.boolean().optional(),
          forced: z.boolean().optional(),
          truncated: z.boolean().optional(),
          commits: z.array(z.looseObject({ hash: z.string(), date: z.string().optional() })).optional(),
        }),
      ),
    })
    .optional(),
  pullrequest: z
    .looseObject({
      id: z.number(),
      state: z.string(),
      created_on: z.string(),
      updated_on: z.string(),
      source: side,
      destination: side,
      merge_commit: z.looseObject({ hash: z.string() }).nullish(),
    })
    .optional(),
  comment: z.looseObject({ id: z.number() }).optional(),
  approval: verdict.optional(),
  commit_status: z
    .looseObject({
      key: z.string(),
      state: z.string(),
      created_on: z.string(),
      updated_on: z.string(),
      commit: z.looseObject({ hash: z.string() }).optional(),
    })
    .optional(),
});

/** The Forge events of one webhook's body; none where Forge has no such event. `name` tells comment kinds apart. */
export function forgeTwins(body: unknown, name: string): readonly Record<string, unknown>[] {
  const parsed = webhook.safeParse(body);
  if (!parsed.success) return [];
  const { actor, repository, push, pullrequest, comment, approval, commit_status: status } = parsed.data;
  const base = {
    ...(actor ? { actor: person(actor) } : {}),
    repository: { uuid: repository.uuid },
    workspace: {
      uuid: repository.workspace?.uuid ?? repository.owner?.uuid ?? '{00000000-0000-4000-8000-000000000001}',
    },
    project: { uuid: '{00000000-0000-4000-8000-000000000002}' },
  };
  if (push) {
    return push.changes.map((change) => ({
      ...base,
      eventType: 'avi:bitbucket:push:repository',
      timestamp: change.new?.target.date ?? change.old?.target.date ?? '2023-01-01T00:00:00Z',
      push: {
        ref: (change.new ?? change.old)?.name ?? '',
        ...(change.old ? { before: change.old.target.hash } : {}),
        ...(change.new ? { after: change.new.target.hash } : {}),
        created: change.created ?? false,
        closed: change.closed ?? false,
        forced: change.forced ?? false,
        ...((change.new ?? change.old)?.type === 'tag' || !change.commits
          ? {}
          : {
              mainbranch: ['main', 'master'].includes((change.new ?? change.old)?.name ?? ''),
              truncated: change.truncated ?? false,
              commits: change.commits.map(({ hash, date }) => ({
                hash,
                message: { value: '', truncated: false },
                ...(date === undefined ? {} : { date }),
              })),
            }),
      },
    }));
  }
  if (status) {
    const event = status.created_on === status.updated_on ? 'created' : 'updated';
    return [
      {
        ...base,
        eventType: `avi:bitbucket:${event}:build-status`,
        timestamp: status.updated_on,
        buildStatus: {
          key: status.key,
          state: status.state,
          commit: { hash: status.commit?.hash ?? '000000000001' },
          createdOn: status.created_on,
          updatedOn: status.updated_on,
          url: 'https://example.invalid',
        },
      },
    ];
  }
  if (!pullrequest) return [];
  const event = {
    ...base,
    timestamp: pullrequest.updated_on,
    pullrequest: {
      id: pullrequest.id,
      state: pullrequest.state,
      source: branch(pullrequest.source),
      destination: branch(pullrequest.destination),
      ...(pullrequest.merge_commit ? { mergeCommit: pullrequest.merge_commit } : {}),
      createdOn: pullrequest.created_on,
      updatedOn: pullrequest.updated_on,
    },
  };
  if (approval) {
    const value = [{ user: person(approval.user), status: 'approved', timestamp: approval.date }];
    return [
      {
        ...event,
        eventType: 'avi:bitbucket:updated:pullrequest-reviewer-status',
        reviewers: { value, truncated: false },
      },
    ];
  }
  if (comment) {
    const kind = name.includes('delete') ? 'deleted' : name.includes('update') ? 'updated' : 'created';
    return [
      { ...event, eventType: `avi:bitbucket:${kind}:pullrequest-comment`, comment: { id: comment.id } },
    ];
  }
  return [{ ...event, eventType: `avi:bitbucket:${happening(pullrequest)}:pullrequest` }];
}

function happening({
  state,
  created_on: created,
  updated_on: updated,
}: {
  state: string;
  created_on: string;
  updated_on: string;
}): string {
  if (state === 'MERGED') return 'fulfilled';
  if (state === 'DECLINED') return 'rejected';
  return created === updated ? 'created' : 'updated';
}

function person({ account_id: accountId, uuid }: z.output<typeof account>): object {
  return {
    type: 'user',
    ...(accountId === undefined ? {} : { accountId }),
    ...(uuid === undefined ? {} : { uuid }),
  };
}

function branch({ branch: named, commit }: z.output<typeof side>): object {
  return { branch: named?.name ?? '', commit: { hash: commit?.hash ?? '' } };
}
