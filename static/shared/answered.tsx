/** What a question's answer is shown as: that it is on its way, why there is none, or what is made of it. */
import type { ReactElement } from 'react';
import { useLanguage } from './language';
import { FailedState, LoadingState } from './states';
import type { AnswerState } from './use-answer';

/** Draws the data once there are any; until then that they load, or why they could not be, with another try. */
export function Answered<Data>({
  state,
  loading,
  children,
  ...failed
}: {
  readonly state: AnswerState<Data>;
  /** Said in one line where a part of a screen loads; without it, grey places stand for a whole one. */
  readonly loading?: string;
  /** Tells what is missing if it fails: the figures, where none is given. */
  readonly title?: string;
  /** Left out where another try would fail the same way. */
  readonly onRetry?: () => void;
  readonly children: (data: Data, isStale: boolean) => ReactElement;
}): ReactElement {
  const { t } = useLanguage();
  switch (state.kind) {
    case 'loading':
      return loading === undefined ? <LoadingState /> : <p role="status">{loading}</p>;
    case 'failed':
      return <FailedState message={t(`failure.${state.cause}`)} {...failed} />;
    case 'ready':
      return children(state.data, state.isStale);
  }
}
