import { anOpenPullRequest, aPullRequest, HOUR, OPENED_AT, review } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { reminderOf, remindersAmong, waitingOf } from './pull-request-waiting';

const NOW = OPENED_AT + 50 * HOUR;
const OPTIONS = { defaultBranch: 'main' };
const at = (hours: number): number => OPENED_AT + hours * HOUR;

describe('on whom it waits', () => {
  const waiting = (overrides: Partial<PullRequestFacts>): ReturnType<typeof waitingOf> =>
    waitingOf(anOpenPullRequest({ id: 7, ...overrides }), NOW, OPTIONS);

  it('is who was asked, since the opening', () => {
    expect(waiting({ requestedReviewerIds: ['ben', 'cid'] })).toEqual({
      phase: 'open',
      lastActivityAt: OPENED_AT,
      on: 'reviewers',
      since: OPENED_AT,
      people: [
        { personId: 'ben', since: OPENED_AT, cause: 'opened' },
        { personId: 'cid', since: OPENED_AT, cause: 'opened' },
      ],
      alsoDue: [],
    });
  });

  it('is the author after a review, though another review is due', () => {
    expect(
      waiting({ requestedReviewerIds: ['ben', 'cid'], reviews: [review('changes_requested', 3, 'ben')] }),
    ).toMatchObject({
      phase: 'reviewed',
      on: 'author',
      since: at(3),
      people: [{ personId: 'author', since: at(3), cause: 'reviewed' }],
      alsoDue: [{ personId: 'cid', since: OPENED_AT, cause: 'opened' }],
    });
  });

  it('is the reviewer again after a push, and who waits longest comes first', () => {
    expect(
      waiting({
        requestedReviewerIds: ['ben', 'cid'],
        reviews: [review('comment', 3, 'ben')],
        sourceUpdatedAt: [at(2), at(5), at(6)],
        lastAuthorActivityAt: at(6),
      }),
    ).toMatchObject({
      on: 'reviewers',
      since: OPENED_AT,
      people: [
        { personId: 'cid', since: OPENED_AT, cause: 'opened' },
        { personId: 'ben', since: at(5), cause: 'pushed' },
      ],
    });
  });

  it('is who reviewed after the author answered without a push', () => {
    expect(waiting({ reviews: [review('comment', 3, 'ben')], lastAuthorActivityAt: at(4) })).toMatchObject({
      on: 'reviewers',
      since: at(4),
      people: [{ personId: 'ben', since: at(4), cause: 'answered' }],
    });
  });

  it('is nobody where nobody was asked', () => {
    expect(waiting({})).toMatchObject({ on: 'reviewers', since: OPENED_AT, people: [] });
  });

  it('is the author of a draft, whatever else is known', () => {
    const draft = { draft: true, requestedReviewerIds: ['ben'] };
    const expected = {
      phase: 'draft',
      on: 'author',
      people: [{ personId: 'author', since: OPENED_AT, cause: 'draft' }],
      alsoDue: [],
    };
    expect(waiting(draft)).toMatchObject(expected);
    expect(
      waiting({ ...draft, coverage: { activity: false, commits: false, diffstat: false } }),
    ).toMatchObject({ ...expected, lastActivityAt: null });
    expect(waiting({ ...draft, authorId: null })).toMatchObject({ on: 'author', people: [] });
  });

  it('is not known until the activity is read', () => {
    expect(
      waiting({
        requestedReviewerIds: ['ben'],
        coverage: { activity: false, commits: true, diffstat: false },
      }),
    ).toMatchObject({ on: null, people: [], lastActivityAt: null });
  });

  it('is known of a bot’s too, and of nothing that is closed', () => {
    expect(waiting({ authorIsBot: true, requestedReviewerIds: ['ben'] })).toMatchObject({
      people: [{ personId: 'ben' }],
    });
    expect(waitingOf(aPullRequest(), NOW, OPTIONS)).toBeNull();
  });
});

