import { HOUR } from '../../facts/testing';
import { calendarTime } from '../working-time';
import { aDeployment, aDirectPush, aMerge, at, delivered } from './testing';
import { timeToRestore } from './time-to-restore';

const WINDOW = { from: at(-100), to: at(1_000) };
const NOW = at(1_000);
const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(12)) as [
  string,
  string,
  string,
  string,
];

function restore(facts: Parameters<typeof delivered>[0], window = WINDOW) {
  return timeToRestore(delivered(facts).failures, window, NOW, calendarTime);
}

/** Hours, in the order of the failed deployments. */
function hours(facts: Parameters<typeof delivered>[0]): readonly number[] {
  return restore(facts).evidence.map(({ value }) => value / HOUR);
}

describe('is from the failed deployment', () => {
  it('to the merge of the hotfix or to the direct push where merges count as deployments', () => {
    const hotfix = aMerge(9, 14, { branchKind: 'hotfix' });
    expect(hours({ pullRequests: [aMerge(1, 10), hotfix] })).toEqual([4]);
    expect(hours({ pullRequests: [aMerge(1, 10)], pushes: [aDirectPush(12.5)] })).toEqual([2.5]);
  });

  it('to the end of the deployment that brought the hotfix or the direct push', () => {
    const deployments = [aDeployment(A, 1), aDeployment(B, 3)];
    const pullRequests = [aMerge(1, 2, { branchKind: 'hotfix' })];
    expect(hours({ pullRequests, deployments })).toEqual([2]);
    expect(hours({ pushes: [aDirectPush(2, B)], deployments })).toEqual([2]);
    // The deployment at 3 has begun already: the next one brings it.
    const later = [...deployments, aDeployment(C, 5)];
    expect(hours({ pushes: [aDirectPush(2.9, D)], deployments: later })).toEqual([4]);
  });

  it('to the end of the rollback', () => {
    const deployments = [aDeployment(A, 1), aDeployment(B, 3), aDeployment(A, 7)];
    expect(hours({ deployments })).toEqual([4]);
  });

  it('to the next success after a failed attempt', () => {
    const deployments = [aDeployment(A, 1), aDeployment(B, 2, { status: 'FAILED' }), aDeployment(B, 4)];
    expect(hours({ deployments })).toEqual([3]);
  });

  it('to the first remediation in production, which need not be the first that was made', () => {
    const deployments = [aDeployment(A, 0), aDeployment(B, 1), aDeployment(A, 4), aDeployment(C, 9)];
    const pullRequests = [aMerge(1, 2, { branchKind: 'hotfix', mergeCommit: C })];
    const { evidence } = restore({ pullRequests, deployments });
    expect(evidence.find(({ id }) => id === 'd1')?.value).toBe(3 * HOUR);
  });
});

it('lists what it is made of', () => {
  const pushes = [aDirectPush(12)];
  const { evidence, figure } = restore({ pullRequests: [aMerge(1, 10)], pushes });
  expect(evidence).toEqual([
    {
      kind: 'pull-request',
      id: '1',
      value: 2 * HOUR,
      instants: [
        { name: 'deployedAt', at: at(10), source: 'activity' },
        { name: 'restoredAt', at: at(12), source: 'push' },
      ],
    },
  ]);
  expect(figure).toMatchObject({ unit: 's', n: 1, p50: 2 * HOUR });
});

it('shows by its mean what the median hides', () => {
  const merges = [100, 200, 300].map((each) => aMerge(each, each));
  const pushes = [aDirectPush(101), aDirectPush(202), aDirectPush(390)];
  expect(restore({ pullRequests: merges, pushes }).figure).toMatchObject({ p50: 2 * HOUR, mean: 31 * HOUR });
});

it('keeps failures apart that are still open, the oldest first', () => {
  const deployments = [aDeployment(A, 1), aDeployment(B, 990)];
  const failed = aDeployment(C, 995, { status: 'FAILED' });
  const { figure, open, leftOut } = restore({ deployments: [...deployments, failed] });
  expect(open).toEqual([{ deploymentId: 'd990', deployedAt: at(990), ageSeconds: 10 * HOUR }]);
  expect([figure.n, figure.p50, leftOut]).toEqual([0, null, 1]);
  const fix = aMerge(1, 30, { branchKind: 'hotfix' });
  const both = restore({ pullRequests: [fix], deployments: [aDeployment(A, 1), aDeployment(B, 20)] });
  expect(both.open.map(({ deploymentId }) => deploymentId)).toEqual(['d20']);
});

it('counts by the instant of the failed deployment', () => {
  const facts = { pullRequests: [aMerge(1, 10)], pushes: [aDirectPush(50)] };
  expect(restore(facts, { from: at(10), to: at(20) }).figure.n).toBe(1);
  expect(restore(facts, { from: at(20), to: at(60) }).figure.n).toBe(0);
});
