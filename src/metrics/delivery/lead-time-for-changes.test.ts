import { HOUR } from '../../facts/testing';
import type { Window } from '../figures';
import { calendarTime } from '../working-time';
import { leadTimeForChanges } from './lead-time-for-changes';
import { aDeployment, aMerge, at, delivered } from './testing';

const WINDOW = { from: at(-100), to: at(100) };

/** Hours, in the order of the evidence. */
function hours(facts: Parameters<typeof delivered>[0], window: Window = WINDOW): readonly number[] {
  return leadTimeForChanges(delivered(facts).deployments, window, calendarTime).evidence.map(
    ({ value }) => value / HOUR,
  );
}

it('is from each own commit to the deployment, with the median as headline', () => {
  const pullRequests = [
    aMerge(1, 10, { commitAuthoredAt: [at(0), at(9)] }),
    aMerge(2, 20, { commitAuthoredAt: [at(17)] }),
  ];
  const { figure, evidence } = leadTimeForChanges(
    delivered({ pullRequests }).deployments,
    WINDOW,
    calendarTime,
  );
  expect(figure).toMatchObject({ unit: 's', n: 3, p50: 3 * HOUR, mean: (14 / 3) * HOUR });
  expect(evidence[0]).toEqual({
    kind: 'pull-request',
    id: '1',
    value: 10 * HOUR,
    instants: [
      { name: 'authoredAt', at: at(0), source: 'commits' },
      { name: 'deployedAt', at: at(10), source: 'activity' },
    ],
  });
});

it('runs to the end of the deployment that brought the pull request, not to its merge', () => {
  const deployments = [aDeployment(null, -50), aDeployment(null, 30)];
  expect(hours({ pullRequests: [aMerge(1, 10)], deployments })).toEqual([22]);
});

it('is 0, not less, for a commit dated after the deployment', () => {
  expect(hours({ pullRequests: [aMerge(1, 10, { commitAuthoredAt: [at(8), at(12)] })] })).toEqual([2, 0]);
});

it('counts a change in its first deployment only, whatever the window', () => {
  const pullRequests = [
    aMerge(1, 10, { commitAuthoredAt: [at(1), at(1), at(2)] }),
    aMerge(2, 20, { commitAuthoredAt: [at(2), at(15)] }),
  ];
  expect(hours({ pullRequests })).toEqual([9, 9, 8, 5]);
  expect(hours({ pullRequests }, { from: at(15), to: at(100) })).toEqual([5]);
  expect(hours({ pullRequests: pullRequests.toReversed() })).toEqual([9, 9, 8, 5]);
});

it('counts by the instant of the deployment: the beginning of the window is in it, the end is not', () => {
  const pullRequests = [aMerge(1, 10), aMerge(2, 20)];
  expect(hours({ pullRequests }, { from: at(10), to: at(20) })).toEqual([2]);
});

it('leaves out, and counts, the deployed pull requests whose commits are not known', () => {
  const pullRequests = [aMerge(1, 10, { commitAuthoredAt: [] }), aMerge(2, 20)];
  const { figure, leftOut } = leadTimeForChanges(
    delivered({ pullRequests }).deployments,
    WINDOW,
    calendarTime,
  );
  expect([figure.n, leftOut]).toEqual([1, 1]);
});

it('is unknown without changes', () => {
  expect(leadTimeForChanges(delivered({}).deployments, WINDOW, calendarTime).figure).toMatchObject({
    n: 0,
    p50: null,
  });
});