describe('a reminder', () => {
  /** Merged after 10, 20, 30, 40 and 50 hours, reviewed after a tenth of them: 85th percentiles 44 h and 4.4 h. */
  const MERGES = [10, 20, 30, 40, 50].map((hours, place) =>
    aPullRequest({
      id: place + 1,
      openedAt: NOW - 90 * HOUR,
      mergedAt: NOW - (90 - hours) * HOUR,
      reviews: [{ ...review('comment', 0), at: NOW - (90 - hours / 10) * HOUR }],
    }),
  );
  const FIRST_REVIEW_P85 = 15_840;
  const AGE_P85 = 44 * HOUR;

  const reminder = (
    seconds: number,
    overrides: Partial<PullRequestFacts> = {},
    all: readonly PullRequestFacts[] = MERGES,
  ): ReturnType<typeof reminderOf> => {
    const facts = anOpenPullRequest({ id: 7, openedAt: NOW - seconds, ...overrides });
    return reminderOf(facts, [...all, facts], NOW, OPTIONS);
  };

  it.each([
    [4 * HOUR, false, false],
    [FIRST_REVIEW_P85, false, false],
    [FIRST_REVIEW_P85 + 1, true, false],
    [AGE_P85, true, false],
    [AGE_P85 + 1, true, true],
  ])('of one that is open for %i seconds without a review', (seconds, isReviewLate, isOld) => {
    expect(reminder(seconds)).toEqual({
      age: { seconds, p85Seconds: AGE_P85, isOver: isOld },
      firstReview: { seconds, p85Seconds: FIRST_REVIEW_P85, isOver: isReviewLate },
      isLate: isReviewLate,
    });
  });

  it('is not for a first review that came, or that nobody knows of', () => {
    const reviews = [{ ...review('comment', 0), at: NOW - HOUR }];
    expect(reminder(40 * HOUR, { reviews })).toMatchObject({ firstReview: null, isLate: false });
    const coverage = { activity: false, commits: true, diffstat: false };
    expect(reminder(50 * HOUR, { coverage })).toMatchObject({
      firstReview: null,
      age: { isOver: true },
      isLate: true,
    });
  });

  it('is of no draft, however old: it waits for nobody', () => {
    expect(reminder(400 * HOUR, { draft: true })).toBeNull();
  });

  it('is the same of one as among several', () => {
    const asked = [5, 30, 60].map((hours, place) =>
      anOpenPullRequest({ id: 20 + place, openedAt: NOW - hours * HOUR }),
    );
    const all = [...MERGES, ...asked];
    const { p85, byId } = remindersAmong(asked, all, NOW, OPTIONS);
    expect(p85).toEqual({ timeToMerge: AGE_P85, timeToFirstReview: FIRST_REVIEW_P85 });
    expect([...byId.keys()].toSorted()).toEqual([20, 21, 22]);
    for (const each of asked) expect(byId.get(each.id)).toEqual(reminderOf(each, all, NOW, OPTIONS));
  });

  it('compares with nothing below five merges', () => {
    expect(reminder(400 * HOUR, {}, MERGES.slice(1))).toEqual({
      age: { seconds: 400 * HOUR, p85Seconds: null, isOver: null },
      firstReview: { seconds: 400 * HOUR, p85Seconds: null, isOver: null },
      isLate: null,
    });
  });

  it('compares a bot’s with those of people, and none that is closed', () => {
    const bots = MERGES.map((each) => ({ ...each, id: each.id + 10, authorIsBot: true, mergedAt: NOW - 1 }));
    expect(reminder(45 * HOUR, { authorIsBot: true }, [...MERGES, ...bots])).toMatchObject({
      age: { p85Seconds: 44 * HOUR, isOver: true },
    });
    expect(reminderOf(aPullRequest(), MERGES, NOW, OPTIONS)).toBeNull();
  });
});
