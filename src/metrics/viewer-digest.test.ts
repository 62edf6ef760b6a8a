import fc from 'fast-check';
import { anOpenPullRequest, aPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { digestSince, viewerDigest, type ViewerDigest } from './viewer-digest';

const NOW = OPENED_AT + 50 * HOUR;
const OPTIONS = { defaultBranch: 'main' };
const at = (hours: number): number => OPENED_AT + hours * HOUR;

const digestOf = (...facts: readonly PullRequestFacts[]): ViewerDigest =>
  viewerDigest(facts, 'ann', at(26), NOW, OPTIONS);
const mine = (id: number, overrides: Partial<PullRequestFacts> = {}): PullRequestFacts =>
  anOpenPullRequest({ id, authorId: 'ann', ...overrides });

describe('reviews that are due', () => {
  const asked = { requestedReviewerIds: ['ann', 'ben'] };

  it('are those that the viewer was asked for, or that a push or an answer asks for again', () => {
    const { toReview } = digestOf(
      anOpenPullRequest({ id: 1, openedAt: at(20), ...asked }),
      anOpenPullRequest({
        id: 2,
        reviews: [review('comment', 3, 'ann')],
        sourceUpdatedAt: [at(5)],
        lastAuthorActivityAt: at(5),
      }),
      anOpenPullRequest({ id: 3, reviews: [review('comment', 3, 'ann')], lastAuthorActivityAt: at(7) }),
    );
    expect(toReview).toEqual([
      { pullRequest: 2, at: at(5) },
      { pullRequest: 3, at: at(7) },
      { pullRequest: 1, at: at(20) },
    ]);
  });

  it('are due also while another review is back with the author', () => {
    const { toReview } = digestOf(anOpenPullRequest({ ...asked, reviews: [review('comment', 3, 'ben')] }));
    expect(toReview).toEqual([{ pullRequest: 1, at: OPENED_AT }]);
  });

  it('are not those of drafts, of bots, of what is closed, and that the viewer gave', () => {
    const { toReview } = digestOf(
      anOpenPullRequest({ id: 1, draft: true, ...asked }),
      anOpenPullRequest({ id: 2, authorIsBot: true, ...asked }),
      aPullRequest({ id: 3, ...asked }),
      anOpenPullRequest({ id: 4, ...asked, reviews: [review('approval', 3, 'ann')] }),
    );
    expect(toReview).toEqual([]);
  });
});

it('puts the viewer’s own where they stand', () => {
  const digest = digestOf(
    mine(1, { reviews: [review('changes_requested', 3)] }),
    mine(2, { reviews: [review('approval', 4)] }),
    mine(3, { requestedReviewerIds: ['ben'] }),
    mine(4, { draft: true, reviews: [review('comment', 3)] }),
    mine(5, { coverage: { activity: false, commits: true, diffstat: false } }),
  );
  expect(digest).toEqual({
    toReview: [],
    toAnswer: [{ pullRequest: 1, at: at(3) }],
    toMerge: [{ pullRequest: 2, at: at(4) }],
    waiting: [{ pullRequest: 3, at: OPENED_AT }],
    drafts: [{ pullRequest: 4, at: OPENED_AT }],
    unread: [{ pullRequest: 5, at: OPENED_AT }],
    closed: [],
  });
});

it('tells what was closed of the viewer’s since the instant', () => {
  const { closed } = digestOf(
    mine(1, { state: 'MERGED', mergedAt: at(26) }),
    mine(2, { state: 'DECLINED', closedAt: at(40) }),
    mine(3, { state: 'MERGED', mergedAt: at(26) - 1, closedAt: at(26) - 1 }),
    aPullRequest({ id: 4, authorId: 'ben', mergedAt: at(40) }),
    mine(5, { state: 'SUPERSEDED', closedAt: null }),
  );
  expect(closed).toEqual([
    { pullRequest: 1, at: at(26), state: 'MERGED' },
    { pullRequest: 2, at: at(40), state: 'DECLINED' },
  ]);
});

describe('of any facts', () => {
  const listed = (digest: ViewerDigest): readonly number[] =>
    [digest.toAnswer, digest.toMerge, digest.waiting, digest.drafts, digest.unread]
      .flat()
      .map(({ pullRequest }) => pullRequest);
  const ascending = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => a - b);

  it('each open one of the viewer is in exactly one list of their own, and nothing of others is', () => {
    fc.assert(
      fc.property(severalFacts(), fc.constantFrom('ann', 'ben'), (facts, viewerId) => {
        const digest = viewerDigest(facts, viewerId, NOW - 24 * HOUR, NOW, OPTIONS);
        const own = facts.filter(({ authorId, authorIsBot }) => authorId === viewerId && !authorIsBot);
        const open = own.filter(({ state, openedAt }) => state === 'OPEN' && openedAt <= NOW);
        expect(ascending(listed(digest))).toEqual(ascending(open.map(({ id }) => id)));
        const closed = new Set(own.filter(({ state }) => state !== 'OPEN').map(({ id }) => id));
        expect(digest.closed.filter(({ pullRequest }) => !closed.has(pullRequest))).toEqual([]);
      }),
    );
  });

  it('a review is due only on open ones of others, and no draft', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        const asked = facts.map((each) => ({ ...each, requestedReviewerIds: ['ann'] }));
        const { toReview } = viewerDigest(asked, 'ann', NOW - 24 * HOUR, NOW, OPTIONS);
        const may = new Map(
          asked
            .filter((each) => each.state === 'OPEN' && !each.draft && each.authorId !== 'ann')
            .map((each) => [each.id, each]),
        );
        for (const { pullRequest, at: since } of toReview) {
          const { openedAt = Number.NaN } = may.get(pullRequest) ?? {};
          expect(since).toBeGreaterThanOrEqual(openedAt);
        }
        const given = (each: PullRequestFacts): boolean =>
          each.reviews.some(({ actorId }) => actorId === 'ann');
        const due = [...may.values()].filter(
          (each) => !each.authorIsBot && each.coverage.activity && each.openedAt <= NOW && !given(each),
        );
        const listedIds = new Set(toReview.map(({ pullRequest }) => pullRequest));
        expect(due.filter(({ id }) => !listedIds.has(id))).toEqual([]);
      }),
    );
  });
});

describe('what a digest begins with', () => {
  const day = (text: string): number => Date.parse(text) / 1000;

  it.each([
    ['2026-11-20T09:00:00Z', 'UTC', 24],
    ['2026-11-23T09:00:00Z', 'UTC', 72],
    ['2026-11-24T00:00:00Z', 'UTC', 24],
    // Sunday evening in London is Monday morning in Auckland.
    ['2026-11-22T20:00:00Z', 'Pacific/Auckland', 72],
    ['2026-11-22T20:00:00Z', 'Europe/London', 24],
  ])('at %s in %s is %i hours before', (now, timeZone, hours) => {
    expect(day(now) - digestSince(day(now), timeZone)).toBe(hours * HOUR);
  });

  it('is not known of a zone that does not exist', () => {
    expect(() => digestSince(NOW, 'Europe/Nowhere')).toThrow(RangeError);
  });
});
