/** What stands behind one figure: what the figure comes to once more, and each thing with its value and instants. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef, type ReactElement } from 'react';
import type { FigureId } from '../../src/metrics/explained/figure-explanation';
import type { ExplainedFigure } from '../../src/views/reports/explained-figure';
import { Answered } from '../shared/answered';
import { useLanguage, type Language } from '../shared/language';
import { useQuery } from '../shared/query';
import { useAnswer } from '../shared/use-answer';
import { failureOf, sourceOf } from '../view-model/delivery-rules';
import { sumOf } from '../view-model/explained';
import { missingTexts } from '../view-model/trouble';
import type { WhyNoValue } from '../view-model/why-no-value';
import { ExplainedRows } from './explained-rows';

export function ExplainedList({
  figure,
  why = null,
  onClose,
}: {
  readonly figure: FigureId;
  /** Why the figure has no value; `null` where it has one. */
  readonly why?: WhyNoValue | null;
  readonly onClose: () => void;
}): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('explain', { query, figure });
  const heading = useRef<HTMLHeadingElement>(null);
  const language = useLanguage();
  const { t } = language;

  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <section
      className="card explained"
      aria-labelledby="explained-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="card-head">
        <h2 id="explained-title" ref={heading} tabIndex={-1}>
          {t('explained.title', { name: t(`metricName.${figure}`) })}
        </h2>
        <Button onClick={onClose}>{t('explained.close')}</Button>
      </div>
      <p className="card-sentence">{t(`metricMeaning.${figure}`)}</p>
      <Answered state={state} loading={t('loading.list')} onRetry={again}>
        {(explained) => (
          <>
            <p>
              {why?.sentence ?? sentenceOf(explained, language)}
              {explained.leftOut > 0 && ` ${t('explained.leftOut', { count: explained.leftOut })}`}
              {explained.cut !== undefined &&
                ` ${t('explained.cut', { shown: explained.items.length, count: explained.cut.of })}`}
            </p>
            {explained.rules !== null && (
              <p className="quiet">
                {sourceOf(explained.rules, language)} {failureOf(explained.rules, language)}
              </p>
            )}
            {explained.items.length > 0 && <ExplainedRows explained={explained} />}
          </>
        )}
      </Answered>
    </section>
  );
}

/** What the figure comes to; or why the list is empty, where that does not mean that there is nothing. */
function sentenceOf(explained: ExplainedFigure, language: Language): string {
  if (explained.isHidden) return language.t('explained.hidden');
  return explained.items.length === 0 && explained.missing.length > 0
    ? missingTexts(explained.missing, language).join(' ')
    : sumOf(explained, language);
}
