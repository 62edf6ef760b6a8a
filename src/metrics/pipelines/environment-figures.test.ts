import type { DeploymentFacts } from '../../facts/delivery-facts';
import { HOUR } from '../../facts/testing';
import { aDeployment, at } from '../delivery/testing';
import { environmentFigures } from './environment-figures';

const WINDOW = { from: at(0), to: at(100) };

const inStaging = { environmentType: 'STAGING', environmentId: 'staging' };

function figures(...facts: readonly DeploymentFacts[]) {
  return environmentFigures(facts, WINDOW);
}

it('deployments are told by environment and by how they ended, production first', () => {
  const { deployments_by_environment: environments } = figures(
    aDeployment(null, 9, inStaging),
    aDeployment(null, 8, inStaging),
    aDeployment(null, 7, { status: 'FAILED' }),
    aDeployment(null, 6, { status: 'STOPPED' }),
    aDeployment(null, 5, { status: null }),
    aDeployment(null, 4, { environmentType: null, environmentId: null, status: 'UNDEPLOYED' }),
    aDeployment(null, 3, { environmentId: 'another' }),
    aDeployment(null, 2, { environmentType: 'TEST', environmentId: 'test' }),
  );
  const rows = environments.map((each) => [
    each.environmentType,
    each.environmentId,
    each.successful,
    each.failed,
    each.stopped,
    each.other,
  ]);
  expect(rows).toEqual([
    ['PRODUCTION', 'another', ['d3'], [], [], []],
    ['PRODUCTION', 'production', [], ['d7'], ['d6'], ['d5']],
    ['STAGING', 'staging', ['d8', 'd9'], [], [], []],
    ['TEST', 'test', ['d2'], [], [], []],
    [null, null, [], [], [], ['d4']],
  ]);
});

it('a duration is from beginning to end of what succeeded or failed, for all and for each environment', () => {
  const { deployment_duration: duration, deployments_by_environment: environments } = figures(
    aDeployment(null, 5, { startedAt: at(4) }),
    aDeployment(null, 8, { startedAt: at(6), ...inStaging, status: 'FAILED' }),
    aDeployment(null, 9, { startedAt: at(2), status: 'STOPPED' }),
    aDeployment(null, 10, { startedAt: at(2), status: null }),
  );
  expect(duration.figure).toMatchObject({ unit: 's', n: 2, mean: 1.5 * HOUR });
  expect(duration.leftOut).toBe(2);
  expect(duration.evidence[0]).toEqual({
    kind: 'deployment',
    id: 'd5',
    value: HOUR,
    instants: [
      { name: 'startedAt', at: at(4), source: 'deployment' },
      { name: 'completedAt', at: at(5), source: 'deployment' },
    ],
  });
  expect(environments.map((each) => [each.duration.figure.p50, each.duration.leftOut])).toEqual([
    [HOUR, 2],
    [2 * HOUR, 0],
  ]);
});

it('counts by the end of a deployment; what runs yet, or whose end nothing dates, is in no window', () => {
  const { deployments_by_environment: environments } = figures(
    aDeployment(null, 0),
    aDeployment(null, -0.01),
    aDeployment(null, 100),
    aDeployment(null, 7, { completedAt: null }),
    aDeployment(null, 8, { isCompleted: false, status: null }),
  );
  expect(environments.map(({ successful, other }) => [successful, other])).toEqual([[['d0'], []]]);
});

it('nothing is known of no deployments', () => {
  const { deployment_duration: duration, deployments_by_environment: environments } = figures();
  expect([duration.figure.n, duration.figure.p50, environments]).toEqual([0, null, []]);
});
