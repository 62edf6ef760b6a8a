/** For tests: ledgers as encoders before the first release wrote them. */
import { HOUR, OPENED_AT, aPullRequest, review } from '../facts/testing';

/** As the encoder of the first schema wrote the facts below, before branches' words were kept. */
const FIRST = [
  'XVHLbuMwDPwXnmmUkvyKb22PvXWxJ8MHxaJjAX6ktpKgWOy/F2JS1+iNmhkNh+Q/WNueRwuVQjjzfB4YqhqyrKCsrO',
  'hYWNUqTnKnuiS1mUkOjjjJrOlUl3faKQUIIy8nXgBh4avnm5R2mkPPCzQIx8VObc9rNB6tn0Q4sF35SUXeO6jqAg8N',
  'whpsiAEU6gahG+wp/tJGozYNgr2Efl6gqgmnyzA0CMEuJw6CqK3Vm5+cQNFkPvPE8amKkgylKRF+lyk1j/RRUOaRex',
  'jf0T/zZWl537Ad5nWnNtrktMEvn5J9b/E6j6OPAYGUNmmWF+XBHmGzEzoOWSeKSoqWOVGDddN871NYjRkWmggThRpF',
  'ihoJVfyzyT8uvAaJV5s4vcA3H3q32Nsk4ejRlSdpmwpwb/T6A991q4z/9+xskPPVStan1U/EwU+8Pjt3X7He9iT4O4',
  '/zld1+f50fxMpsQruG5zb4qw+fv48gnNx8p3iw/78A',
].join('');

/** The same as the encoder of the second schema wrote them. */
const SECOND = [
  '2:xO09dBvwACAcBe6ek3jbXDJdRCr4/7hv9573fsumcZNIgpGG2wqc/mwTCTDBJt4ToAjYbFvqn9nJiwMlVY+AspEslC',
  'bI5EAD5LeW51lCUSAeaAzpDo0dz4isyr/aewqjS9QbqiXqWeNTOl+a5EGXo2uSa0QT7cnp2fdBIuCzNW0hYK7CrhW0mY',
  'mON+smAn4TG1s8th0+anM6SXl6HttDDA93sQghI7Cw2rFxNKpZ5Ag99duhXQ5k8at6/0ekMwmERUVIjMueqrjf/K8=',
].join('');

/** What both say. */
export const EARLIER_FACTS = [
  aPullRequest({
    id: 7,
    authorId: '557058:0b7a1c1e-6d1f-4a53-9d0e-5a3f1f6f2d11',
    mergeCommit: '0123456789ab',
    commitAuthoredAt: [OPENED_AT - 30 * HOUR, OPENED_AT + HOUR],
    reviews: [
      review('comment', 2, 'reviewer', true),
      { ...review('changes_requested', 3), actorId: null },
      review('approval', 5),
    ],
    requestedReviewerIds: ['another', 'reviewer'],
    withdrawnApprovals: 1,
    commentCount: 4,
    reviewCommentCount: 1,
    sourceUpdatedAt: [OPENED_AT + 4 * HOUR, OPENED_AT + 6 * HOUR],
    staleApproval: true,
    linesAdded: 120,
    linesRemoved: 0,
    filesChanged: 3,
    coverage: { activity: true, commits: true, diffstat: true },
  }),
  aPullRequest({
    id: 9,
    state: 'DECLINED',
    draft: true,
    authorId: null,
    authorIsBot: true,
    targetBranch: 'release/1',
    branchKind: 'hotfix',
    fromFork: true,
    openedAt: OPENED_AT + 40,
    mergedAt: null,
    closedAt: OPENED_AT + 9 * HOUR,
    closedById: null,
    selfApproved: true,
    lastActivityAt: null,
    lastAuthorActivityAt: null,
    coverage: { activity: false, commits: false, diffstat: false },
  }),
];

/** Each as it was written. */
export const EARLIER_LEDGERS = [
  ['first', FIRST],
  ['second', SECOND],
] as const;
