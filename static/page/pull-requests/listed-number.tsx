/** The list behind a number that is no figure of the export, in a card of its own. */
import type { ReactElement, ReactNode } from 'react';
import type { ListedNumber } from '../../../src/views/reports/pull-requests-report';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
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
      <Answered state={state} loading={t('loading.list')} onRetry={again}>
        {(listed) => (
          <>
            <p>
              {listed.items.length > 0 && sumOf(listed, language)}
              {listed.leftOut > 0 && ` ${t('explained.leftOut', { count: listed.leftOut })}`}
              {listed.cut !== undefined &&
                ` ${t('explained.cut', { shown: listed.items.length, count: listed.cut.of })}`}
            </p>
            {listed.items.length > 0 && <ExplainedRows explained={listed} />}
          </>
        )}
      </Answered>
    </ExplainedPanel>
  );
}
