/** What can be done to the demo: each action changes what Bitbucket would answer, and its event says the same. */
import type { JsonObject, RepositorySource } from '../bitbucket/workspace-source';
import { ActionError } from './actions';
import {
  activityOf,
  at,
  isOpen,
  LATER,
  objectsAt,
  PRESENT,
  pullRequestOf,
  stage,
  textAt,
  wholeOf,
  type Stage,
} from './testing';

const approvalsOf = (source: RepositorySource, id: number): number =>
  objectsAt(pullRequestOf(source, id), 'participants').filter(({ approved }) => approved === true).length;

describe('on a pull request', () => {
  it('a push moves the source and stands first in the activity', () => {
    const { source, run, find } = stage();
    const id = find(isOpen);
    const before = textAt(pullRequestOf(source, id), 'source.commit.hash');
    const { eventType, payload } = run('push', id);
    const after = textAt(pullRequestOf(source, id), 'source.commit.hash');
    expect(eventType).toBe('avi:bitbucket:updated:pullrequest');
    expect(after).not.toBe(before);
    expect(at(payload, 'pullrequest.source.commit.hash')).toBe(after);
    expect(at(activityOf(source, id)[0]?.detail, 'source.commit.hash')).toBe(after);
    expect(textAt(source.commits(id)[0], 'hash').startsWith(after)).toBe(true);
    expect(textAt(source.commits(id)[1], 'hash').startsWith(before)).toBe(true);
    expect(source.commitHistory().some((commit) => textAt(commit, 'hash').startsWith(after))).toBe(true);
  });

  it('a comment is by somebody else than the author, and can be deleted', () => {
    const { source, run, find } = stage();
    const id = find(isOpen);
    const count = pullRequestOf(source, id).comment_count;
    const { eventType, payload } = run('comment', id);
    expect(eventType).toBe('avi:bitbucket:created:pullrequest-comment');
    const [latest] = activityOf(source, id);
    expect(latest).toMatchObject({ kind: 'comment', at: LATER });
    expect(latest?.detail.id).toBe(at(payload, 'comment.id'));
    expect(latest?.by).not.toBe(at(pullRequestOf(source, id), 'author.uuid'));
    expect(pullRequestOf(source, id).comment_count).toBe(Number(count) + 1);

    const deletion = run('delete-comment', id, LATER + 1_000);
    expect(deletion.eventType).toBe('avi:bitbucket:deleted:pullrequest-comment');
    expect(at(deletion.payload, 'comment.id')).toBe(at(payload, 'comment.id'));
    expect(activityOf(source, id)[0]?.detail).toMatchObject({ deleted: true, content: { raw: '' } });
    expect(pullRequestOf(source, id).comment_count).toBe(count);
  });

  it('a comment is possible after the merge', () => {
    const { source, run, find } = stage();
    const id = find(({ state }) => state === 'MERGED');
    run('comment', id);
    expect(wholeOf(source, id).closedAt).toBeLessThan(activityOf(source, id)[0]?.at ?? 0);
  });

  it('an approval is seen in participants, activity and event, and is gone without a trace when withdrawn', () => {
    const { source, run, find } = stage();
    const id = find(
      (raw) => isOpen(raw) && objectsAt(raw, 'participants').every(({ approved }) => approved === false),
    );
    const given = run('approve', id);
    expect(given.eventType).toBe('avi:bitbucket:updated:pullrequest-reviewer-status');
    const [approver] = objectsAt(pullRequestOf(source, id), 'participants').filter(
      ({ approved }) => approved === true,
    );
    expect(textAt(approver, 'state')).toBe('approved');
    expect(activityOf(source, id)[0]).toMatchObject({ kind: 'approval', by: textAt(approver, 'user.uuid') });
    const shown = objectsAt(given.payload, 'reviewers.value').filter(({ status }) => status === 'approved');
    expect(shown.map((each) => textAt(each, 'user.uuid'))).toEqual([textAt(approver, 'user.uuid')]);

    const withdrawn = run('withdraw-approval', id, LATER + 1_000);
    expect(
      objectsAt(withdrawn.payload, 'reviewers.value').filter(({ status }) => status === 'approved'),
    ).toEqual([]);
    expect(approvalsOf(source, id)).toBe(0);
    expect(activityOf(source, id).some(({ kind }) => kind === 'approval')).toBe(false);
  });

  it('requested changes stand until the same person approves', () => {
    const { source, run, find } = stage();
    const id = find(
      (raw) => isOpen(raw) && objectsAt(raw, 'participants').every(({ state }) => state === null),
    );
    const { payload } = run('request-changes', id);
    expect(objectsAt(payload, 'reviewers.value')).toMatchObject([{ status: 'changes_requested' }]);
    expect(activityOf(source, id)[0]).toMatchObject({ kind: 'changes_requested' });
    run('approve', id, LATER + 1_000);
    expect(activityOf(source, id).filter(({ kind }) => kind === 'changes_requested')).toEqual([]);
    expect(approvalsOf(source, id)).toBe(1);
  });

  it('a merge lands on the target branch', () => {
    const { source, run, find } = stage();
    const id = find((raw) => isOpen(raw) && textAt(raw, 'destination.branch.name') === 'main');
    const head = textAt(pullRequestOf(source, id), 'source.commit.hash');
    const { eventType, payload } = run('merge', id);
    expect(eventType).toBe('avi:bitbucket:fulfilled:pullrequest');
    expect(at(payload, 'pullrequest.state')).toBe('MERGED');
    const { raw, state, closedAt } = wholeOf(source, id);
    expect([state, closedAt]).toEqual(['MERGED', LATER]);
    expect(at(payload, 'pullrequest.mergeCommit.hash')).toBe(at(raw, 'merge_commit.hash'));
    const [commit] = source.commits(id);
    expect(textAt(commit, 'hash').slice(0, 12)).toBe(at(raw, 'merge_commit.hash'));
    expect(textAt(objectsAt(commit, 'parents')[1], 'hash').slice(0, 12)).toBe(head);
    expect(source.commitHistory()[0]?.hash).toBe(commit?.hash);
  });

  it('a decline closes it', () => {
    const { source, run, find } = stage();
    const id = find(isOpen);
    const { eventType, payload } = run('decline', id);
    expect(eventType).toBe('avi:bitbucket:rejected:pullrequest');
    expect(at(payload, 'pullrequest.state')).toBe('DECLINED');
    expect(wholeOf(source, id)).toMatchObject({ state: 'DECLINED', closedAt: LATER });
    expect(pullRequestOf(source, id).merge_commit).toBeNull();
  });

  it('a draft becomes ready', () => {
    const { source, run } = stage();
    const opened = run('open-draft');
    const id = Number(at(opened.payload, 'pullrequest.id'));
    expect(pullRequestOf(source, id).draft).toBe(true);
    expect(() => run('merge', id)).toThrow('is a draft. Mark it as ready first.');
    run('ready', id);
    expect(pullRequestOf(source, id).draft).toBe(false);
  });
});

