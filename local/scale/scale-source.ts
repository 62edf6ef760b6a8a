/** What a simulation of a large workspace needs beside Bitbucket's answers: what happens in it as time goes by. */
import type { WorkspaceSource } from '../bitbucket/workspace-source';

/** One event as Forge sends it to a trigger, before its delivery takes time. */
export interface Happening {
  /** Milliseconds since the epoch at which it happened in Bitbucket. */
  readonly at: number;
  /** Complete, with `eventType`. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A workspace whose answers are those of the present instant: what happens later is not there yet. */
export interface ScaleSource extends WorkspaceSource {
  /** Pull requests that were opened before the simulation's beginning. */
  readonly pullRequests: number;
  /** Uuid, with braces, of the repository with the most pull requests. */
  readonly largest: string;
  /** What happens after `from` up to and with `to` (milliseconds), in order. */
  happenings(from: number, to: number): readonly Happening[];
}

/** The size of a simulated workspace. */
export interface ScaleSize {
  readonly repositories: number;
  /** Before the beginning. */
  readonly pullRequests: number;
  /** Of all kinds, a day, on average over a week. */
  readonly eventsPerDay: number;
}
