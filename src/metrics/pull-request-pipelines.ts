/** The pipelines that ran for one pull request (METRICS 7). */
import type { PipelineFacts } from '../facts/delivery-facts';

/** Results that the change itself is to blame for, or may be: who stopped one did not find it failing. */
const FAILURES: readonly string[] = ['FAILED', 'ERROR'];

export interface PullRequestPipelines {
  readonly runs: number;
  /** Of these, how many failed or ended in an error. */
  readonly failures: number;
  /** And how many have no result yet. */
  readonly running: number;
  /** The last ones, newest first. */
  readonly latest: readonly PipelineFacts[];
}

export function pipelinesOfPullRequest(
  pipelines: readonly PipelineFacts[],
  pullRequest: number,
  most: number,
): PullRequestPipelines {
  const own = pipelines
    .filter((each) => each.pullRequest === pullRequest)
    .toSorted((a, b) => b.number - a.number);
  return {
    runs: own.length,
    failures: own.filter(isFailedRun).length,
    running: own.filter(({ result }) => result === null).length,
    latest: own.slice(0, most),
  };
}

export function isFailedRun({ result }: PipelineFacts): boolean {
  return result !== null && FAILURES.includes(result);
}
