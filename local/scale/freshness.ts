/** How long after something happened on a pull request the app's stored facts tell it. */
import { z } from 'zod';
import type { WrittenRow } from './stored-rows';

const pullRequestRow = z.object({ repository: z.string(), number: z.number(), readAt: z.number() });

const happened = z.object({
  repository: z.object({ uuid: z.string() }),
  pullrequest: z.object({ id: z.number() }),
});

/** Seconds from what happened to the facts that tell it. */
export interface FreshnessReport {
  readonly told: number;
  readonly notYet: number;
  readonly median: number | null;
  readonly p95: number | null;
  readonly longest: number | null;
}

/** Follows what happens on pull requests, and what is stored of them. */
export class Freshness {
  private readonly open = new Map<string, number[]>();
  private readonly seconds: number[] = [];

  /** Takes notice of what happened; `at` in milliseconds. What is about no pull request is left aside. */
  happened(at: number, payload: unknown): void {
    const parsed = happened.safeParse(payload);
    if (!parsed.success) return;
    const { repository, pullrequest } = parsed.data;
    const key = keyOf(repository.uuid, pullrequest.id);
    const known = this.open.get(key);
    if (known === undefined) this.open.set(key, [at]);
    else known.push(at);
  }

  /** Takes notice of a written row; facts tell whatever happened before the second after they were read. */
  saw({ kind, value }: WrittenRow, now: number): void {
    if (kind !== 'pullrequest') return;
    const { repository, number, readAt } = pullRequestRow.parse(value);
    const key = keyOf(repository, number);
    const waiting = this.open.get(key);
    if (waiting === undefined) return;
    const left = waiting.filter((at) => at / 1_000 >= readAt + 1);
    for (const at of waiting) {
      if (at / 1_000 < readAt + 1) this.seconds.push((now - at) / 1_000);
    }
    if (left.length === 0) this.open.delete(key);
    else this.open.set(key, left);
  }

  report(): FreshnessReport {
    const sorted = Float64Array.from(this.seconds).sort();
    const at = (share: number): number | null => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
    const notYet = [...this.open.values()].reduce((sum, { length }) => sum + length, 0);
    return { told: sorted.length, notYet, median: at(0.5), p95: at(0.95), longest: at(1) };
  }
}

function keyOf(repository: string, pullRequest: number): string {
  return `${repository.replace(/[{}]/g, '')}:${pullRequest}`;
}
