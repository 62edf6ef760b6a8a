/** A summary of a window in Markdown, for a retrospective: no names of people and no titles, which not everybody may see. */
import type { MetricId, StageFigures } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import type { DeliveryReport } from '../../src/views/reports/delivery-report';
import type { Language } from '../shared/language';
import { changeOfMetric } from './change';
import { date } from './date';
import { deliverySentence } from './delivery';
import { FEWEST_VALUES } from './fewest-values';
import { duration, headline, isDistribution, NO_VALUE, share } from './format';
import { openRow, openSentences } from './open-work';
import { isPartial } from './window-coverage';

const FIGURES: readonly MetricId[] = [
  'time_to_merge',
  'cycle_time',
  'time_to_first_review',
  'merged',
  'unreviewed_merge_rate',
  'stale_approval_rate',
];

/** Longer lists nobody goes through in a meeting. */
const MOST_OPEN = 10;

interface Summarised {
  readonly overview: RepositoryOverview;
  readonly delivery: DeliveryReport;
  /** Whether filters narrow the view. */
  readonly isNarrowed: boolean;
  /** The address of the view; `null` where it is not known. */
  readonly link: string | null;
}

export function retrospectiveSummary(
  { overview, delivery, isNarrowed, link }: Summarised,
  language: Language,
): string {
  const { t } = language;
  const { from, to } = overview.window;
  const blocks = [
    [t('summary.heading', { from: date(from, language), to: date(to, language) })],
    isNarrowed ? [t('summary.narrowed')] : [],
    isPartial(overview) ? [t('summary.partial')] : [],
    [t('summary.figures')],
    FIGURES.map((metric) => figureLine(metric, overview, language)),
    [t('summary.stages')],
    stageLines(overview.stages, language),
    [t('summary.waiting')],
    [openSentences(overview, language)],
    openLines(overview, language),
    [t('summary.delivery')],
    [deliverySentence(delivery, language)],
    link === null ? [] : [t('summary.link', { link })],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function figureLine(metric: MetricId, overview: RepositoryOverview, language: Language): string {
  const { t } = language;
  const figure = overview.figures[metric];
  const name = t(`metricName.${metric}`);
  const fewest = isDistribution(figure) ? FEWEST_VALUES : 1;
  if (figure.unit !== 'count' && figure.n < fewest) return t('summary.few', { name, fewest: FEWEST_VALUES });
  const values = { name, value: headline(figure, language), change: changeText(metric, overview, language) };
  if (isDistribution(figure)) return t('summary.median', { ...values, count: figure.n });
  return figure.unit === 'ratio'
    ? t('summary.share', { ...values, count: figure.n })
    : t('summary.count', values);
}

/** The change to the window before; of what is tested also whether chance explains it. */
function changeText(metric: MetricId, overview: RepositoryOverview, language: Language): string {
  const { sentence, trend } = changeOfMetric(metric, overview, language);
  const isReal = Object.entries(overview.changes).some(
    ([tested, { isChange }]) => tested === metric && isChange === true,
  );
  return isReal && trend !== 'same' ? language.t('summary.realChange', { change: sentence }) : sentence;
}

/** What took time, the most first. */
function stageLines(stages: readonly StageFigures[], language: Language): readonly string[] {
  const { t } = language;
  const timed = stages.flatMap(({ stage, duration: { n, p50 }, share: part }) =>
    part === null || part === 0 ? [] : [{ stage, n, p50, part }],
  );
  if (timed.length === 0) return [t('summary.noStages')];
  return timed
    .toSorted((a, b) => b.part - a.part)
    .map(({ stage, n, p50, part }) =>
      t('summary.stage', {
        stage: t(`stageName.${stage}`),
        share: share(part, language),
        median: p50 === null || n < FEWEST_VALUES ? NO_VALUE : duration(p50, language),
        count: n,
      }),
    );
}

/** What is open for longer than most merges took, the oldest first, by number. */
function openLines({ workInProgress }: RepositoryOverview, language: Language): readonly string[] {
  const { t } = language;
  const late = workInProgress.pullRequests.filter(({ overP85 }) => overP85);
  const lines = late.slice(0, MOST_OPEN).map((open) =>
    t('summary.open', {
      id: String(open.id),
      age: duration(open.ageSeconds, language),
      phase: openRow(open, language).phase,
    }),
  );
  return late.length > MOST_OPEN
    ? [...lines, t('summary.moreOpen', { count: late.length - MOST_OPEN })]
    : lines;
}
