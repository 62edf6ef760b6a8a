/** The generated workspace is consistent in itself: what its repositories and pull requests tell fits together. */
import { CommitGraph } from '../bitbucket/commit-graph';
import type { Json } from '../bitbucket/workspace-source';
import { createDemoWorkspace } from './demo-workspace';
import { allOf, at, objectsAt, PRESENT, pullRequestOf, textAt } from './testing';

const sources = createDemoWorkspace({ endsAt: PRESENT }).repositories();
const all = allOf(sources);
const merged = all.filter(({ state }) => state === 'MERGED');

describe('every pull request', () => {
  it('is numbered in the order of opening', () => {
    for (const source of sources) {
      const ids = source.pullRequestIds();
      expect(ids).toEqual(ids.map((_, index) => index + 1));
      const opened = ids.map((id) => Date.parse(textAt(pullRequestOf(source, id), 'created_on')));
      expect(opened).toEqual(opened.toSorted((a, b) => a - b));
    }
  });

  it('has its activity newest first, from the opening to the last change, and never in the future', () => {
    for (const { raw, activity } of all) {
      expect(activity.map((entry) => entry.at)).toEqual(
        activity.map((entry) => entry.at).toSorted((a, b) => b - a),
      );
      expect(activity.at(-1)).toMatchObject({ kind: 'update', date: raw.created_on });
      expect(activity[0]?.at).toBeLessThanOrEqual(PRESENT);
      expect(Date.parse(textAt(raw, 'updated_on'))).toBeGreaterThanOrEqual(activity[0]?.at ?? 0);
    }
  });

  it('ends once where it ends, and its updates show how', () => {
    for (const { raw, state, activity, closedAt } of all) {
      const states = activity.filter(({ kind }) => kind === 'update').map(({ detail }) => detail.state);
      expect(states.filter((each) => each !== 'OPEN')).toEqual(state === 'OPEN' ? [] : [state]);
      expect(closedAt === null).toBe(state === 'OPEN');
      if (state === 'OPEN') expect(raw.closed_by).toBeNull();
      else expect(raw.draft).toBe(false);
    }
  });

  it('shows in its participants the approvals of its activity, to the microsecond', () => {
    for (const { raw, activity } of all) {
      const given = activity
        .filter(({ kind, by }) => kind === 'approval' && by !== null)
        .map(({ by, date }) => `${by} ${date}`);
      const shown = objectsAt(raw, 'participants')
        .filter(({ approved }) => approved === true)
        .map((each) => `${textAt(each, 'user.uuid')} ${textAt(each, 'participated_on')}`);
      expect(shown.toSorted()).toEqual(given.toSorted());
    }
  });

  it('has commits older than the pushes and the merge that brought them', () => {
    for (const { source, id, raw, activity, state, closedAt } of all) {
      const listed = source.commits(id);
      const head = at(raw, 'source.commit.hash');
      const own = raw.merge_commit === null ? listed : listed.slice(1);
      if (state === 'MERGED' && raw.merge_commit !== null) {
        expect(textAt(listed[0], 'hash').slice(0, 12)).toBe(at(raw, 'merge_commit.hash'));
        expect(Date.parse(textAt(listed[0], 'date'))).toBe(Math.floor((closedAt ?? 0) / 1000) * 1000);
      }
      if (typeof head === 'string') expect(textAt(own[0], 'hash').slice(0, 12)).toBe(head);
      const last = Date.parse(textAt(own[0] ?? { date: raw.created_on ?? null }, 'date'));
      expect(last).toBeLessThanOrEqual(closedAt ?? PRESENT);
      // The updates of a deleted fork's pull request name no commit.
      if (typeof head !== 'string') continue;
      const pushed = activity.find(({ detail }) => at(detail, 'source.commit.hash') === head);
      expect(pushed).toBeDefined();
    }
  });

  it('has comments that answer comments of the same pull request', () => {
    const ids = new Set<Json>();
    for (const { source, id, raw } of all) {
      const seen = new Set<unknown>();
      for (const comment of source.comments(id)) {
        if (comment.parent !== undefined) expect(seen).toContain(at(comment, 'parent.id'));
        seen.add(comment.id);
        ids.add(comment.id ?? null);
      }
      const standing = source.comments(id).filter(({ deleted }) => deleted === false);
      expect(raw.comment_count).toBe(standing.length);
    }
    expect(ids.size).toBe(all.reduce((sum, { source, id }) => sum + source.comments(id).length, 0));
  });

  it('is reverted only after it was merged', () => {
    for (const { source, raw, openedAt } of all) {
      const reverted = /^revert-pr-(\d+)$/.exec(textAt(raw, 'source.branch.name'))?.[1];
      if (reverted === undefined) continue;
      const target = all.find((each) => each.source === source && each.id === Number(reverted));
      expect(target?.state).toBe('MERGED');
      expect(target?.closedAt).toBeLessThan(openedAt);
    }
  });
});

