import fc from 'fast-check';
import type { DeploymentFacts } from '../../facts/delivery-facts';
import { anOpenPullRequest } from '../../facts/testing';
import { shortHash } from './delivery-facts';
import { DEFAULT_DELIVERY_SETTINGS } from './delivery-settings';
import { deploymentsOf } from './deployments';
import { aDeployment, aDirectPush, aMerge, anyDeliveryFacts, delivered, OPTIONS } from './testing';

const A = 'a'.repeat(12);
const B = 'b'.repeat(12);
const C = 'c'.repeat(12);

describe('what counts as a deployment', () => {
  const merges = [aMerge(1, 5), aMerge(2, 3)];
  const counted = (...args: Parameters<typeof delivered>) => {
    const { source, deployments } = delivered(...args).deployments;
    return [source, deployments.map(({ id }) => id)];
  };

  it('is each merge into the default branch, by its instant, where nothing was ever deployed to production', () => {
    const others = [
      aMerge(3, 4, { targetBranch: 'release/1' }),
      aMerge(4, 4, { authorIsBot: true }),
      aMerge(5, 4, { mergedAt: null }),
      aMerge(6, 4, { state: 'DECLINED' }),
      anOpenPullRequest({ id: 7 }),
    ];
    const deployments = [
      aDeployment(A, 1, { environmentType: 'STAGING' }),
      aDeployment(A, 1, { status: 'FAILED' }),
    ];
    expect(counted({ pullRequests: [...merges, ...others], deployments })).toEqual(['merge', ['2', '1']]);
  });

  it('is each successful deployment to production, by its end, where there is one', () => {
    const deployments = [
      aDeployment(B, 9),
      aDeployment(A, 8),
      aDeployment(A, 7, { environmentType: 'STAGING' }),
      aDeployment(A, 6, { status: 'FAILED' }),
      aDeployment(A, 5, { status: null, isCompleted: false, completedAt: null }),
      aDeployment(A, 4, { completedAt: null }),
      aDeployment(A, 3, { environmentType: null }),
    ];
    expect(counted({ pullRequests: merges, deployments })).toEqual(['pipeline', ['d8', 'd9']]);
  });

  it('follows the settings: the source, and which environments are production', () => {
    const deployments = [
      aDeployment(A, 8),
      aDeployment(A, 7, { environmentType: 'STAGING', environmentId: 'pilot' }),
    ];
    const facts = { pullRequests: merges, deployments };
    expect(counted(facts, { deploymentSource: 'merge' })).toEqual(['merge', ['2', '1']]);
    expect(counted({ pullRequests: merges }, { deploymentSource: 'pipeline' })).toEqual(['pipeline', []]);
    expect(counted(facts, { productionEnvironmentIds: ['pilot'] })).toEqual(['pipeline', ['d7', 'd8']]);
    expect(counted(facts, { productionEnvironmentTypes: ['STAGING'] })).toEqual(['pipeline', ['d7']]);
  });

  it('is not known of merges where nothing tells the default branch', () => {
    const facts = { pullRequests: merges, deployments: [], pushes: [], tags: [] };
    const unknown = deploymentsOf(facts, DEFAULT_DELIVERY_SETTINGS, { defaultBranch: null });
    expect(unknown).toMatchObject({ areKnown: false, deployments: [] });
    expect(delivered(facts).deployments.areKnown).toBe(true);
  });
});

describe('the effect of a deployment', () => {
  const effects = (...deployments: readonly DeploymentFacts[]): readonly string[] =>
    delivered({ deployments }).deployments.deployments.map(({ effect }) => effect);

  it.each([
    ['the same commit again', [A, A], ['change', 'redeployment']],
    ['an earlier commit', [A, B, A], ['change', 'change', 'rollback']],
    ['forward again after a rollback', [A, B, A, B], ['change', 'change', 'rollback', 'redeployment']],
    ['back by two', [A, B, C, A], ['change', 'change', 'change', 'rollback']],
    ['an unknown commit in place, which may be the same', [A, null, A], ['change', 'change', 'redeployment']],
  ])('%s', (_, commits, expected) => {
    expect(effects(...commits.map((commit, hours) => aDeployment(commit, hours)))).toEqual(expected);
  });

  it('is told for each production environment: one that follows another is not rolled back', () => {
    const other = { environmentId: 'other' };
    expect(
      effects(
        aDeployment(A, 1),
        aDeployment(A, 2, other),
        aDeployment(B, 3),
        aDeployment(C, 4),
        aDeployment(B, 5, other),
        aDeployment(A, 6, other),
      ),
    ).toEqual(['change', 'redeployment', 'change', 'change', 'redeployment', 'rollback']);
  });
});

