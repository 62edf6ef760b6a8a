/**
 * What live mode asks a repository in the place of events, one request each time it comes to it: the newest activity,
 * pipelines and deployments, and the events that Bitbucket would have sent to an installed app for them.
 */
import { answers } from '../../src/bitbucket/answers';
import { FIELDS } from '../../src/bitbucket/fields';

/** An event for the host to send; `at` in milliseconds. */
export interface FoundEvent {
  readonly eventType: string;
  readonly at: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What an answer tells: the events since an instant, and where to ask for older ones. */
export interface Found {
  readonly events: readonly FoundEvent[];
  /** `null` where nothing after the instant is left. */
  readonly next: string | null;
}

export interface LiveQuestion {
  readonly name: 'activity' | 'pipelines' | 'deployments';
  /** Below the repository's path. */
  readonly path: string;
  /** Throws where the answer is of another form; `since` in milliseconds. */
  readonly read: (answer: unknown, since: number) => Found;
}

/** Approvals and comments stand in the log, and need not move a pull request's last update. */
const activity: LiveQuestion = {
  name: 'activity',
  path: `/pullrequests/activity?pagelen=50&fields=${FIELDS.activityLog}`,
  read: (answer, since) => {
    const page = answers.activityLogPage.parse(answer);
    const entries = page.values.map(({ pullRequest, entry }) => ({ pullRequest, at: entry.at }));
    const latest = new Map<number, number>();
    for (const { pullRequest, at } of entries) {
      if (at > since) latest.set(pullRequest, Math.max(at, latest.get(pullRequest) ?? 0));
    }
    return {
      events: [...latest].map(([id, at]) => ({
        eventType: 'avi:bitbucket:updated:pullrequest',
        at,
        // The log does not say the state; the app asks for it anyway, and of an open one it concludes nothing.
        payload: { pullrequest: { id, state: 'OPEN' } },
      })),
      next: entries.every(({ at }) => at > since) ? page.next : null,
    };
  },
};

const pipelines: LiveQuestion = {
  name: 'pipelines',
  path: `/pipelines?sort=-created_on&pagelen=50&fields=${FIELDS.pipelines}`,
  read: (answer, since) => {
    const { values } = answers.pipelinePage.parse(answer);
    const changed = values
      .map(({ createdAt, completedAt, commit }) => ({ at: (completedAt ?? createdAt) * 1000, commit }))
      .filter(({ at, commit }) => at > since && commit !== null);
    const [newest] = changed.sort((a, b) => b.at - a.at);
    // One event for all: the app reads the hundred newest pipelines.
    if (newest === undefined) return { events: [], next: null };
    const { at, commit } = newest;
    const buildStatus = { state: 'SUCCESSFUL', commit: { hash: commit } };
    return {
      events: [{ eventType: 'avi:bitbucket:updated:build-status', at, payload: { buildStatus } }],
      next: null,
    };
  },
};

const deployments: LiveQuestion = {
  name: 'deployments',
  path: `/deployments?sort=-state.started_on&pagelen=50&fields=${FIELDS.deployments}`,
  read: (answer, since) => {
    const { values } = answers.deploymentPage.parse(answer);
    const events = values.flatMap((each): readonly FoundEvent[] => {
      const step = each.completedAt === null ? 'started' : 'completed';
      const at = (each.completedAt ?? each.startedAt ?? 0) * 1000;
      if (at <= since || each.environmentId === null || each.environmentType === null) return [];
      const payload = {
        deployment: {
          uuid: each.id,
          state: step === 'started' ? 'IN_PROGRESS' : 'COMPLETED',
          ...(each.status === null ? {} : { status: each.status }),
        },
        environment: { uuid: each.environmentId, type: each.environmentType },
        ...(each.pipelineId === null ? {} : { pipeline: { uuid: each.pipelineId } }),
      };
      return [{ eventType: `avi:bitbucket:${step}:deployment`, at, payload }];
    });
    return { events, next: null };
  },
};

/** In turn, the activity every other time: what a person waits for is there. */
export const QUESTIONS: readonly [LiveQuestion, ...LiveQuestion[]] = [
  activity,
  pipelines,
  activity,
  deployments,
];
