/** Asks the resolver once, and again when what is asked for changes or the reader wants it. */
import { useCallback, useEffect, useState } from 'react';
import type { ResolverFunction, ResolverFunctions } from '../../src/views/contract';
import { call, failureOf, type Failure } from '../api';

export type AnswerState<Data> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: Failure }
  | {
      readonly kind: 'ready';
      readonly data: Data;
      /** What is shown answers an earlier question; the answer to the present one is on its way. */
      readonly isStale: boolean;
    };

type Stored<Data> =
  | Exclude<AnswerState<Data>, { kind: 'ready' }>
  | { readonly kind: 'ready'; readonly data: Data; readonly question: string };

/** The state, and a function that asks again. The answer before stays visible until the new one comes. */
export function useAnswer<F extends ResolverFunction>(
  name: F,
  payload: ResolverFunctions[F]['payload'],
): readonly [AnswerState<ResolverFunctions[F]['data']>, () => void] {
  const [state, setState] = useState<Stored<ResolverFunctions[F]['data']>>({ kind: 'loading' });
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
      .then((data) => active && setState({ kind: 'ready', data, question }))
      .catch((error: unknown) => active && setState({ kind: 'failed', cause: failureOf(error) }));
    return () => {
      active = false;
    };
  }, [name, question, round]);
  if (state.kind !== 'ready') return [state, again];
  return [{ kind: 'ready', data: state.data, isStale: state.question !== question }, again];
}
