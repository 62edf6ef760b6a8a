import {
  deriveDeployment,
  derivePipeline,
  type DeploymentSource,
  type PipelineSource,
} from './delivery-facts';

const PIPELINE: PipelineSource = {
  number: 7,
  createdAt: 1_000,
  completedAt: 1_100,
  durationSeconds: 80.4,
  state: 'COMPLETED',
  result: 'SUCCESSFUL',
  trigger: 'PUSH',
  pullRequest: null,
  isTag: false,
  branch: 'main',
  branchKind: 'other',
};

it('counts as queue time what passed beside the run itself', () => {
  expect(derivePipeline(PIPELINE, 'main')).toMatchObject({ durationSeconds: 80, queueSeconds: 20 });
});

it.each([
  ['runs', { completedAt: null, result: null }],
  ['tells no duration', { durationSeconds: null }],
])('knows no queue time of one that %s', (_, change) => {
  expect(derivePipeline({ ...PIPELINE, ...change }, 'main').queueSeconds).toBeNull();
});

it('never waited less than nothing, whatever its clocks say', () => {
  expect(derivePipeline({ ...PIPELINE, durationSeconds: 200 }, 'main').queueSeconds).toBe(0);
});

it.each([
  ['the main branch', {}, 'default'],
  ['a pull request', { pullRequest: 4 }, 'pull-request'],
  ['a tag', { isTag: true, branch: 'v1' }, 'tag'],
  ['another branch, by its kind', { branch: 'hotfix/x', branchKind: 'hotfix' as const }, 'hotfix'],
])('ran for %s', (_, change, target) => {
  const facts = derivePipeline({ ...PIPELINE, ...change }, 'main');
  expect(facts.target).toBe(target);
  expect(JSON.stringify(facts)).not.toContain('hotfix/x');
});

const DEPLOYMENT: DeploymentSource = {
  id: 'd',
  environmentId: 'e',
  environmentType: 'PRODUCTION',
  isCompleted: true,
  status: 'SUCCESSFUL',
  startedAt: 1_000,
  completedAt: 1_060,
  commit: '0123456789abcdef',
  pipelineId: 'p',
};

it('names a deployment’s commit as Bitbucket’s references do', () => {
  expect(deriveDeployment(DEPLOYMENT)).toMatchObject({ commit: '0123456789ab', startedAt: 1_000 });
});

it('is none before it has started', () => {
  expect(deriveDeployment({ ...DEPLOYMENT, startedAt: null })).toBeNull();
});
