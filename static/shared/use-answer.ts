/** Asks the resolver once, and again when what is asked for changes or the reader wants it. */
import { useCallback, useEffect, useState } from 'react';
import type { ResolverFunction, ResolverFunctions } from '../../src/views/contract';
import { call } from '../api';

export type AnswerState<Data> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly data: Data };

/** The state, and a function that asks again. */
export function useAnswer<F extends ResolverFunction>(
  name: F,
  payload: ResolverFunctions[F]['payload'],
): readonly [AnswerState<ResolverFunctions[F]['data']>, () => void] {
  const [state, setState] = useState<AnswerState<ResolverFunctions[F]['data']>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setRound((current) => current + 1);
  }, []);
  // A payload is a new object at each drawing; its text is the same for the same question.
  const question = JSON.stringify(payload);
  useEffect(() => {
    let active = true;
    call(name, JSON.parse(question) as ResolverFunctions[F]['payload'])
      .then((data) => active && setState({ kind: 'ready', data }))
      .catch((error: unknown) => {
        if (!active) return;
        const message = error instanceof Error ? error.message : 'The answer could not be loaded.';
        setState({ kind: 'failed', message });
      });
    return () => {
      active = false;
    };
  }, [name, question, round]);
  return [state, again];
}
