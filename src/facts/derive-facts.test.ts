import fc from 'fast-check';
import { deriveFacts, type ActivitySource, type Actor, type FactSources } from './derive-facts';
import { NOTHING_OBSERVED } from './observations';

const AUTHOR: Actor = { id: 'author', isBot: false };
const REVIEWER: Actor = { id: 'reviewer', isBot: false };
const OTHER: Actor = { id: 'other', isBot: false };
const BOT: Actor = { id: 'bot', isBot: true };
const NOBODY: Actor = { id: null, isBot: false };

const OPENED = Date.UTC(2026, 5, 1, 9);
const HOUR = 3_600_000;

function update(hours: number, sourceCommit: string | null, state = 'OPEN'): ActivitySource {
  return { kind: 'update', at: OPENED + hours * HOUR, actor: AUTHOR, state, sourceCommit };
}

function comment(
  hours: number,
  actor: Actor,
  extra: { deleted?: boolean; inline?: boolean } = {},
): ActivitySource {
  return { kind: 'comment', at: OPENED + hours * HOUR, actor, deleted: false, inline: false, ...extra };
}

function approval(hours: number, actor: Actor): ActivitySource {
  return { kind: 'approval', at: OPENED + hours * HOUR, actor };
}

function sources(
  activity: readonly ActivitySource[] | null,
  pullRequest: Partial<FactSources['pullRequest']> = {},
  rest: Partial<Omit<FactSources, 'pullRequest' | 'activity'>> = {},
): FactSources {
  return {
    pullRequest: {
      id: 7,
      state: 'MERGED',
      draft: false,
      author: AUTHOR,
      createdAt: OPENED,
      closedBy: OTHER,
      mergeCommit: { hash: 'abcdef123456', date: OPENED + 50 * HOUR },
      branchKind: 'feature',
      branchWords: [],
      targetBranch: 'main',
      fromFork: false,
      participants: [],
      reviewers: [],
      ...pullRequest,
    },
    activity,
    commits: null,
    diffstat: null,
    observations: NOTHING_OBSERVED,
    now: OPENED + 1_000 * HOUR,
    ...rest,
  };
}

const seconds = (hours: number): number => (OPENED + hours * HOUR) / 1000;

describe('the merge instant', () => {
  it('is the earliest update that shows MERGED, where the merge is logged several times', () => {
    const facts = deriveFacts(
      sources([update(30, 'b', 'MERGED'), update(20, 'b', 'MERGED'), update(0, 'b')]),
    );
    expect(facts).toMatchObject({ mergedAt: seconds(20), closedAt: seconds(20), mergedAtSource: 'activity' });
  });

  it('is the merge commit’s date while activity has not been read', () => {
    expect(deriveFacts(sources(null))).toMatchObject({ mergedAt: seconds(50), mergedAtSource: 'list' });
  });

  it('is the event’s instant where nothing else tells it', () => {
    const observations = { sightings: [], closedAt: OPENED + 9 * HOUR };
    const facts = deriveFacts(sources(null, { mergeCommit: null }, { observations }));
    expect(facts).toMatchObject({ mergedAt: seconds(9), mergedAtSource: 'event' });
  });

  it('is unknown, not the opening, where no source tells it', () => {
    const facts = deriveFacts(sources([update(0, 'a')], { mergeCommit: null }));
    expect(facts).toMatchObject({ mergedAt: null, closedAt: null, mergedAtSource: null });
  });

  it('stays empty for a declined pull request, which has only a closing', () => {
    const facts = deriveFacts(sources([update(5, 'a', 'DECLINED'), update(0, 'a')], { state: 'DECLINED' }));
    expect(facts).toMatchObject({ mergedAt: null, closedAt: seconds(5), mergedAtSource: null });
  });
});

