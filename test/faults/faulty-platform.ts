/** Puts faults between the app and its platform: by chance, as a seed says, or one at a chosen call. */
import type { Chance } from '../../local/demo/random';
import {
  BITBUCKET_FAULTS,
  endlessPage,
  isEndless,
  QUEUE_FAULTS,
  STORAGE_FAULTS,
  type Call,
  type Fault,
} from './faults';

interface Meta {
  readonly type: string;
  readonly remote?: string;
}
type ForgeFetch = (meta: Meta, target: string, init?: RequestInit) => Promise<Response>;
const globals = globalThis as { __forge_fetch__?: ForgeFetch };

type Room = 'storage' | 'bitbucket' | 'queue';

const FAULTS: Readonly<Record<Room, readonly Fault[]>> = {
  storage: STORAGE_FAULTS,
  bitbucket: BITBUCKET_FAULTS,
  queue: QUEUE_FAULTS,
};

/** The probability of a fault in one call. */
export type FaultRates = Readonly<Record<Room, number>>;

export interface FaultyPlatform {
  /** Faults made so far, by kind. */
  readonly made: ReadonlyMap<string, number>;
  /** No more faults from here on, until `resume`. */
  pause(): void;
  resume(): void;
  /** Whatever was connected before is connected again. */
  end(): void;
}

/** Begins to fail by chance; whatever was connected before stands behind. */
export function failAtRandom(luck: Chance, rates: FaultRates): FaultyPlatform {
  return interpose(luck, (room, call) => {
    if (!luck.happens(rates[room])) return null;
    const possible = FAULTS[room].filter((fault) => fault.applies(call));
    return possible.length === 0 ? null : luck.pick(possible);
  });
}

/**
 * Fails once, at the call of this number, counted from 1 over all rooms; `turn` chooses among the faults that this call
 * can meet.
 */
export function failAtCall(luck: Chance, number: number, turn: number): FaultyPlatform {
  let calls = 0;
  return interpose(luck, (room, call) => {
    calls += 1;
    if (calls !== number) return null;
    const possible = FAULTS[room].filter((fault) => fault.applies(call));
    return possible[turn % possible.length] ?? null;
  });
}

/** Before each call `choose` says which fault it meets, `null` for none. */
function interpose(luck: Chance, choose: (room: Room, call: Call) => Fault | null): FaultyPlatform {
  const behind = globals.__forge_fetch__;
  if (behind === undefined) throw new Error('Start the app first.');
  const made = new Map<string, number>();
  let isPaused = false;
  const note = (kind: string): void => void made.set(kind, (made.get(kind) ?? 0) + 1);

  globals.__forge_fetch__ = async (meta, target, init) => {
    const room = roomOf(meta);
    const call: Call = {
      target,
      body: typeof init?.body === 'string' ? init.body : '',
      pass: (change = {}) =>
        behind(
          meta,
          change.target ?? target,
          change.body === undefined ? init : { ...init, body: change.body },
        ),
    };
    const fault = isPaused ? null : choose(room, call);
    const spoilt = fault === null ? null : await madeBy(fault, call);
    if (spoilt !== null) return spoilt;
    if (room !== 'bitbucket' || !isEndless(target)) return call.pass();
    return isPaused ? new Response('{"type":"error"}', { status: 400 }) : endlessPage(call);
  };

  async function madeBy(fault: Fault, call: Call): Promise<Response | null> {
    try {
      const response = await fault.make(call, luck);
      if (response !== null) note(fault.name);
      return response;
    } catch (error) {
      note(fault.name);
      throw error;
    }
  }

  return {
    made,
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
    end: () => {
      globals.__forge_fetch__ = behind;
    },
  };
}

function roomOf({ type, remote }: Meta): Room {
  if (type === 'kvs') return 'storage';
  return remote === 'bitbucket' ? 'bitbucket' : 'queue';
}
