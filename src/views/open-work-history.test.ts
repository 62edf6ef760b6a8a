import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT } from '../facts/testing';
import { openWorkReport } from './open-work';
import { historyOf } from './open-work-history';

const OPTIONS = { defaultBranch: 'main' };
const DAY = 24 * HOUR;
const NOW = OPENED_AT;

const openedAgo = (days: number, id = days): ReturnType<typeof aPullRequest> =>
  aPullRequest({ id, openedAt: NOW - days * DAY });

describe('the history of a forecast', () => {
  const facts = [openedAgo(1), openedAgo(365), openedAgo(366)];

  it.each([
    ['a year', 0, NOW - 365 * DAY, true, [1, 365]],
    ['what is read', NOW - 30 * DAY, NOW - 30 * DAY, false, [1]],
    ['nothing', null, null, false, []],
  ])('is of pull requests opened in %s', (_name, readSince, from, isWhole, ids) => {
    const history = historyOf(facts, NOW, readSince);
    expect(history).toMatchObject({ from, isWhole });
    expect(history.facts.map(({ id }) => id)).toEqual(ids);
  });

  it('can be longer', () => {
    expect(historyOf(facts, NOW, 0, 366).facts).toHaveLength(3);
  });
});

describe('while the import runs', () => {
  const merges = Array.from({ length: 40 }, (_, place) => openedAgo(10 + place));
  const waiting = anOpenPullRequest({ id: 900, openedAt: NOW - 12 * HOUR });
  const unread = anOpenPullRequest({
    id: 901,
    openedAt: NOW - DAY,
    coverage: { activity: false, commits: false, diffstat: false },
  });
  const facts = [...merges, waiting, unread];
  const report = (readSince: number | null): ReturnType<typeof openWorkReport> =>
    openWorkReport(
      {
        window: { from: NOW - 30 * DAY, to: NOW, days: 30 },
        facts,
        options: OPTIONS,
        repositoryFacts: facts,
      },
      NOW,
      { state: 'importing', readSince },
      true,
    );

  it('nothing is forecast until enough merges are read', () => {
    expect(report(null).history).toMatchObject({ from: null, pastMerges: 0 });
    expect(report(NOW - 38 * DAY).history).toMatchObject({ pastMerges: 29, isWhole: false });
    const kinds = (readSince: number): unknown[] =>
      report(readSince).pullRequests.map(({ id, forecast }) => [
        id,
        forecast.kind === 'none' ? forecast.why : forecast.kind,
      ]);
    expect(kinds(NOW - 38 * DAY)).toEqual([
      [901, 'activity-unread'],
      [900, 'few-merges'],
    ]);
    expect(kinds(NOW - 39 * DAY)).toEqual([
      [901, 'activity-unread'],
      [900, 'chances'],
    ]);
  });

  it('what unread activity would tell is not known', () => {
    expect(report(0).pullRequests[0]).toMatchObject({
      id: 901,
      reviews: null,
      comments: null,
      idleSeconds: null,
      waitingOn: null,
      waitingSince: null,
      waitingFor: [],
      stale: false,
    });
  });
});
