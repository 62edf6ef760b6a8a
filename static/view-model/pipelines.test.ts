import type { PipelinesReport } from '../../src/views/reports/pipelines-report';
import { NO_RUNS, NO_SHARE, NO_TIME } from './delivery-testing';
import {
  activityLines,
  environmentName,
  missingSentences,
  pipelineLines,
  pipelinesSentence,
  pipelineWeeks,
  pipelineWeekSentence,
  refusalTexts,
  targetName,
  triggerName,
  unnarrowedSentence,
} from './pipelines';
import { english } from './testing';

const RUNS: PipelinesReport = {
  ...NO_RUNS,
  figures: {
    ...NO_RUNS.figures,
    pipeline_success_rate: { ...NO_SHARE, n: 40, value: 0.9 },
    pipeline_duration: { ...NO_TIME, n: 40, p50: 300 },
  },
  stopped: 2,
  expired: 1,
};

const line = (report: PipelinesReport, figure: string): unknown =>
  pipelineLines(report, english).find((each) => each.figure === figure);

it('counts stopped and expired ones apart', () => {
  expect(line(RUNS, 'pipeline_success_rate')).toMatchObject({
    value: '90 %',
    exact: 'of 40 pipelines; 2 stopped and 1 expired are apart',
  });
  expect(line(NO_RUNS, 'pipeline_queue_time')).toMatchObject({ value: '–', exact: 'none in this window' });
});

it('sums up, and says when there is nothing to', () => {
  expect(pipelinesSentence(RUNS, english)).toBe(
    '40 pipelines came to a result in 90 days; 90 % succeeded. Half ran 5 min or less.',
  );
  expect(pipelinesSentence(NO_RUNS, english)).toBe('No pipeline came to a result in these 90 days.');
});

it('compares with nothing that is not read whole', () => {
  expect(line({ ...RUNS, previousFigures: null }, 'pipeline_duration')).toMatchObject({
    change: 'No comparison yet',
  });
});

it('says what is not read, and why where it is known', () => {
  const part = { part: 'pipelines', done: 0, expected: null } as const;
  const trouble = { cause: 'missing-permission', scope: 'read:pipeline:bitbucket' } as const;
  expect(
    missingSentences(
      {
        ...NO_RUNS,
        parts: [
          { ...part, state: 'failed', trouble },
          { ...part, part: 'deployments', state: 'importing', trouble: null },
          { ...part, state: 'complete', trouble: null },
        ],
      },
      english,
    ),
  ).toEqual([
    'Pipelines are not read. The permission read:pipeline:bitbucket is missing, so Bitbucket does not answer.',
    'Deployments: not read whole yet.',
  ]);
});

it('says that filters do not narrow pipelines, where one is set', () => {
  expect(unnarrowedSentence({ window: 90 }, english)).toBeNull();
  expect(unnarrowedSentence({ window: 90, teamId: 'core' }, english)).toContain('belong to nobody');
});

it('names classes, triggers and environments', () => {
  expect(targetName('default', english)).toBe('Main branch');
  expect(targetName('hotfix', english)).toBe('Other branches: hotfix');
  expect([triggerName('PUSH', english), triggerName(null, english)]).toEqual(['push', 'unknown']);
  expect(environmentName('PRODUCTION', '0123456789', english)).toBe('production (01234567)');
  expect(environmentName(null, null, english)).toBe('unknown environment');
});

it('tells of a week what the chart draws', () => {
  const [week, quiet] = pipelineWeeks({
    ...NO_RUNS,
    weeks: [
      { from: 0, partial: false, duration: { ...NO_TIME, n: 6, p50: 90 }, runs: 6, failures: 2 },
      { from: 7 * 86_400, partial: false, duration: NO_TIME, runs: 0, failures: 0 },
    ],
  });
  if (week === undefined || quiet === undefined) throw new Error('There are two weeks.');
  expect(week).toMatchObject({ isSolid: true, count: 6, failed: 2 });
  expect(pipelineWeekSentence(week, english)).toBe('Week of Jan 1: 6 pipelines, 2 failed, median 2 min');
  expect(pipelineWeekSentence(quiet, english)).toBe('Week of Jan 8: no pipeline');
});

it('tells what is not known of activity', () => {
  const values = (report: PipelinesReport): readonly unknown[] =>
    activityLines(report, english).map(([name, value]) => [name, value]);
  expect(values(NO_RUNS)).toEqual([
    ['Active authors', '0'],
    ['Active reviewers', '0'],
    ['Pushes', '0'],
    ['Commits pushed', '0'],
  ]);
  const unknown = { ...NO_RUNS.activity, activeReviewers: null, commits: null, pushesWithoutCommits: 3 };
  const lines = activityLines({ ...NO_RUNS, activity: unknown }, english);
  expect(lines.map(([, value]) => value)).toEqual(['0', '–', '0', '–']);
  expect(lines.at(-1)?.[2]).toBe('Of 3 pushes Bitbucket does not say how many.');
});

it('says once which permission is missing, and nothing of deployments that wait for pipelines', () => {
  const scope = 'read:pipeline:bitbucket';
  const part = { state: 'failed', done: 0, expected: null } as const;
  const trouble = { cause: 'missing-permission', scope } as const;
  const waiting = { ...part, part: 'deployments', state: 'waiting', trouble: null } as const;
  const report = {
    ...NO_RUNS,
    missing: [scope],
    parts: [{ ...part, part: 'pipelines', trouble }, waiting],
  } as const;
  const cause = `The permission ${scope} is missing, so Bitbucket does not answer.`;
  expect(missingSentences(report, english)).toEqual([`Pipelines are not read. ${cause}`]);
  expect(refusalTexts(report, english)).toEqual([cause]);
  expect(refusalTexts(NO_RUNS, english)).toEqual([]);
});
