/** The tab Pipelines: how long pipelines run and wait, how often they succeed, where is deployed to, and who was active. */
import type { ReactElement } from 'react';
import type { PipelinesReport } from '../../../src/views/reports/pipelines-report';
import { ChartCard, DataTable } from '../../charts/chart-card';
import { DurationTrend } from '../../charts/duration-trend';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { MessageState } from '../../shared/states';
import { useAnswer } from '../../shared/use-answer';
import { day, decimal, duration, NO_VALUE, share } from '../../view-model/format';
import {
  activityLines,
  environmentName,
  medianOf,
  missingSentences,
  pipelineLines,
  pipelinesSentence,
  pipelineWeeks,
  pipelineWeekSentence,
  refusalTexts,
  targetName,
  triggerName,
  unnarrowedSentence,
} from '../../view-model/pipelines';
import { withPermission } from '../../view-model/figure-lines';
import { FigureLines } from '../figure-lines';
import { useTrendNotes } from '../notes/use-trend-notes';
import '../data-report.css';

export function PipelinesTab(): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('pipelines', { query });
  return (
    <Answered state={state} onRetry={again}>
      {(report, isStale) => <Pipelines report={report} isStale={isStale} />}
    </Answered>
  );
}

function Pipelines({
  report,
  isStale,
}: {
  readonly report: PipelinesReport;
  readonly isStale: boolean;
}): ReactElement {
  const language = useLanguage();
  const unnarrowed = unnarrowedSentence(useQuery(), language);
  const missing = refusalTexts(report, language);
  const hasRun = report.figures.pipeline_success_rate.n + report.stopped + report.expired > 0;
  return (
    <div aria-busy={isStale}>
      {missingSentences(report, language).map((sentence) => (
        <p key={sentence} className="notice notice-warning" role="status">
          {sentence}
        </p>
      ))}
      {(hasRun || missing.length === 0) && (
        <p className="card-sentence">{pipelinesSentence(report, language)}</p>
      )}
      {unnarrowed !== null && <p className="quiet">{unnarrowed}</p>}
      {hasRun ? (
        <>
          <FigureLines lines={withPermission(pipelineLines(report, language), report.missing, language)} />
          <div className="cards">
            <Trend report={report} />
            <Groups report={report} />
          </div>
        </>
      ) : (
        <NoRuns missing={missing} />
      )}
      <div className="cards">
        <Environments report={report} />
        <Activity report={report} />
      </div>
    </div>
  );
}

/** Nothing ran, or nothing tells whether. */
function NoRuns({ missing }: { readonly missing: readonly string[] }): ReactElement {
  const { t } = useLanguage();
  return missing.length === 0 ? (
    <MessageState title={t('delivery.noPipelineEnded')}>
      <p>{t('pipelines.noneHint')}</p>
    </MessageState>
  ) : (
    <MessageState title={t('pipelines.unknownTitle')}>
      <p>{missing.join(' ')}</p>
    </MessageState>
  );
}

function Trend({ report }: { readonly report: PipelinesReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const weeks = pipelineWeeks(report);
  const notes = useTrendNotes(weeks);
  return (
    <ChartCard
      title={t('pipelines.trendTitle')}
      sentence={t('pipelines.trendSentence')}
      table={{
        columns: [
          t('column.week'),
          t('column.runs'),
          t('column.failed'),
          t('column.median'),
          t('column.percentile75'),
          t('column.percentile95'),
          ...notes.columns,
        ],
        rows: weeks.map(({ from, count, failed, durations }) => [
          day(from, language),
          decimal(count, 0, language),
          decimal(failed, 0, language),
          ...[durations.p50, durations.p75, durations.p95].map((value) =>
            value === null ? NO_VALUE : duration(value, language),
          ),
          ...notes.cellsOf({ from }),
        ]),
      }}
      action={notes.list}
    >
      <DurationTrend
        weeks={weeks}
        label={t('pipelines.trendDrawing')}
        barsLabel={t('column.runs')}
        sentenceOf={(week) => pipelineWeekSentence(week, language)}
        legend={t('pipelines.trendLegend')}
        marks={notes.marks}
      />
    </ChartCard>
  );
}

/** By what a pipeline ran for, and by what began it. */
function Groups({ report }: { readonly report: PipelinesReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const groups = [
    ...report.byTarget.map((group) => ({ ...group, name: targetName(group.key, language) })),
    ...report.byTrigger.map((group) => ({
      ...group,
      name: t('pipelines.begunBy', { trigger: triggerName(group.key, language) }),
    })),
  ];
  return (
    <section className="card" aria-labelledby="groups-title">
      <h2 id="groups-title">{t('pipelines.groupsTitle')}</h2>
      <p className="card-sentence">{t('pipelines.groupsSentence')}</p>
      <DataTable
        caption={t('pipelines.groupsTitle')}
        table={{
          columns: [t('column.pipelines'), t('column.runs'), t('column.successful'), t('column.queueTime')],
          rows: groups.map(({ name, success, queueTime }) => [
            name,
            decimal(success.n, 0, language),
            success.value === null ? NO_VALUE : share(success.value, language),
            medianOf(queueTime, language),
          ]),
        }}
      />
    </section>
  );
}

function Environments({ report }: { readonly report: PipelinesReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const missing = refusalTexts(report, language);
  return (
    <section className="card" aria-labelledby="environments-title">
      <h2 id="environments-title">{t('pipelines.environmentsTitle')}</h2>
      <p className="card-sentence">
        {report.environments.length === 0 && missing.length > 0
          ? missing.join(' ')
          : t('pipelines.environmentsSentence', { count: report.environments.length })}
      </p>
      {report.environments.length > 0 && (
        <DataTable
          caption={t('pipelines.environmentsTitle')}
          table={{
            columns: [
              t('column.environment'),
              t('column.successful'),
              t('column.failed'),
              t('column.stopped'),
              t('column.duration'),
            ],
            rows: report.environments.map((each) => [
              environmentName(each.environmentType, each.environmentId, language),
              decimal(each.successful, 0, language),
              decimal(each.failed, 0, language),
              decimal(each.stopped + each.other, 0, language),
              medianOf(each.duration, language),
            ]),
          }}
        />
      )}
    </section>
  );
}

function Activity({ report }: { readonly report: PipelinesReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  return (
    <section className="card" aria-labelledby="activity-title">
      <h2 id="activity-title">{t('pipelines.activityTitle')}</h2>
      <dl className="lines">
        {activityLines(report, language).map(([name, value, meaning]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className="line-value">{value}</span>
              <p className="line-meaning">{meaning}</p>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