describe('on a repository', () => {
  it('a new pull request has the next number and is open', () => {
    const { source, run } = stage();
    const last = Math.max(...source.pullRequestIds());
    const { eventType, payload } = run('open');
    expect(eventType).toBe('avi:bitbucket:created:pullrequest');
    expect(at(payload, 'pullrequest.id')).toBe(last + 1);
    const whole = wholeOf(source, last + 1);
    expect(whole).toMatchObject({ state: 'OPEN', openedAt: LATER });
    expect(whole.activity).toHaveLength(1);
    expect(source.commits(last + 1).length).toBeGreaterThan(0);
    expect(source.diffstat(last + 1)?.length).toBeGreaterThan(0);
  });

  it('a release tag names the latest commit of main, and no commits of its own', () => {
    const { source, run } = stage();
    const { eventType, payload } = run('push-tag');
    expect(eventType).toBe('avi:bitbucket:push:repository');
    expect(textAt(payload, 'push.ref')).toMatch(/^release-/);
    expect(textAt(source.commitHistory()[0], 'hash')).toBe(textAt(payload, 'push.after'));
    expect(at(payload, 'push.commits')).toBeUndefined();
  });

  it('a push straight to main is in the history and in no pull request', () => {
    const { source, run } = stage();
    const before = source.commitHistory().length;
    const { eventType, payload } = run('push-to-main');
    expect(eventType).toBe('avi:bitbucket:push:repository');
    expect(at(payload, 'push.mainbranch')).toBe(true);
    expect(source.commitHistory()).toHaveLength(before + 1);
    expect(source.commitHistory()[0]?.hash).toBe(at(payload, 'push.after'));
    expect(textAt(objectsAt(source.commitHistory()[0], 'parents')[0], 'hash')).toBe(
      at(payload, 'push.before'),
    );
  });

  it.each([
    ['deployment-succeeds', 'SUCCESSFUL'],
    ['deployment-fails', 'FAILED'],
  ])('a deployment that started is completed by %s', (key, status) => {
    const { source, run } = stage();
    const started = run('deployment-starts');
    expect(started.eventType).toBe('avi:bitbucket:started:deployment');
    const uuid = at(started.payload, 'deployment.uuid');
    const find = (): JsonObject | undefined => source.deployments().find((each) => each.uuid === uuid);
    expect(at(find(), 'state.name')).toBe('IN_PROGRESS');
    const completed = run(key, null, LATER + 60_000);
    expect(completed.eventType).toBe('avi:bitbucket:completed:deployment');
    expect(at(completed.payload, 'deployment.uuid')).toBe(uuid);
    expect(at(completed.payload, 'deployment.status')).toBe(status);
    expect(at(find(), 'state.status.name')).toBe(status);
    expect(at(completed.payload, 'environment.type')).toBe('PRODUCTION');
  });

  it('a new name is in the answers and in the event', () => {
    const { source, run } = stage();
    const before = textAt(source.repository(), 'slug');
    const { eventType, payload } = run('rename');
    const after = textAt(source.repository(), 'slug');
    expect(eventType).toBe('avi:bitbucket:updated:repository');
    expect(after).not.toBe(before);
    expect(at(payload, 'changes.name.old.value')).toBe(before);
    expect(at(payload, 'changes.name.new.value')).toBe(after);
    expect(at(payload, 'repository.slug')).toBe(after);
    expect(textAt(pullRequestOf(source, 1), 'destination.repository.full_name')).toBe(`demo/${after}`);
  });

  it('offers deployments only where there are environments', () => {
    const { workspace } = stage();
    for (const source of workspace.repositories()) {
      const keys = workspace.actionsFor(textAt(source.repository(), 'uuid')).map(({ key }) => key);
      expect(keys.includes('deployment-fails')).toBe(source.environments().length > 0);
      expect(keys).toContain('open');
    }
    expect(workspace.actionsFor('{nobody}')).toEqual([]);
  });
});

