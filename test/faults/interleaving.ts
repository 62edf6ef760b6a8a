/** Runs functions of the app at once: at each of their calls a seed says which of them goes on. */
import type { Chance } from '../../local/demo/random';

type ForgeFetch = (meta: object, target: string, init?: RequestInit) => Promise<Response>;
const globals = globalThis as { __forge_fetch__?: ForgeFetch };

/**
 * Their outcomes, in their order. One call is under way at a time, and the next begins only when the function that it
 * belongs to has gone on as far as it can: so the same seed makes the same order, however fast anything answers.
 */
export async function interleaved(
  luck: Chance,
  functions: readonly (() => Promise<unknown>)[],
): Promise<readonly PromiseSettledResult<unknown>[]> {
  const behind = globals.__forge_fetch__;
  if (behind === undefined) throw new Error('Start the app first.');
  const waiting: (() => Promise<unknown>)[] = [];
  globals.__forge_fetch__ = (...call) =>
    new Promise((resolve, reject) => {
      waiting.push(() => behind(...call).then(resolve, reject));
    });
  const state = { isOver: false };
  const all = Promise.allSettled(functions.map((run) => run())).finally(() => {
    state.isOver = true;
  });
  try {
    while (!state.isOver) {
      await nextRound();
      const [chosen] = waiting.splice(luck.integer(0, Math.max(0, waiting.length - 1)), 1);
      await chosen?.();
    }
    return await all;
  } finally {
    globals.__forge_fetch__ = behind;
  }
}

/** Everything that can go on without an answer has gone on by then. */
function nextRound(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
