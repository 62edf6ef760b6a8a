/** What every action of the event drawer works with. */
import type { DemoRepository } from './model';
import type { Chance } from './random';

/** An action that does not fit what it is done to; the message says why and what to do instead. */
export class ActionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ActionError';
  }
}

/** Where and when an action happens, and the chance that makes its hashes. */
export interface Scene {
  readonly chance: Chance;
  readonly repository: DemoRepository;
  /** Milliseconds. */
  readonly at: number;
}
