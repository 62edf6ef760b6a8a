/** The first tab: how the repository is doing, why, and which pull requests stand behind each figure. */
import { useRef, useState, type ReactElement } from 'react';
import type { MetricId } from '../../../src/metrics/figures';
import type { RepositoryOverview } from '../../../src/views/contract';
import { isEmpty } from '../../panel/repository-panel';
import { Answered } from '../../shared/answered';
import { FigureTile } from '../../shared/figure-tile';
import { useLanguage, type MessageKey } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { CompletenessLine, MessageState } from '../../shared/states';
import { useOverview } from '../../shared/use-overview';
import { changeOfMetric } from '../../view-model/change';
import { instant } from '../../view-model/format';
import { whyNoValue } from '../../view-model/why-no-value';
import { isComparable, isPartial } from '../../view-model/window-coverage';
import { Charts } from '../charts';
import { ExplainedList } from '../explained-list';
import { OpenWork } from '../open-work';
import { RemindersSection } from '../reminders/reminders-section';

const HEADLINES: readonly (readonly [MetricId, MessageKey])[] = [
  ['time_to_merge', 'reading.median'],
  ['cycle_time', 'reading.median'],
  ['time_to_first_review', 'reading.median'],
  ['merged', 'reading.pullRequests'],
  ['unreviewed_merge_rate', 'reading.ofMerges'],
  ['stale_approval_rate', 'reading.ofApprovedMerges'],
];

export function OverviewTab(): ReactElement {
  const query = useQuery();
  const [state, again] = useOverview(query);
  return (
    <Answered state={state} onRetry={again}>
      {(overview, isStale) => (
        <>
          {/* Asked again where the import has come further: what is open is read first. */}
          {!isEmpty(overview) && <RemindersSection key={overview.completeness.state} />}
          <Overview key={JSON.stringify(query)} overview={overview} isStale={isStale} />
        </>
      )}
    </Answered>
  );
}

function Overview({
  overview,
  isStale,
}: {
  readonly overview: RepositoryOverview;
  readonly isStale: boolean;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [open, setOpen] = useState<MetricId | null>(null);
  const opener = useRef<Element | null>(null);
  const { figures, window: window_, botsLeftOut } = overview;

  const toggle = (metric: MetricId): void => {
    opener.current = document.activeElement;
    setOpen(open === metric ? null : metric);
  };
  const close = (): void => {
    setOpen(null);
    // Back to where the reader was.
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };

  if (isEmpty(overview)) {
    return (
      <MessageState title={t('panel.emptyTitle')}>
        <p>{t('page.empty')}</p>
      </MessageState>
    );
  }
  const read = (reading: string): string =>
    isPartial(overview) ? t('reading.partial', { reading }) : reading;
  return (
    <div aria-busy={isStale}>
      <CompletenessLine overview={overview} />
      <p className="quiet">
        {t(isComparable(overview) ? 'page.compared' : 'page.uncompared', {
          from: instant(window_.from, language),
          to: instant(window_.to, language),
          days: window_.days,
        })}{' '}
        {botsLeftOut > 0 && `${t('page.botsLeftOut', { count: botsLeftOut })} `}
        {t('page.pressFigure')}
      </p>
      <section aria-label={t('page.headlines')} className="tiles">
        {HEADLINES.map(([metric, reading]) => (
          <FigureTile
            key={metric}
            name={t(`metricName.${metric}`)}
            reading={read(t(reading))}
            meaning={t(`metricMeaning.${metric}`)}
            figure={figures[metric]}
            why={whyNoValue(metric, overview, language)}
            change={changeOfMetric(metric, overview, language)}
            isOpen={open === metric}
            onOpen={() => toggle(metric)}
          />
        ))}
      </section>
      {open !== null && (
        <ExplainedList key={open} figure={open} why={whyNoValue(open, overview, language)} onClose={close} />
      )}
      <Charts overview={overview} />
      <OpenWork overview={overview} />
    </div>
  );
}
