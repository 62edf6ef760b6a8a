/** Runs the import of one repository's pipelines, or of its deployments: a hundred a page, the newest first. */
import { BitbucketNotFound, BitbucketRefused } from '../../bitbucket/errors';
import type { Caller, RepositoryAddress } from '../../bitbucket/requests';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { withBraces } from '../../storage/keys';
import { isRecord, readRepositoryRecord } from '../../storage/repositories';
import type { Lease, Queue } from '../../storage/tasks';
import type { WorkKind } from '../request-budget';
import type { HoldUp, TaskRun } from '../task-run';
import { deliveryState, type DeliveryState } from './delivery-state';
import { readDeliveryPage, type DeliveryPage, type DeliveryPart } from './read-delivery';

const QUEUE: Readonly<Record<DeliveryState['phase'], Queue>> = {
  recent: 'recent',
  history: 'history',
  complete: 'idle',
};

/** Opens a leased import of pipelines or deployments. */
export async function openDeliveryImport(lease: Lease, workspaceUuid: string): Promise<TaskRun> {
  const record = await readRepositoryRecord(lease.repository);
  const defaultBranch = isRecord(record) ? record.defaultBranch : null;
  const address = { workspaceUuid, repositoryUuid: withBraces(lease.repository) };
  const part = lease.name === 'pipelines' ? 'pipelines' : 'deployments';
  return new DeliveryImport(lease, part, address, defaultBranch, deliveryState.parse(lease.task.state));
}

class DeliveryImport implements TaskRun {
  constructor(
    private readonly lease: Lease,
    private readonly part: DeliveryPart,
    private readonly address: RepositoryAddress,
    private readonly defaultBranch: string | null,
    private state: DeliveryState,
  ) {}

  get kind(): WorkKind {
    return this.state.phase === 'recent' ? 'recent' : 'history';
  }

  async step(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const { state } = this;
    const page = await this.read(caller, now);
    const isRecent = state.phase === 'recent' && (page.oldest === null || page.oldest >= state.since);
    const phase = page.next === null ? 'complete' : isRecent ? 'recent' : 'history';
    const isOver = phase !== state.phase;
    this.state = {
      ...state,
      phase,
      next: page.next,
      done: state.done + page.count,
      expected: page.size ?? state.expected,
      requests: state.requests + 1,
      updatedAt: now,
    };
    await this.lease.save({ state: this.state, queue: QUEUE[phase], now, release: isOver });
    return isOver ? 'over' : 'more';
  }

  release(now: EpochSeconds, heldUp?: HoldUp): Promise<void> {
    return this.lease.save({
      state: this.state,
      queue: QUEUE[this.state.phase],
      now,
      release: true,
      ...(heldUp === undefined ? {} : { heldUp, rank: heldUp.until }),
    });
  }

  private async read(caller: Caller, now: EpochSeconds): Promise<DeliveryPage> {
    const { part, address, defaultBranch } = this;
    try {
      return await readDeliveryPage(caller, part, address, defaultBranch, this.state.next, now);
    } catch (error) {
      // Pipelines were never switched on here, or the page's number is past the end by now.
      if (!(error instanceof BitbucketNotFound || error instanceof BitbucketRefused)) throw error;
      return { count: 0, changed: 0, next: null, size: null, oldest: null };
    }
  }
}
