import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT } from '../facts/testing';
import { closingOf, livedIn } from './closing';

const at = (hours: number): number => OPENED_AT + hours * HOUR;
const DECLINED = { state: 'DECLINED', mergedAt: null, mergedAtSource: null } as const;

it.each([
  ['a merge by its merge instant', aPullRequest({ mergedAt: at(5), closedAt: at(6) }), at(5)],
  ['a merge whose instant nothing tells', aPullRequest({ mergedAt: null, closedAt: at(6) }), null],
  ['a decline', aPullRequest({ ...DECLINED, closedAt: at(7) }), at(7)],
  ['nothing while it is open', anOpenPullRequest(), null],
])('the closing is told of %s', (_, facts, expected) => {
  expect(closingOf(facts)).toBe(expected);
});

describe('a pull request opened at 0 and merged at 24 hours lived', () => {
  it.each([
    ['within the window', -1, 25, true],
    ['on both sides of the window', 5, 6, true],
    ['up to the window’s first second', 24, 30, true],
    ['not after it', 25, 30, false],
    ['not before the opening: the window’s end is not in it', -5, 0, false],
    ['in a window that begins with it', 0, 1, true],
    ['in no window that is empty', 5, 5, false],
    ['in no window that ends before it begins', 6, 5, false],
  ])('%s', (_, from, to, expected) => {
    expect(livedIn(aPullRequest(), { from: at(from), to: at(to) })).toBe(expected);
  });
});

it.each([
  ['an open one', anOpenPullRequest()],
  ['a closed one whose end nothing tells', aPullRequest({ ...DECLINED, closedAt: null })],
])('%s lives on', (_, facts) => {
  expect(livedIn(facts, { from: at(9_000), to: at(9_001) })).toBe(true);
  expect(livedIn(facts, { from: at(-2), to: at(-1) })).toBe(false);
});

it('a merge dated before the opening counts by both instants', () => {
  const facts = aPullRequest({ mergedAt: at(-3) });
  const windows = [-4, -3, -1, 0, 1].map((from) => ({ from: at(from), to: at(from + 1) }));
  expect(windows.map((window) => livedIn(facts, window))).toEqual([false, true, true, true, false]);
});
