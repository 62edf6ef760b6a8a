import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { pullRequestFigures } from './pull-request-figures';
import { reviewEvidence, reviewLoadOf, type ReviewLoad } from './review-load';
import { isWithin, SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const WINDOW = { from: OPENED_AT - 30 * SECONDS_A_DAY, to: OPENED_AT + 30 * SECONDS_A_DAY };
const NOW = WINDOW.to;
const UNREAD = { activity: false, commits: true, diffstat: true };
const at = (hours: number): number => OPENED_AT + hours * HOUR;

const evidenceOf = (...facts: readonly PullRequestFacts[]): ReturnType<typeof reviewEvidence> =>
  reviewEvidence(facts, WINDOW, NOW, OPTIONS);

/** From what each response to one pull request is timed, and the hours it took. */
function responsesTo(overrides: Partial<PullRequestFacts>): readonly (readonly [string, number])[] {
  const { reviewers } = evidenceOf(aPullRequest(overrides));
  return reviewers.flatMap(({ reviewed }) =>
    reviewed.flatMap(({ responses }) =>
      responses.map(({ start, reviewedAt }) => [start.name, (reviewedAt - start.at) / HOUR] as const),
    ),
  );
}

/** For whom an open pull request waits, and since how many hours after its opening. */
function waitingFor(overrides: Partial<PullRequestFacts>): readonly (readonly [string, number])[] {
  const { reviewers } = evidenceOf(anOpenPullRequest(overrides));
  return reviewers.flatMap(({ reviewerId, waiting }) =>
    waiting.map(({ start }) => [reviewerId, (start.at - OPENED_AT) / HOUR] as const),
  );
}

describe('a response', () => {
  it('is timed from the opening, then from the first push that followed the last review', () => {
    const reviews = [review('comment', 2), review('changes_requested', 3), review('approval', 10)];
    expect(responsesTo({ reviews, sourceUpdatedAt: [at(1), at(6), at(8)] })).toEqual([
      ['openedAt', 2],
      ['sourceUpdatedAt', 4],
    ]);
  });

  it.each([
    ['before another review without a push', [review('comment', 2), review('approval', 3)], [], [2]],
    ['to a push after the last review', [review('comment', 2)], [5], [2]],
    ['to a push in the second of the last review', [review('comment', 2), review('approval', 4)], [2], [2]],
    ['in the second of the push', [review('comment', 2), review('approval', 4)], [4], [2, 0]],
    ['of each reviewer by itself', [review('comment', 2, 'ann'), review('comment', 7, 'ben')], [5], [2, 7]],
    [
      'after two pushes with a review between',
      [2, 4, 9].map((hours) => review('comment', hours)),
      [3, 8],
      [2, 1, 1],
    ],
  ] as const)('%s', (_, reviews, pushes, hours) => {
    const responses = responsesTo({ reviews, sourceUpdatedAt: pushes.map(at) });
    expect(responses.map(([, each]) => each)).toEqual(hours);
  });
});

describe('an open pull request waits', () => {
  it.each([
    ['for whoever is asked and has not reviewed', { requestedReviewerIds: ['ann', 'ben'] }, ['ann', 'ben']],
    [
      'for nobody who has reviewed',
      { requestedReviewerIds: ['ann'], reviews: [review('approval', 1, 'ann')] },
      [],
    ],
    ['for nobody who was not asked', {}, []],
    ['never for its author', { requestedReviewerIds: ['author'] }, []],
    ['for nobody while it is a draft', { requestedReviewerIds: ['ann'], draft: true }, []],
    ['for nobody known until its activity is read', { requestedReviewerIds: ['ann'], coverage: UNREAD }, []],
    ['for nobody before it is opened', { requestedReviewerIds: ['ann'], openedAt: NOW + 1 }, []],
    ['for nobody who was asked by a bot’s', { requestedReviewerIds: ['ann'], authorIsBot: true }, []],
  ])('%s', (_, overrides, expected) => {
    expect(waitingFor(overrides).map(([reviewerId]) => reviewerId)).toEqual(expected);
  });

  it('since the opening, or since the first push that followed a person’s last review', () => {
    const reviews = [review('comment', 1, 'ben'), review('approval', 6, 'cid')];
    expect(waitingFor({ requestedReviewerIds: ['ann'], reviews, sourceUpdatedAt: [at(3), at(5)] })).toEqual([
      ['ann', 0],
      ['ben', 3],
    ]);
  });

  it('no more for whoever reviewed after the last push', () => {
    const reviews = [review('comment', 1, 'ben'), review('comment', 4, 'ben')];
    expect(waitingFor({ reviews, sourceUpdatedAt: [at(3)] })).toEqual([]);
  });

  it('no more once it is merged or declined', () => {
    const asked = { requestedReviewerIds: ['ann'] };
    const declined = { ...asked, id: 2, state: 'DECLINED', mergedAt: null, mergedAtSource: null } as const;
    expect(evidenceOf(aPullRequest(asked), aPullRequest({ ...declined, closedAt: at(3) })).reviewers).toEqual(
      [],
    );
  });
});

it('reckons each reviewer’s load', () => {
  const { reviewers } = evidenceOf(
    aPullRequest({
      reviews: [
        review('comment', 1, 'ben'),
        review('comment', 2, 'ann', true),
        review('changes_requested', 2, 'ann'),
        review('approval', 9, 'ann'),
      ],
      sourceUpdatedAt: [at(5)],
    }),
    aPullRequest({ id: 2, reviews: [review('approval', 12, 'ann')] }),
    anOpenPullRequest({ id: 3, requestedReviewerIds: ['ann', 'cid'] }),
  );
  const loads = reviewers.map(reviewLoadOf).map(({ timeToRespond, ...load }) => ({
    ...load,
    hours: timeToRespond.p50 === null ? null : timeToRespond.p50 / HOUR,
    responses: timeToRespond.n,
  }));
  const none = {
    pullRequestsReviewed: 0,
    approvals: 0,
    changesRequested: 0,
    comments: 0,
    openReviewsWaiting: 0,
  };
  expect(loads).toEqual([
    {
      reviewerId: 'ann',
      pullRequestsReviewed: 2,
      approvals: 2,
      changesRequested: 1,
      comments: 1,
      openReviewsWaiting: 1,
      // Of 2, 4 and 12.
      hours: 4,
      responses: 3,
    },
    { ...none, reviewerId: 'ben', pullRequestsReviewed: 1, comments: 1, hours: 1, responses: 1 },
    { ...none, reviewerId: 'cid', openReviewsWaiting: 1, hours: null, responses: 0 },
  ]);
});

describe('what is left out, and told', () => {
  it('is a pull request whose activity was not read, since participants tell verdicts alone', () => {
    const reviews = [review('approval', 1)];
    const evidence = evidenceOf(
      aPullRequest({ reviews, coverage: UNREAD }),
      anOpenPullRequest({ id: 2, reviews, coverage: UNREAD }),
      anOpenPullRequest({ id: 3, draft: true, coverage: UNREAD }),
    );
    expect(evidence).toMatchObject({ reviewers: [], authorIds: [], leftOut: { merged: 1, open: 1 } });
  });

  it('is a review of an account that is gone', () => {
    const reviews = [{ ...review('comment', 1), actorId: null }, review('comment', 2), review('approval', 2)];
    const evidence = evidenceOf(aPullRequest({ reviews }));
    expect(evidence.unattributed).toBe(1);
    expect(evidence.reviewers.map(({ reviewerId }) => reviewerId)).toEqual(['reviewer']);
  });

  it('is what was merged before or after the window', () => {
    const reviews = [review('approval', 1)];
    expect(evidenceOf(aPullRequest({ reviews, mergedAt: WINDOW.to })).reviewers).toEqual([]);
    expect(evidenceOf(aPullRequest({ reviews, mergedAt: WINDOW.to - 1 })).reviewers).toHaveLength(1);
  });

  it('is a bot’s pull request; switched in, its reviews count, but the bot is not one of the people', () => {
    const facts = [aPullRequest({ reviews: [review('approval', 1)], authorId: 'bot', authorIsBot: true })];
    expect(evidenceOf(...facts).reviewers).toEqual([]);
    const all = reviewEvidence(facts, WINDOW, NOW, { ...OPTIONS, includeBots: true });
    expect([all.reviewers.length, all.authorIds]).toEqual([1, []]);
  });
});

describe('every load', () => {
  /** Counted from the facts alone, one review at a time. */
  function recount(
    facts: readonly PullRequestFacts[],
    reviewerId: string,
  ): Omit<ReviewLoad, 'openReviewsWaiting'> {
    const load = { pullRequestsReviewed: 0, approvals: 0, changesRequested: 0, comments: 0 };
    const seconds: number[] = [];
    for (const each of facts) {
      if (each.authorIsBot || !each.coverage.activity || !isWithin(WINDOW, each.mergedAt)) continue;
      let due: number | null = each.openedAt;
      let reviewed = false;
      const acts = [
        ...each.sourceUpdatedAt.map((instant) => ({ at: instant, kind: 'push' as const })),
        ...each.reviews.filter(({ actorId }) => actorId === reviewerId),
      ].sort((a, b) => a.at - b.at);
      // Of acts in one second, the pushes of the sorted list come first.
      for (const act of acts) {
        if (act.kind === 'push') {
          if (reviewed && due === null) due = act.at;
          continue;
        }
        load.approvals += Number(act.kind === 'approval');
        load.changesRequested += Number(act.kind === 'changes_requested');
        load.comments += Number(act.kind === 'comment');
        if (due !== null) seconds.push(act.at - due);
        due = null;
        reviewed = true;
      }
      load.pullRequestsReviewed += Number(reviewed);
    }
    const ascending = seconds.sort((a, b) => a - b);
    const n = ascending.length;
    const middle = [ascending[Math.floor((n - 1) / 2)] ?? 0, ascending[Math.ceil((n - 1) / 2)] ?? 0] as const;
    const p50 = n === 0 ? null : Math.round((middle[0] + middle[1]) / 2);
    return { reviewerId, ...load, timeToRespond: expect.objectContaining({ n, p50 }) };
  }

  it('is what a recount of the facts gives', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        for (const evidence of evidenceOf(...facts).reviewers) {
          const { openReviewsWaiting, ...load } = reviewLoadOf(evidence);
          expect(load).toEqual(recount(facts, evidence.reviewerId));
          expect(openReviewsWaiting).toBe(evidence.waiting.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('together makes the reviewers per pull request that METRICS 3 counts', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        const { reviewers, leftOut } = evidenceOf(...facts);
        const figures = pullRequestFigures(facts, WINDOW, OPTIONS);
        const pairs = reviewers.reduce((sum, { reviewed }) => sum + reviewed.length, 0);
        expect(pairs).toBe(Math.round((figures.reviewers.mean ?? 0) * figures.reviewers.n));
        expect(leftOut.merged).toBe(figures.merged.value - figures.reviewers.n);
      }),
    );
  });

  it('does not depend on the order of the pull requests, nor on those of bots', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        const evidence = evidenceOf(...facts);
        expect(evidenceOf(...facts.toReversed())).toEqual(evidence);
        expect(evidenceOf(...facts.filter(({ authorIsBot }) => !authorIsBot))).toEqual(evidence);
      }),
    );
  });
});