function errorOf(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error;
  }
}

describe('what does not fit', () => {
  const merged = ({ state }: JsonObject): boolean => state === 'MERGED';

  it.each<readonly [string, string, (on: Stage) => unknown]>([
    [
      'an approval of a merged pull request',
      'is already merged',
      ({ run, find }) => run('approve', find(merged)),
    ],
    ['a merge of a merged one', 'is already merged', ({ run, find }) => run('merge', find(merged))],
    ['an unknown action', 'There is no action "dance"', ({ run }) => run('dance')],
    ['a name of every object', 'There is no action "toString"', ({ run }) => run('toString', 1)],
    ['a missing pull request', 'Choose one first', ({ run }) => run('approve')],
    ['a pull request that is not there', 'has no pull request #99999', ({ run }) => run('approve', 99_999)],
    ['an instant of the past', 'Name an instant after that', ({ run }) => run('open', null, PRESENT - 864e5)],
    ['an instant that is none', 'Name an instant after that', ({ run }) => run('open', null, Number.NaN)],
    ['a ready pull request made ready', 'is not a draft', ({ run, find }) => run('ready', find(isOpen))],
    [
      'a withdrawal where nobody approved',
      'Approve it first',
      ({ run }) => run('withdraw-approval', Number(at(run('open').payload, 'pullrequest.id'))),
    ],
    [
      'a deletion where there is no comment',
      'Comment on it first',
      ({ run }) => run('delete-comment', Number(at(run('open').payload, 'pullrequest.id'))),
    ],
    [
      'a second deployment at once',
      'is running',
      ({ run }) => [run('deployment-starts'), run('deployment-starts')],
    ],
    [
      'an unknown repository',
      'There is no repository {x}',
      ({ workspace }) => workspace.runAction('open', '{x}', null, LATER),
    ],
  ])('%s is refused with a sentence', (_what, sentence, attempt) => {
    const refused = errorOf(() => attempt(stage()));
    expect(refused).toBeInstanceOf(ActionError);
    expect(refused).toMatchObject({
      name: 'ActionError',
      message: expect.stringContaining(sentence) as string,
    });
  });

  it('changes nothing and leaves what follows as it would have been', () => {
    const [calm, troubled] = [stage(), stage()];
    const id = troubled.find(merged);
    const revision = troubled.source.revision?.();
    expect(() => troubled.run('approve', id)).toThrow(ActionError);
    expect(() => troubled.run('withdraw-approval', id)).toThrow(ActionError);
    expect(troubled.source.revision?.()).toBe(revision);
    expect(troubled.run('open')).toEqual(calm.run('open'));
    expect(troubled.source.revision?.()).not.toBe(revision);
  });
});
