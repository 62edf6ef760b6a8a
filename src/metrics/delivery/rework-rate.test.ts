import { reworkRate } from './rework-rate';
import { aDeployment, aDirectPush, aMerge, at, delivered } from './testing';

const WINDOW = { from: at(-100), to: at(1_000) };
const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(12)) as [
  string,
  string,
  string,
  string,
];

/** Ids of the deployments made to mend others, and of how many. */
function reworked(facts: Parameters<typeof delivered>[0], window = WINDOW) {
  const { deployments, remediations } = delivered(facts);
  const { evidence, figure } = reworkRate(deployments, remediations, window);
  return [evidence.filter(({ value }) => value === 1).map(({ id }) => id), figure.n, figure.value];
}

it('counts merges of hotfixes and reverts where merges count as deployments', () => {
  const pullRequests = [
    aMerge(1, 10),
    aMerge(2, 20, { branchKind: 'hotfix' }),
    aMerge(3, 30, { branchKind: 'revert' }),
    aMerge(4, 40),
  ];
  expect(reworked({ pullRequests, pushes: [aDirectPush(41)] })).toEqual([['2', '3'], 4, 0.5]);
  expect(reworked({ pullRequests }, { from: at(30), to: at(40) })).toEqual([['3'], 1, 1]);
});

it('counts deployments that brought a hotfix or a direct push, rollbacks, and retries', () => {
  const deployments = [
    aDeployment(A, 1),
    aDeployment(B, 3),
    aDeployment(C, 5),
    aDeployment(B, 7),
    aDeployment(D, 8, { status: 'FAILED' }),
    aDeployment(D, 9),
    aDeployment(null, 11),
  ];
  const pullRequests = [aMerge(1, 2, { branchKind: 'hotfix' }), aMerge(2, 10)];
  const pushes = [aDirectPush(4, C)];
  expect(reworked({ deployments, pullRequests, pushes })).toEqual([['d3', 'd5', 'd7', 'd9'], 6, 4 / 6]);
});

it('counts a deployment once that brought several', () => {
  const pullRequests = [aMerge(1, 2, { branchKind: 'hotfix' }), aMerge(2, 2.5, { branchKind: 'revert' })];
  const deployments = [aDeployment(A, 1), aDeployment(B, 3)];
  expect(reworked({ deployments, pullRequests })).toEqual([['d3'], 2, 0.5]);
});

it('is unknown without deployments', () => {
  expect(reworked({})).toEqual([[], 0, null]);
});
