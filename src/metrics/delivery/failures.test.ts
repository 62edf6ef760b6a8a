import fc from 'fast-check';
import type { DeliverySettings } from './delivery-settings';
import type { Deployment } from './deployments';
import { MOST_LISTED } from './failures';
import type { Remediation } from './remediations';
import { aDeployment, aDirectPush, aMerge, anyDeliveryFacts, anySettings, delivered } from './testing';

const A = 'a'.repeat(12);
const B = 'b'.repeat(12);
const C = 'c'.repeat(12);

/** Ids of the failed deployments, each with what followed it. */
function failed(
  facts: Parameters<typeof delivered>[0],
  settings: Partial<DeliverySettings> = {},
): Record<string, readonly string[]> {
  return Object.fromEntries(
    delivered(facts, settings).failures.map(({ deployment, remediations }) => [
      deployment.id,
      remediations.map(({ kind, id }) => `${kind} ${id}`),
    ]),
  );
}

describe('where merges count as deployments', () => {
  const hotfix = aMerge(9, 30, { branchKind: 'hotfix' });

  it('a deployment has failed that a hotfix or a revert followed', () => {
    expect(failed({ pullRequests: [aMerge(1, 20), hotfix] })).toEqual({ 1: ['pull-request 9'] });
    const revert = aMerge(8, 22, { branchKind: 'revert' });
    expect(failed({ pullRequests: [aMerge(1, 20), revert] })).toEqual({ 1: ['pull-request 8'] });
  });

  it('a deployment has failed that a direct push followed', () => {
    const pushes = [aDirectPush(21, A), { ...aDirectPush(22, B), origin: 'merge' as const }];
    const unknown = { ...aDirectPush(22, B), origin: 'unknown' as const };
    expect(failed({ pullRequests: [aMerge(1, 20)], pushes: [...pushes, unknown] })).toEqual({
      1: [`direct-push ${A}`],
    });
  });

  it('what was done about it is listed in its order', () => {
    expect(failed({ pullRequests: [aMerge(1, 20), hotfix], pushes: [aDirectPush(21, A)] })).toEqual({
      1: [`direct-push ${A}`, 'pull-request 9'],
    });
  });

  it('the last one before has failed, however long before', () => {
    expect(failed({ pullRequests: [aMerge(1, -500), hotfix] })).toEqual({ 1: ['pull-request 9'] });
  });

  it('others have failed up to 24 hours before, the last second included', () => {
    const others = [aMerge(1, 6 - 1 / 3_600), aMerge(2, 6), aMerge(3, 20)];
    expect(Object.keys(failed({ pullRequests: [...others, hotfix] }))).toEqual(['2', '3']);
  });

  it('the settings narrow this to the last one before, or change the hours', () => {
    const facts = { pullRequests: [aMerge(1, 18), aMerge(2, 19), aMerge(3, 20), hotfix] };
    expect(Object.keys(failed(facts, { failureScope: 'last' }))).toEqual(['3']);
    expect(Object.keys(failed(facts, { failureWindowSeconds: 11 * 3_600 }))).toEqual(['2', '3']);
    expect(Object.keys(failed(facts, { failureWindowSeconds: 0 }))).toEqual(['3']);
  });

  it('a remediation that needs another has failed itself', () => {
    const second = aMerge(10, 60, { branchKind: 'hotfix' });
    expect(failed({ pullRequests: [aMerge(1, 20), hotfix, second] })).toEqual({
      1: ['pull-request 9'],
      9: ['pull-request 10'],
    });
  });

  it('only what is merged into the default branch, later, and not by a bot, tells of a failure', () => {
    const others = [
      aMerge(2, 21, { branchKind: 'hotfix', targetBranch: 'release/1' }),
      aMerge(3, 21, { branchKind: 'hotfix', authorIsBot: true }),
      aMerge(4, 20, { branchKind: 'hotfix' }),
      aMerge(5, 22, { branchKind: 'bugfix' }),
    ];
    expect(failed({ pullRequests: [aMerge(1, 20), ...others] })).toEqual({});
  });

  it('Bitbucket’s deployments tell nothing', () => {
    const deployments = [aDeployment(A, 21, { status: 'FAILED' })];
    expect(failed({ pullRequests: [aMerge(1, 20)], deployments })).toEqual({});
  });

  it('the settings choose which remediations tell', () => {
    const facts = { pullRequests: [aMerge(1, 20), hotfix], pushes: [aDirectPush(21, A)] };
    expect(failed(facts, { remediationKinds: ['direct-push'] })).toEqual({ 1: [`direct-push ${A}`] });
    expect(failed(facts, { remediationKinds: [] })).toEqual({});
    expect(failed({ pullRequests: facts.pullRequests }, { remediationBranchKinds: ['bugfix'] })).toEqual({});
  });
});

