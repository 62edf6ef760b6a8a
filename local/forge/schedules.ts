/** Runs the scheduled triggers of the manifest, by the clock or when asked. */
import { z } from 'zod';
import type { Deliveries } from './deliveries';
import type { HostClock, Workspace } from './host-api';
import type { HostLog } from './host-log';
import type { HostSettings } from './host-settings';
import { InvocationFailure } from './invocation-failure';
import type { ForgeManifest, ScheduledTriggerModule } from './manifest';
import { CONTEXT_TOKEN } from './product-events';

const MINUTE_MILLISECONDS = 60_000;

const INTERVAL_MILLISECONDS: Readonly<Record<ScheduledTriggerModule['interval'], number>> = {
  fiveMinute: 5 * MINUTE_MILLISECONDS,
  hour: 60 * MINUTE_MILLISECONDS,
  day: 24 * 60 * MINUTE_MILLISECONDS,
  week: 7 * 24 * 60 * MINUTE_MILLISECONDS,
};

/** Forge: the first run comes about five minutes after the deployment. */
const FIRST_RUN_MILLISECONDS = 5 * MINUTE_MILLISECONDS;

const startSchema = z.object({ triggers: z.string(), at: z.number() });

export interface SchedulesOptions {
  readonly manifest: ForgeManifest;
  readonly workspace: Workspace;
  readonly clock: HostClock;
  readonly settings: HostSettings;
  readonly deliveries: Deliveries;
  readonly log: HostLog;
}

/**
 * When a schedule runs next: five minutes after `start`, then every interval; a run that was missed is not made up for.
 * All in milliseconds.
 */
export function nextRun(start: number, interval: number, now: number): number {
  const first = start + FIRST_RUN_MILLISECONDS;
  if (now < first) return first;
  return first + (Math.floor((now - first) / interval) + 1) * interval;
}

/** The schedules of one installation. */
export class Schedules {
  private readonly timers = new Map<string, () => void>();
  private closed = false;

  constructor(private readonly options: SchedulesOptions) {}

  /** Begins to run them by the clock. */
  start(): void {
    const start = this.startInstant();
    for (const module of this.options.manifest.scheduledTriggers) this.wait(module, start);
  }

  /** Runs one now and answers what it returned; rejects with an InvocationFailure, and is never retried. */
  async run(key: string): Promise<unknown> {
    const { manifest, workspace, deliveries } = this.options;
    const module = manifest.scheduledTriggers.find((trigger) => trigger.key === key);
    if (module === undefined) throw new Error(`The manifest has no scheduled trigger ${key}.`);
    const ending = await deliveries.runSchedule({
      functionKey: module.function,
      moduleKey: module.key,
      moduleType: 'scheduledTrigger',
      body: {
        context: { cloudId: null, workspaceId: workspace.uuid, moduleKey: module.key },
        contextToken: CONTEXT_TOKEN,
      },
    });
    if (ending.outcome === 'succeeded' || ending.outcome === 'asked-for-retry') return ending.result;
    throw new InvocationFailure(module.function, ending.outcome, ending.error ?? ending.outcome);
  }

  close(): void {
    this.closed = true;
    for (const cancel of this.timers.values()) cancel();
  }

  /** Forge: any change to a scheduled trigger begins all of them anew. */
  private startInstant(): number {
    const { manifest, settings, clock } = this.options;
    const triggers = JSON.stringify(manifest.scheduledTriggers);
    const known = settings.get('schedules', startSchema);
    if (known?.triggers === triggers && known.at <= clock.now()) return known.at;
    const at = clock.now();
    settings.set('schedules', { triggers, at });
    return at;
  }

  private wait(module: ScheduledTriggerModule, start: number): void {
    const { clock } = this.options;
    const now = clock.now();
    const delay = nextRun(start, INTERVAL_MILLISECONDS[module.interval], now) - now;
    const cancel = clock.schedule(
      delay,
      () => {
        this.wait(module, start);
        void this.runUnattended(module.key);
      },
      { background: true },
    );
    this.timers.set(module.key, cancel);
  }

  private async runUnattended(key: string): Promise<void> {
    try {
      await this.run(key);
    } catch (error) {
      if (this.closed) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.options.log.host('error', `The scheduled trigger ${key} failed and is not retried: ${reason}`);
    }
  }
}
