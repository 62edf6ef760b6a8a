/** Every Bitbucket event that the manifest subscribes to: its name, its schema, and what it makes happen. */
import type { z } from 'zod';
import { eventSchemas, type BuildStatusEvent } from './event-schemas';
import {
  onBuildStatus,
  onDeployment,
  onPullRequest,
  onPush,
  onRepositoryChanged,
  onRepositoryDeleted,
  onReviewerStatus,
  type Delivery,
} from './handlers';

/** The events of Forge's Bitbucket reference that Throughline has a use for. */
export const EVENT_NAMES = [
  'avi:bitbucket:created:repository',
  'avi:bitbucket:updated:repository',
  'avi:bitbucket:push:repository',
  'avi:bitbucket:deleted:repository',
  'avi:bitbucket:created:pullrequest',
  'avi:bitbucket:updated:pullrequest',
  'avi:bitbucket:fulfilled:pullrequest',
  'avi:bitbucket:rejected:pullrequest',
  'avi:bitbucket:created:pullrequest-comment',
  'avi:bitbucket:updated:pullrequest-comment',
  'avi:bitbucket:deleted:pullrequest-comment',
  'avi:bitbucket:resolved:pullrequest-comment',
  'avi:bitbucket:reopened:pullrequest-comment',
  'avi:bitbucket:updated:pullrequest-reviewer-status',
  'avi:bitbucket:created:build-status',
  'avi:bitbucket:updated:build-status',
  'avi:bitbucket:pending:deployment',
  'avi:bitbucket:started:deployment',
  'avi:bitbucket:completed:deployment',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** One kind of event; the payload's type follows from its schema. */
export interface EventDefinition {
  /** Parses a payload and returns what to do with it, or the reason why it does not fit. */
  readonly read: (payload: unknown) => ReadEvent;
}

export type ReadEvent =
  | {
      readonly fits: true;
      readonly event: ParsedEvent;
      /** What the inbox keeps of this kind beside ids and instants. */
      readonly detail: object;
      readonly handle: (delivery: Delivery) => Promise<void>;
    }
  | { readonly fits: false; readonly path: string; readonly reason: string };

/** What every parsed event has, whatever its kind. */
export interface ParsedEvent {
  readonly repository: string;
  readonly workspace: string;
  /** Epoch seconds; the 2023 payloads have none. */
  readonly timestamp: number | null;
  readonly actor: string | null;
  readonly pullrequest?: { readonly id: number; readonly state: string };
}

function define<Schema extends z.ZodType<ParsedEvent>>(
  schema: Schema,
  handle: (event: z.output<Schema>, delivery: Delivery) => Promise<void>,
  detail: (event: z.output<Schema>) => object = () => ({}),
): EventDefinition {
  return {
    read: (payload) => {
      const parsed = schema.safeParse(payload);
      if (parsed.success) {
        const event = parsed.data;
        return { fits: true, event, detail: detail(event), handle: (delivery) => handle(event, delivery) };
      }
      const issue = parsed.error.issues[0];
      return { fits: false, path: issue?.path.join('.') ?? '', reason: issue?.message ?? 'does not fit' };
    },
  };
}

function buildDetail({ buildStatus }: BuildStatusEvent): object {
  return { commit: buildStatus.commit.hash, state: buildStatus.state };
}

/** Complete by the compiler: a name without a definition does not build. */
export const EVENTS: Readonly<Record<EventName, EventDefinition>> = {
  'avi:bitbucket:created:repository': define(eventSchemas.repositoryEvent, onRepositoryChanged),
  'avi:bitbucket:updated:repository': define(eventSchemas.repositoryEvent, onRepositoryChanged),
  'avi:bitbucket:push:repository': define(eventSchemas.pushEvent, onPush),
  'avi:bitbucket:deleted:repository': define(eventSchemas.repositoryEvent, onRepositoryDeleted),
  'avi:bitbucket:created:pullrequest': define(eventSchemas.pullRequestEvent, onPullRequest),
  'avi:bitbucket:updated:pullrequest': define(eventSchemas.pullRequestEvent, onPullRequest),
  'avi:bitbucket:fulfilled:pullrequest': define(eventSchemas.pullRequestEvent, onPullRequest),
  'avi:bitbucket:rejected:pullrequest': define(eventSchemas.pullRequestEvent, onPullRequest),
  'avi:bitbucket:created:pullrequest-comment': define(eventSchemas.commentEvent, onPullRequest),
  'avi:bitbucket:updated:pullrequest-comment': define(eventSchemas.commentEvent, onPullRequest),
  'avi:bitbucket:deleted:pullrequest-comment': define(eventSchemas.commentEvent, onPullRequest),
  'avi:bitbucket:resolved:pullrequest-comment': define(eventSchemas.commentEvent, onPullRequest),
  'avi:bitbucket:reopened:pullrequest-comment': define(eventSchemas.commentEvent, onPullRequest),
  'avi:bitbucket:updated:pullrequest-reviewer-status': define(
    eventSchemas.reviewerStatusEvent,
    onReviewerStatus,
  ),
  'avi:bitbucket:created:build-status': define(eventSchemas.buildStatusEvent, onBuildStatus, buildDetail),
  'avi:bitbucket:updated:build-status': define(eventSchemas.buildStatusEvent, onBuildStatus, buildDetail),
  'avi:bitbucket:pending:deployment': define(eventSchemas.deploymentEvent, onDeployment('pending')),
  'avi:bitbucket:started:deployment': define(eventSchemas.deploymentEvent, onDeployment('started')),
  'avi:bitbucket:completed:deployment': define(eventSchemas.deploymentEvent, onDeployment('completed')),
};

/** Whether the manifest's subscriptions may bring this event. */
export function isEventName(name: unknown): name is EventName {
  return EVENT_NAMES.some((known) => known === name);
}