describe('every repository', () => {
  it('has a commit list in which parents follow their children, and all that pull requests list', () => {
    for (const source of sources) {
      const history = source.commitHistory();
      const place = new Map(history.map((commit, index) => [textAt(commit, 'hash'), index]));
      expect(place.size).toBe(history.length);
      for (const [index, commit] of history.entries()) {
        for (const parent of objectsAt(commit, 'parents')) {
          expect(place.get(textAt(parent, 'hash'))).toBeGreaterThan(index);
        }
      }
      const ofMerges = merged
        .filter((each) => each.source === source)
        .flatMap(({ raw }) => at(raw, 'merge_commit.hash') ?? []);
      const short = new Set([...place.keys()].map((hash) => hash.slice(0, 12)));
      expect(ofMerges.filter((hash) => typeof hash !== 'string' || !short.has(hash))).toEqual([]);
    }
  });

  it('has a main branch that holds what was merged and nothing that is open', () => {
    for (const source of sources) {
      const graph = new CommitGraph(source, source.commitHistory());
      const tip = all.find(
        ({ raw, state, source: its }) =>
          its === source && state === 'OPEN' && textAt(raw, 'destination.branch.name') === 'main',
      );
      const reached = graph.commits([textAt(tip?.raw, 'destination.commit.hash')], []) ?? [];
      const reachable = new Set(reached.map((commit) => textAt(commit, 'hash').slice(0, 12)));
      for (const { raw, state } of all.filter((each) => each.source === source)) {
        if (textAt(raw, 'destination.branch.name') !== 'main') continue;
        const head = at(raw, 'source.commit.hash');
        if (state === 'OPEN' && typeof head === 'string') expect(reachable.has(head)).toBe(false);
        const merge = at(raw, 'merge_commit.hash');
        if (typeof merge === 'string') expect(reachable.has(merge)).toBe(true);
      }
    }
  });

  it('builds commits it has, and deploys what it built', () => {
    for (const source of sources) {
      const hashes = new Set(source.commitHistory().map((commit) => textAt(commit, 'hash')));
      const built = new Map(source.pipelines().map((pipeline) => [textAt(pipeline, 'uuid'), pipeline]));
      for (const pipeline of built.values()) {
        expect(hashes.has(textAt(pipeline, 'target.commit.hash'))).toBe(true);
        const completed = Date.parse(textAt(pipeline, 'completed_on'));
        expect(completed).toBeGreaterThan(Date.parse(textAt(pipeline, 'created_on')));
        expect(completed).toBeLessThanOrEqual(PRESENT);
      }
      for (const deployment of source.deployments()) {
        const pipeline = built.get(textAt(deployment, 'release.pipeline.uuid'));
        expect(at(pipeline, 'state.result.name')).toBe('SUCCESSFUL');
        expect(textAt(deployment, 'release.commit.hash')).toBe(textAt(pipeline, 'target.commit.hash'));
        const started = Date.parse(textAt(deployment, 'state.started_on'));
        expect(started).toBeGreaterThanOrEqual(Date.parse(textAt(pipeline, 'completed_on')));
        expect(Date.parse(textAt(deployment, 'state.completed_on'))).toBeGreaterThan(started);
      }
    }
  });
});
