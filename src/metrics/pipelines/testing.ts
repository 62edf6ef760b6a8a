/** For tests: pipelines in one line each, and any pipelines. */
import fc from 'fast-check';
import { PIPELINE_TARGETS, type PipelineFacts } from '../../facts/delivery-facts';

/** 2026-06-01T00:00:00Z. */
export const MONDAY = Date.UTC(2026, 5, 1) / 1000;

/** Pushed on a Monday at midnight, half a minute in the queue, five minutes running, successful. */
export function aPipeline(number: number, overrides: Partial<PipelineFacts> = {}): PipelineFacts {
  return {
    number,
    createdAt: MONDAY,
    completedAt: MONDAY + 330,
    durationSeconds: 300,
    queueSeconds: 30,
    result: 'SUCCESSFUL',
    trigger: 'PUSH',
    target: 'default',
    pullRequest: null,
    ...overrides,
  };
}

const seconds = fc.option(fc.nat(3_600));

/** Any pipelines of one repository. */
export const anyPipelines: fc.Arbitrary<PipelineFacts[]> = fc.uniqueArray(
  fc
    .record({
      number: fc.integer({ min: 1, max: 1_000 }),
      createdAt: fc.integer({ min: MONDAY - 30 * 86_400, max: MONDAY + 60 * 86_400 }),
      took: seconds,
      durationSeconds: seconds,
      queueSeconds: seconds,
      result: fc.constantFrom('SUCCESSFUL', 'SUCCESSFUL', 'FAILED', 'ERROR', 'STOPPED', 'EXPIRED', null),
      trigger: fc.constantFrom('PUSH', 'MANUAL', null),
      target: fc.constantFrom(...PIPELINE_TARGETS),
    })
    .map(({ took, ...rest }) => ({
      ...rest,
      completedAt: took === null ? null : rest.createdAt + took,
      pullRequest: null,
    })),
  { selector: ({ number }) => number, maxLength: 30 },
);
