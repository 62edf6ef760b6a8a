/** The tab Pull requests: what changed most, every figure, one distribution, branches, and other tools' definitions. */
import { useRef, useState, type ComponentType, type ReactElement } from 'react';
import type { MetricId } from '../../../src/metrics/figures';
import type { PullRequestsReport } from '../../../src/views/reports/pull-requests-report';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { CompletenessLine, MessageState } from '../../shared/states';
import { useAnswer } from '../../shared/use-answer';
import { tellingSentence } from '../../view-model/pull-requests';
import { whyNoValue } from '../../view-model/why-no-value';
import { ExplainedList } from '../explained-list';
import { LazySection } from '../lazy-section';
import { BranchesSection } from './branches-section';
import { DistributionCard } from './distribution-card';
import { FiguresTable } from './figures-table';
import './pull-requests.css';

export function PullRequestsTab(): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('pullRequests', { query });
  return (
    <Answered state={state} onRetry={again}>
      {(report, isStale) => <PullRequests key={JSON.stringify(query)} report={report} isStale={isStale} />}
    </Answered>
  );
}

function PullRequests({
  report,
  isStale,
}: {
  readonly report: PullRequestsReport;
  readonly isStale: boolean;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [open, setOpen] = useState<MetricId | null>(null);
  const opener = useRef<Element | null>(null);
  const { completeness, botsLeftOut, figures } = report;

  const toggle = (metric: MetricId): void => {
    opener.current = document.activeElement;
    setOpen(open === metric ? null : metric);
  };
  const close = (): void => {
    setOpen(null);
    // Back to where the reader was.
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };

  if (completeness.state === 'complete' && completeness.pullRequests === 0) {
    return (
      <MessageState title={t('panel.emptyTitle')}>
        <p>{t('page.empty')}</p>
      </MessageState>
    );
  }
  return (
    <div aria-busy={isStale}>
      <CompletenessLine overview={report} />
      <p className="telling">{tellingSentence(report, language)}</p>
      <p className="quiet">
        {botsLeftOut > 0 && `${t('page.botsLeftOut', { count: botsLeftOut })} `}
        {t('page.pressFigure')}
      </p>
      <FiguresTable report={report} open={open} onOpen={toggle} />
      {open !== null && (
        <ExplainedList key={open} figure={open} why={whyNoValue(open, report, language)} onClose={close} />
      )}
      <DistributionCard />
      {figures.merged.value > 0 && (
        <BranchesSection branches={report.branches} strategies={report.strategies} />
      )}
      <LazySection title={t('definitions.title')} about={t('definitions.about')} load={loadDefinitions} />
      <LazySection title={t('recount.title')} about={t('recount.about')} load={loadRecount} />
    </div>
  );
}

const loadDefinitions = async (): Promise<ComponentType> =>
  (await import('./definitions-section')).DefinitionsSection;

const loadRecount = async (): Promise<ComponentType> => (await import('./recount-section')).RecountSection;
