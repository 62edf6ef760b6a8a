import { aPipeline } from '../../src/metrics/pipelines/testing';
import { pipelinesOfPullRequest } from '../../src/metrics/pull-request-pipelines';
import type { PanelPipelines, PullRequestReport } from '../../src/views/reports/pull-request-report';
import { pipelineCaption, pipelineRows, pipelineSentences } from './pull-request-pipelines';
import { aPullRequestReport } from './pull-request-testing';
import { english, german, TO } from './testing';

const built = (overrides: Partial<PanelPipelines>): PullRequestReport => {
  const report = aPullRequestReport();
  return { ...report, pipelines: { ...report.pipelines, ...overrides } };
};

it.each([
  [{ runs: 3, failures: 1 }, ['3 pipelines ran for it, 1 failed.']],
  [{ runs: 1 }, ['1 pipeline ran for it, none failed.']],
  [{ runs: 2, running: 1 }, ['2 pipelines ran for it, none failed, 1 without a result yet.']],
  [
    {},
    [
      'No pipeline ran for this pull request. Those of its branch are not told apart, since names of branches are not stored.',
    ],
  ],
  [{ state: 'reading' }, ['Pipelines are still being read: some may be missing.']],
  [
    { state: 'reading', runs: 1 },
    ['1 pipeline ran for it, none failed.', 'Pipelines are still being read: some may be missing.'],
  ],
  [
    { state: 'failed', trouble: { cause: 'missing-permission', scope: 'read:pipeline:bitbucket' } },
    [
      'Pipelines are not read. The permission read:pipeline:bitbucket is missing, so Bitbucket does not answer.',
    ],
  ],
  [{ state: 'failed', trouble: null }, ['Pipelines are not read. The cause is not known.']],
  [
    { runs: 1, countedSince: TO },
    ['1 pipeline ran for it, none failed.', 'Those before Nov 21, 2026, 12:00 AM are not counted.'],
  ],
] as const)('says of %j', (pipelines, sentences) => {
  expect(pipelineSentences(built(pipelines), english)).toEqual(sentences);
});

it('says it in German', () => {
  expect(pipelineSentences(built({ runs: 3, failures: 1, running: 1 }), german)).toEqual([
    '3 Pipelines liefen für ihn, 1 schlug fehl, 1 noch ohne Ergebnis.',
  ]);
});

it.each([
  ['SUCCESSFUL', 'Successful', false],
  ['FAILED', 'Failed', true],
  ['ERROR', 'Error', true],
  ['STOPPED', 'Stopped', false],
  ['EXPIRED', 'Expired', false],
  ['PAUSED', 'Ended otherwise', false],
  [null, 'No result yet', false],
])('names the result %s', (result, name, isFailure) => {
  const report = built({ latest: [aPipeline(1, { result })] });
  expect(pipelineRows(report, english)).toMatchObject([{ number: 1, result: name, isFailure }]);
});

it('lists times, and none that is not known', () => {
  const latest = [aPipeline(2), aPipeline(1, { durationSeconds: null, queueSeconds: null })];
  expect(pipelineRows(built({ latest }), english)).toMatchObject([
    { took: '5 min', queued: '30 s', began: 'Jun 1, 2026, 12:00 AM' },
    { took: '–', queued: '–' },
  ]);
});

it('says which ones the list shows', () => {
  const pipelines = [1, 2, 3].map((number) => aPipeline(number, { pullRequest: 7 }));
  const caption = (most: number): string =>
    pipelineCaption(built(pipelinesOfPullRequest(pipelines, 7, most)), english);
  expect(caption(2)).toBe('The last 2, newest first');
  expect(caption(3)).toBe('All, newest first');
});
