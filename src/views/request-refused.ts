/** A request that a screen may not make as it is: the resolver answers it with its cause and sentence. */
import type { FailureCause } from './contract';

export class RequestRefused extends Error {
  constructor(
    readonly failure: FailureCause,
    message: string,
  ) {
    super(message);
    this.name = 'RequestRefused';
  }
}
