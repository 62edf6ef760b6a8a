import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT } from '../facts/testing';
import { countBots } from './population';

const WINDOW = { from: OPENED_AT - HOUR, to: OPENED_AT + HOUR };
const DECLINED = { state: 'DECLINED', mergedAt: null, mergedAtSource: null } as const;

describe('a pull request of a bot is counted as left out', () => {
  it.each([
    ['opened in the window and still open', anOpenPullRequest(), 1],
    ['opened in the window, merged after it', aPullRequest(), 1],
    ['opened before the window, merged in it', aPullRequest({ openedAt: OPENED_AT - 24 * HOUR }), 1],
    [
      'opened before the window, declined in it',
      aPullRequest({ ...DECLINED, openedAt: OPENED_AT - 24 * HOUR, closedAt: OPENED_AT }),
      1,
    ],
    ['opened and merged in the window, once', aPullRequest({ mergedAt: OPENED_AT + 60 }), 1],
    ['over before the window', aPullRequest({ openedAt: OPENED_AT - 48 * HOUR }), 0],
  ])('%s', (_, facts, expected) => {
    expect(countBots([{ ...facts, authorIsBot: true }], WINDOW)).toBe(expected);
    expect(countBots([facts], WINDOW)).toBe(0);
  });
});
