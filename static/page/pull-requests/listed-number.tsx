/** The list behind a number that is no figure of the export, in a card of its own. */
import type { ReactElement, ReactNode } from 'react';
import type { ListedNumber } from '../../../src/views/reports/pull-requests-report';
import { useLanguage } from '../../shared/language';
import { FailedState } from '../../shared/states';
import type { AnswerState } from '../../shared/use-answer';
import { sumOf } from '../../view-model/explained';
import { ExplainedRows } from '../explained-rows';
import { ExplainedPanel } from '../open-work/explained-panel';

export function ListedNumberPanel({
  title,
  answer: [state, again],
  onClose,
  children,
}: {
  readonly title: string;
  readonly answer: readonly [AnswerState<ListedNumber>, () => void];
  readonly onClose: () => void;
  /** What the number means. */
  readonly children?: ReactNode;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  return (
    <ExplainedPanel title={title} onClose={onClose}>
      {children}
      {state.kind === 'loading' && <p role="status">{t('loading.list')}</p>}
      {state.kind === 'failed' && <FailedState message={t(`failure.${state.cause}`)} onRetry={again} />}
      {state.kind === 'ready' && (
        <>
          <p>
            {state.data.items.length > 0 && sumOf(state.data, language)}
            {state.data.leftOut > 0 && ` ${t('explained.leftOut', { count: state.data.leftOut })}`}
            {state.data.cut !== undefined &&
              ` ${t('explained.cut', { shown: state.data.items.length, count: state.data.cut.of })}`}
          </p>
          {state.data.items.length > 0 && <ExplainedRows explained={state.data} />}
        </>
      )}
    </ExplainedPanel>
  );
}
