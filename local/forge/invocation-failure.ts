/** The ways an invocation fails, as the platform tells them apart. */
import type { Outcome } from './host-api';

/** Every way to end other than a return. */
export type FailureOutcome = Exclude<Outcome, 'succeeded' | 'asked-for-retry'>;

/** What a function threw, or what the platform did to it; the message is the function's own where it threw. */
export class InvocationFailure extends Error {
  constructor(
    readonly functionKey: string,
    readonly outcome: FailureOutcome,
    message: string,
    /** Name of the error that the function threw, for example `NeedsAuthenticationError`. */
    readonly errorType = 'Error',
    /** Where the function threw, in its own files. */
    readonly functionStack: readonly string[] = [],
  ) {
    super(message);
    this.name = 'InvocationFailure';
  }
}

/** `retryReason` of the next delivery. What the platform says of a thrown error is not documented. */
export function retryReason(outcome: FailureOutcome): string {
  if (outcome === 'timed-out') return 'FUNCTION_TIME_OUT';
  if (outcome === 'out-of-memory') return 'FUNCTION_OUT_OF_MEMORY';
  return 'FUNCTION_PLATFORM_UNKNOWN_ERROR';
}