describe('reviews', () => {
  const merged = update(10, 'a', 'MERGED');

  it('are acts of others than the author and bots between opening and closing', () => {
    const facts = deriveFacts(
      sources([
        approval(11, REVIEWER),
        merged,
        approval(9, REVIEWER),
        comment(5, BOT),
        comment(4, OTHER, { inline: true }),
        comment(3, AUTHOR),
        approval(2, AUTHOR),
        comment(-1, OTHER),
        comment(1, OTHER, { deleted: true }),
        update(0, 'a'),
      ]),
    );
    expect(facts.reviews).toEqual([
      { actorId: 'other', kind: 'comment', at: seconds(4), inline: true },
      { actorId: 'reviewer', kind: 'approval', at: seconds(9), inline: false },
    ]);
    expect(facts.selfApproved).toBe(true);
  });

  it('count an account that is gone, since it was not the author’s', () => {
    expect(deriveFacts(sources([merged, comment(4, NOBODY)])).reviews).toHaveLength(1);
  });

  it('take from participants what activity does not show, and once what both show', () => {
    const participants = [
      { account: REVIEWER, approved: true, changesRequested: false, at: OPENED + 9 * HOUR },
      { account: OTHER, approved: false, changesRequested: true, at: OPENED + 6 * HOUR },
      { account: BOT, approved: true, changesRequested: false, at: OPENED + 6 * HOUR },
    ];
    const { reviews } = deriveFacts(sources([merged, approval(9, REVIEWER)], { participants }));
    expect(reviews.map(({ actorId, kind }) => [actorId, kind])).toEqual([
      ['other', 'changes_requested'],
      ['reviewer', 'approval'],
    ]);
  });

  it('keep an approval that only an event showed, since Bitbucket forgets withdrawn ones', () => {
    const at = OPENED + 3 * HOUR;
    const sightings = [
      { at, truncated: false, statuses: [{ actorId: 'reviewer', status: 'approved', at }] },
      { at: at + HOUR, truncated: false, statuses: [] },
    ];
    const facts = deriveFacts(sources([merged], {}, { observations: { sightings, closedAt: null } }));
    expect(facts.reviews).toEqual([{ actorId: 'reviewer', kind: 'approval', at: seconds(3), inline: false }]);
    expect(facts.withdrawnApprovals).toBe(1);
  });
});

describe('comments', () => {
  it('count by anyone up to close, without deleted ones; those of others apart', () => {
    const facts = deriveFacts(
      sources([
        comment(12, OTHER),
        update(10, 'a', 'MERGED'),
        comment(5, AUTHOR),
        comment(4, OTHER),
        comment(3, BOT),
        comment(2, OTHER, { deleted: true }),
      ]),
    );
    expect(facts).toMatchObject({ commentCount: 3, reviewCommentCount: 2 });
  });
});

describe('changes of the source commit', () => {
  it('are updates whose commit differs from the one before; an unknown commit tells nothing', () => {
    const facts = deriveFacts(
      sources([
        update(20, 'c', 'MERGED'),
        update(15, 'c'),
        update(10, null),
        update(8, 'b'),
        update(5, 'a'),
        update(0, 'a'),
      ]),
    );
    expect(facts.sourceUpdatedAt).toEqual([seconds(8), seconds(15)]);
  });

  it('make an approval stale where they come between the last approval and the merge', () => {
    const stale = [update(20, 'b', 'MERGED'), update(15, 'b'), approval(10, REVIEWER), update(0, 'a')];
    const fresh = [update(20, 'b', 'MERGED'), approval(16, REVIEWER), update(15, 'b'), update(0, 'a')];
    expect(deriveFacts(sources(stale)).staleApproval).toBe(true);
    expect(deriveFacts(sources(fresh)).staleApproval).toBe(false);
  });
});

describe('own commits and sizes', () => {
  it('leave out merges, the merge commit by prefix, the null revision, and impossible dates', () => {
    const commit = (hash: string, hours: number, parents = ['p']) => ({
      hash,
      at: OPENED + hours * HOUR,
      parents,
    });
    const commits = [
      commit('abcdef1234567890', 20),
      commit('1111', -5, ['p', 'q']),
      commit('0000000000000000', -9),
      { hash: '2222', at: Date.UTC(1999, 0, 1), parents: [] },
      commit('3333', 2_000),
      { hash: '4444', at: null, parents: [] },
      commit('5555', -1),
      commit('6666', -3),
    ];
    const facts = deriveFacts(sources([], {}, { commits }));
    expect(facts.commitAuthoredAt).toEqual([seconds(-3), seconds(-1)]);
  });

  it('sum the diffstat, and are unknown without one', () => {
    const diffstat = [
      { linesAdded: 3, linesRemoved: 1 },
      { linesAdded: 4, linesRemoved: 0 },
    ];
    expect(deriveFacts(sources([], {}, { diffstat }))).toMatchObject({
      linesAdded: 7,
      linesRemoved: 1,
      filesChanged: 2,
    });
    expect(deriveFacts(sources([]))).toMatchObject({ linesAdded: null, filesChanged: null });
  });
});

it('gives the same facts for the same entries in any order', () => {
  const entries = [
    update(20, 'c', 'MERGED'),
    update(15, 'c'),
    approval(14, REVIEWER),
    update(8, 'b'),
    comment(7, OTHER),
    comment(6, AUTHOR),
    update(0, 'a'),
  ];
  const expected = deriveFacts(sources(entries));
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      expect(deriveFacts(sources(shuffled))).toEqual(expected);
    }),
  );
});