describe('where Bitbucket’s deployments count', () => {
  it('a failed attempt tells of the deployment before it', () => {
    const deployments = [aDeployment(A, 1), aDeployment(B, 2, { status: 'FAILED' }), aDeployment(B, 3)];
    expect(failed({ deployments })).toEqual({ d1: ['failed-deployment d2'] });
  });

  it('a rollback tells of what it undid, not of what it went back to', () => {
    const deployments = [aDeployment(A, 1), aDeployment(B, 2), aDeployment(C, 3), aDeployment(A, 4)];
    expect(failed({ deployments })).toEqual({ d2: ['rollback d4'], d3: ['rollback d4'] });
    expect(failed({ deployments }, { failureScope: 'last' })).toEqual({ d3: ['rollback d4'] });
  });

  it('a rollback tells nothing of other environments', () => {
    const other = { environmentId: 'other' };
    const deployments = [
      aDeployment(A, 1),
      aDeployment(A, 2, other),
      aDeployment(B, 3),
      aDeployment(B, 4, other),
      aDeployment(A, 5),
    ];
    expect(failed({ deployments })).toEqual({ d3: ['rollback d5'] });
  });

  it('in an environment that never had the commit, a rollback tells of whatever it replaced', () => {
    const deployments = [aDeployment(A, 1, { environmentId: 'other' }), aDeployment(B, 2), aDeployment(A, 3)];
    expect(failed({ deployments })).toEqual({ d2: ['rollback d3'] });
  });

  it('what is merged in the second of a deployment did not follow it', () => {
    const pullRequests = [aMerge(1, 1, { branchKind: 'hotfix' })];
    expect(failed({ pullRequests, deployments: [aDeployment(A, 1), aDeployment(B, 3)] })).toEqual({});
  });

  it('a deployment does not fail by the fix that it carries, nor those after it', () => {
    // Deployed from its branch at 3, merged at 5.
    const pullRequests = [aMerge(1, 5, { branchKind: 'hotfix', mergeCommit: C })];
    const deployments = [aDeployment(A, 1), aDeployment(C, 3), aDeployment(B, 4)];
    expect(failed({ pullRequests, deployments })).toEqual({ d1: ['pull-request 1'] });
    const longBefore = { pullRequests, deployments: [aDeployment(A, -500), ...deployments.slice(1)] };
    expect(failed(longBefore)).toEqual({ 'd-500': ['pull-request 1'] });
    expect(failed(longBefore, { failureScope: 'last' })).toEqual({ 'd-500': ['pull-request 1'] });
  });
});

it('the last one before alone is among all of the window, and no more fail than there are remediations', () => {
  fc.assert(
    fc.property(anyDeliveryFacts, anySettings, (facts, settings) => {
      const all = Object.keys(failed(facts, { ...settings, failureScope: 'window' }));
      const { failures, remediations } = delivered(facts, { ...settings, failureScope: 'last' });
      expect(all).toEqual(expect.arrayContaining(failures.map(({ deployment }) => deployment.id)));
      expect(failures.length).toBeLessThanOrEqual(remediations.length);
      for (const { deployment, remediations: own, restored } of failures) {
        for (const { remediated } of own) expect(remediated.at).toBeGreaterThan(deployment.at);
        expect(restored === null || restored.at > deployment.at).toBe(true);
      }
    }),
  );
});

/** What METRICS 6 says, by a look at every deployment. */
function answered(
  { remediated, deployed, undid }: Remediation,
  deployments: readonly Deployment[],
  { failureScope, failureWindowSeconds }: DeliverySettings,
): readonly Deployment[] {
  const before = deployments
    .filter(({ at }) => at < remediated.at && (deployed === null || at < deployed.at))
    .filter(({ environmentId }) => undid === null || environmentId === undid.environmentId)
    .filter(({ at }) => at > (undid?.after ?? Number.NEGATIVE_INFINITY));
  const others = before.filter(({ at }) => at >= remediated.at - failureWindowSeconds);
  return failureScope === 'last' ? before.slice(-1) : [...new Set([...before.slice(-1), ...others])];
}

it('is what a look at every deployment for every remediation finds, but that no more than five are listed', () => {
  fc.assert(
    fc.property(anyDeliveryFacts, anySettings, (facts, settings) => {
      const { deployments, remediations, failures } = delivered(facts, settings);
      const byRemediation = remediations.map((each) => ({
        each,
        shown: new Set(answered(each, deployments.deployments, settings)),
      }));
      const expected = deployments.deployments.flatMap((deployment) => {
        const own = byRemediation.filter(({ shown }) => shown.has(deployment)).map(({ each }) => each);
        const restored = own.flatMap(({ deployed }) => deployed ?? []).toSorted((a, b) => a.at - b.at);
        const remediationCount = own.length;
        return remediationCount === 0
          ? []
          : {
              deployment,
              remediations: own.slice(0, MOST_LISTED),
              remediationCount,
              restored: restored[0] ?? null,
            };
      });
      expect(failures).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
