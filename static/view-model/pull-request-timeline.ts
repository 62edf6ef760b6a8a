/** Puts the timeline of one pull request into words: its state, its stages, its instants, and what is not known of them. */
import type { PanelStage, PullRequestReport } from '../../src/views/reports/pull-request-report';
import type { Language } from '../shared/language';
import { duration, exactDuration, instant } from './format';

/** `Open for 10 h, since …`, or how it ended and after how long. */
export function stateSentence(report: PullRequestReport, language: Language): string {
  const { t } = language;
  const { state, openedAt, closedAt, asOf } = report;
  if (state === 'OPEN') {
    return t('pullRequestPanel.openFor', {
      duration: duration(Math.max(0, asOf - openedAt), language),
      instant: instant(openedAt, language),
    });
  }
  if (closedAt === null) return t('pullRequestPanel.closedUndated');
  return t('pullRequestPanel.closedAfter', {
    duration: duration(Math.max(0, closedAt - openedAt), language),
    instant: instant(closedAt, language),
  });
}

/** The state in a word. */
export function stateName({ state, draft }: PullRequestReport, { t }: Language): string {
  return t('pullRequestPanel.state', { state: state === 'OPEN' && draft ? 'DRAFT' : state });
}

export interface StageRow {
  readonly stage: PanelStage['stage'];
  readonly name: string;
  readonly took: string;
  /** From when to when. */
  readonly span: string;
  /** Name, whole duration and span: what is shown of a stage that is pointed at. */
  readonly sentence: string;
  readonly isRunning: boolean;
  /** Of all its time, 0 to 1. */
  readonly share: number;
}

export function stageRows({ timeline }: PullRequestReport, language: Language): readonly StageRow[] {
  const total = totalOf(timeline.stages);
  return timeline.stages.map((each) => rowOf(each, total, language));
}

function rowOf(each: PanelStage, total: number, language: Language): StageRow {
  const { t } = language;
  const { stage, seconds, isRunning, from, to } = each;
  const name = stageName(stage, language);
  const soFar = (written: string): string =>
    isRunning ? t('pullRequestPanel.soFar', { duration: written }) : written;
  const span = isRunning
    ? t('pullRequestPanel.fromOn', { from: instant(from, language) })
    : t('pullRequestPanel.fromTo', { from: instant(from, language), to: instant(to, language) });
  return {
    stage,
    name,
    took: soFar(duration(seconds, language)),
    span,
    sentence: t('pullRequestPanel.stageSentence', {
      stage: name,
      duration: soFar(exactDuration(seconds, language)),
      span,
    }),
    isRunning,
    share: total === 0 ? 0 : seconds / total,
  };
}

function stageName(stage: PanelStage['stage'], { t }: Language): string {
  if (stage === 'undivided') return t('pullRequestPanel.stageUndivided');
  return stage === 'deploy' ? t('pullRequestPanel.stageDeploy') : t(`stageName.${stage}`);
}

/** Which stage takes the largest part. */
export function timelineSentence({ timeline }: PullRequestReport, language: Language): string {
  const { t } = language;
  const { stages } = timeline;
  const [longest] = stages.toSorted((a, b) => b.seconds - a.seconds);
  if (longest === undefined) return t('pullRequestPanel.timelineNone');
  const values = {
    stage: stageName(longest.stage, language),
    duration: duration(longest.seconds, language),
    running: longest.isRunning ? 'yes' : 'no',
  };
  if (stages.length === 1) return t('pullRequestPanel.timelineOnly', values);
  const isOpen = stages.some(({ isRunning }) => isRunning);
  return t('pullRequestPanel.timelineLongest', {
    ...values,
    running: isOpen ? 'yes' : 'no',
    total: duration(totalOf(stages), language),
  });
}

function totalOf(stages: readonly PanelStage[]): number {
  return stages.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** What is not known of the timeline, and why; and what the deployment stands for. */
export function timelineNotes(report: PullRequestReport, language: Language): readonly string[] {
  const { t } = language;
  const { state, closedAt, isActivityRead, missing } = report;
  return [
    ...(isActivityRead ? [] : [activityNote(missing.activity, language)]),
    ...codingNote(report, language),
    ...(state !== 'OPEN' && closedAt === null ? [t('pullRequestPanel.undatedClosing')] : []),
    ...deploymentNote(report, language),
  ];
}

function activityNote(permission: PullRequestReport['missing']['activity'], { t }: Language): string {
  return permission === null
    ? t('pullRequestPanel.activityUnread')
    : t('pullRequestPanel.activityRefused', { permission });
}

function codingNote(
  { commits, timeline, openedAt, missing }: PullRequestReport,
  { t }: Language,
): readonly string[] {
  if (commits === null) {
    return [
      missing.commits === null
        ? t('pullRequestPanel.commitsUnread')
        : t('pullRequestPanel.commitsRefused', { permission: missing.commits }),
    ];
  }
  if (commits === 0) return [t('pullRequestPanel.noCommits')];
  const first = timeline.instants.find(({ name }) => name === 'firstCommitAt');
  return first !== undefined && first.at > openedAt ? [t('pullRequestPanel.lateCommit')] : [];
}

const DEPLOYMENT_NOTES = {
  waiting: 'pullRequestPanel.deploymentWaiting',
  'other-branch': 'pullRequestPanel.deploymentOtherBranch',
  'no-main-branch': 'pullRequestPanel.deploymentNoMainBranch',
  'first-known': 'pullRequestPanel.deploymentFirstKnown',
  'before-tags': 'pullRequestPanel.deploymentBeforeTags',
  unread: 'pullRequestPanel.deploymentUnread',
  'too-old': 'pullRequestPanel.deploymentTooOld',
} as const;

function deploymentNote({ timeline, missing }: PullRequestReport, { t }: Language): readonly string[] {
  const { deployment } = timeline;
  if (deployment === null) return [];
  if (deployment.kind === 'unread' && missing.deployments !== null) {
    return [t('pullRequestPanel.deploymentRefused', { permission: missing.deployments })];
  }
  if (deployment.kind !== 'deployed') return [t(DEPLOYMENT_NOTES[deployment.kind])];
  if (deployment.source !== 'merge') return [];
  if (deployment.isSourceChosen) return [t('pullRequestPanel.deploymentMergeChosen')];
  return missing.deployments === null
    ? [t('pullRequestPanel.deploymentMerge')]
    : [t('pullRequestPanel.deploymentMergeForWant', { permission: missing.deployments })];
}

export interface InstantRow {
  readonly name: string;
  readonly at: string;
  readonly source: string;
}

export function instantRows({ timeline }: PullRequestReport, language: Language): readonly InstantRow[] {
  const { t } = language;
  return timeline.instants.map(({ name, at, source }) => ({
    name: name === 'deployedAt' ? t('pullRequestPanel.deployed') : t(`instant.${name}`),
    at: instant(at, language),
    source:
      source === 'deployment' || source === 'pipeline' || source === 'push'
        ? t('pullRequestPanel.fromDeployment')
        : t(`instantSource.${source}`),
  }));
}
