import { aDeployment, aDirectPush, aMerge, at } from './delivery/testing';
import type { DeliveryFacts } from './delivery/delivery-facts';
import { DEFAULT_DELIVERY_SETTINGS } from './delivery/delivery-settings';
import { deploymentOf, type PullRequestDeployment } from './pull-request-deployment';

const EARLIER = 'a'.repeat(12);
const OWN = 'b'.repeat(12);
const LATER = 'c'.repeat(12);

const MERGE = { ...aMerge(1, 10, { mergeCommit: OWN }), mergedAt: at(10) };

function deployed(
  facts: Partial<DeliveryFacts>,
  defaultBranch: string | null = 'main',
): PullRequestDeployment {
  return deploymentOf(
    MERGE,
    { pullRequests: [MERGE], deployments: [], pushes: [], tags: [], ...facts },
    DEFAULT_DELIVERY_SETTINGS,
    { defaultBranch },
  );
}

it('is the first deployment that carried it', () => {
  expect(
    deployed({ deployments: [aDeployment(EARLIER, 5), aDeployment(OWN, 12), aDeployment(LATER, 20)] }),
  ).toEqual({
    kind: 'deployed',
    source: 'pipeline',
    isSourceChosen: false,
    at: at(12),
    atSource: 'deployment',
  });
  expect(deployed({ deployments: [aDeployment(EARLIER, 5), aDeployment(LATER, 20)] })).toMatchObject({
    at: at(20),
  });
});

it('is not that of a commit that was there before, however late it was deployed', () => {
  const deployments = [aDeployment(EARLIER, 5), aDeployment(LATER, 12), aDeployment(OWN, 20)];
  expect(deployed({ deployments })).toMatchObject({ at: at(12) });
  expect(deployed({ deployments, pushes: [aDirectPush(9, LATER)] })).toMatchObject({ at: at(20) });
});

it('is the merge itself where nothing is deployed to production', () => {
  const staging = aDeployment(OWN, 12, { environmentType: 'STAGING' });
  expect(deployed({ deployments: [staging] })).toEqual({
    kind: 'deployed',
    source: 'merge',
    isSourceChosen: false,
    at: at(10),
    atSource: 'activity',
  });
});

it('is waited for where none carried it yet', () => {
  expect(deployed({ deployments: [aDeployment(EARLIER, 5)] })).toEqual({ kind: 'waiting' });
});

it('is not known of what the first known deployment may have found in place', () => {
  expect(deployed({ deployments: [aDeployment(LATER, 20)] })).toEqual({ kind: 'first-known' });
  expect(deployed({ deployments: [aDeployment(OWN, 20)] })).toMatchObject({ at: at(20) });
});

it('is none of another branch, nor where nothing tells the main branch', () => {
  expect(deployed({}, 'trunk')).toEqual({ kind: 'other-branch' });
  expect(deployed({}, null)).toEqual({ kind: 'no-main-branch' });
});

it('is found for a bot’s pull request too', () => {
  const bot = { ...MERGE, authorIsBot: true };
  const facts = { pullRequests: [bot], deployments: [], pushes: [], tags: [] };
  expect(deploymentOf(bot, facts, DEFAULT_DELIVERY_SETTINGS, { defaultBranch: 'main' })).toMatchObject({
    kind: 'deployed',
    source: 'merge',
  });
});