describe('the deployment that brought a pull request', () => {
  /** Which pull requests each deployment brought, by its hour. */
  const brought = (facts: Parameters<typeof delivered>[0]): Record<string, readonly number[]> =>
    Object.fromEntries(
      delivered(facts).deployments.deployments.map(({ id, pullRequests }) => [
        id,
        pullRequests.map((each) => each.id),
      ]),
    );
  const earlier = aDeployment('0'.repeat(12), -50);

  it('is the merge itself where merges count', () => {
    expect(brought({ pullRequests: [aMerge(1, 3), aMerge(2, 5)] })).toEqual({ 1: [1], 2: [2] });
  });

  it('is the first that began at or after the merge', () => {
    const deployments = [earlier, aDeployment(A, 3.25), aDeployment(B, 9)];
    const pullRequests = [aMerge(1, 2), aMerge(2, 3), aMerge(3, 3.01), aMerge(4, 8.76)];
    expect(brought({ deployments, pullRequests })).toEqual({ 'd-50': [], 'd3.25': [1, 2], d9: [3] });
  });

  it('is the one of its own commit, however the hashes are cut and even from the branch before the merge', () => {
    const deployments = [earlier, aDeployment(`${A}${B}`, 2)];
    const pullRequests = [aMerge(1, 3, { mergeCommit: A })];
    expect(brought({ deployments, pullRequests })).toEqual({ 'd-50': [], d2: [1] });
  });

  it('is not one whose commit the branch had come to before', () => {
    // The build of A waited: it is deployed after the merge of B, and does not hold it.
    const pullRequests = [aMerge(1, 1, { mergeCommit: A }), aMerge(2, 2, { mergeCommit: B })];
    const deployments = [earlier, aDeployment(A, 3), aDeployment(B, 4)];
    expect(brought({ deployments, pullRequests })).toEqual({ 'd-50': [], d3: [1], d4: [2] });
    const pushes = [aDirectPush(1, A)];
    expect(brought({ deployments, pullRequests: pullRequests.slice(1), pushes })).toEqual({
      'd-50': [],
      d3: [],
      d4: [2],
    });
  });

  it('is not one whose commit was deployed anywhere before the merge', () => {
    const staging = aDeployment(A, 1, { environmentType: 'STAGING', id: 'staging' });
    const deployments = [earlier, staging, aDeployment(A, 3), aDeployment(B, 4)];
    expect(brought({ deployments, pullRequests: [aMerge(1, 2)] })).toEqual({ 'd-50': [], d3: [], d4: [1] });
  });

  it('is neither a redeployment nor a rollback, which bring no change', () => {
    const deployments = [earlier, aDeployment(A, 1), aDeployment(B, 2), aDeployment(B, 4), aDeployment(A, 5)];
    expect(brought({ deployments, pullRequests: [aMerge(1, 3)] })).toMatchObject({ d4: [], d5: [] });
  });

  it('is the one of a later commit of the branch, and not the later rollback to its own', () => {
    const pullRequests = [aMerge(1, 1, { mergeCommit: A }), aMerge(2, 2, { mergeCommit: B })];
    const deployments = [earlier, aDeployment(B, 3), aDeployment(A, 4)];
    expect(brought({ deployments, pullRequests })).toEqual({ 'd-50': [], d3: [1, 2], d4: [] });
  });

  it('is the first known one only by its own commit: the rest may long have been in production', () => {
    const pullRequests = [aMerge(1, -9_000), aMerge(2, 1, { mergeCommit: A }), aMerge(3, 2)];
    expect(brought({ deployments: [aDeployment(A, 3), aDeployment(B, 4)], pullRequests })).toEqual({
      d3: [2],
      d4: [3],
    });
  });

  it('is none before it is deployed', () => {
    expect(brought({ deployments: [earlier], pullRequests: [aMerge(1, 3)] })).toEqual({ 'd-50': [] });
  });
});

it('brings each pull request once at most, and none that was merged later than its commit can hold', () => {
  fc.assert(
    fc.property(anyDeliveryFacts, fc.constantFrom('merge', 'pipeline'), (facts, deploymentSource) => {
      const { deployments } = delivered(facts, { deploymentSource }).deployments;
      const brought = deployments.flatMap(({ pullRequests }) => pullRequests.map(({ id }) => id));
      expect(new Set(brought).size).toBe(brought.length);
      for (const { commit, heldUpTo, pullRequests, at: end } of deployments) {
        expect(heldUpTo).toBeLessThanOrEqual(end);
        for (const { mergedAt, mergeCommit } of pullRequests) {
          const isItsCommit = mergeCommit !== null && shortHash(mergeCommit) === commit;
          expect(isItsCommit || mergedAt <= heldUpTo).toBe(true);
        }
      }
    }),
  );
});

it('leaves bots’ pull requests out, but lets them tell how old a commit is', () => {
  const bot = aMerge(1, 1, { mergeCommit: A, authorIsBot: true });
  const facts = {
    pullRequests: [bot, aMerge(2, 2)],
    deployments: [aDeployment(B, 0), aDeployment(A, 3), aDeployment(C, 4)],
    pushes: [],
    tags: [],
  };
  const ids = (includeBots: boolean): readonly (readonly number[])[] =>
    deploymentsOf(facts, DEFAULT_DELIVERY_SETTINGS, { ...OPTIONS, includeBots }).deployments.map(
      ({ pullRequests }) => pullRequests.map(({ id }) => id),
    );
  expect(ids(false)).toEqual([[], [], [2]]);
  expect(ids(true)).toEqual([[], [1], [2]]);
});
