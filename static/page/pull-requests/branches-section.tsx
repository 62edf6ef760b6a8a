/** Where merges go, from what kind of branch, and how long branches live. */
import type { ReactElement } from 'react';
import type { MergeStrategies } from '../../../src/metrics/merge-strategies';
import type { BranchPart, BranchStrategy } from '../../../src/views/reports/pull-requests-report';
import { ChartCard } from '../../charts/chart-card';
import { ShareBars } from '../../charts/share-bars';
import { useLanguage } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import {
  branchKindRows,
  lifetimeSentence,
  partTitle,
  strategyRows,
  strategySentence,
  targetBranchRows,
  type ShareRow,
} from '../../view-model/branches';
import { useOpened, type Opened } from '../open-work/use-opened';
import { PullRequestName } from '../pull-request-name';
import { ListedNumberPanel } from './listed-number';

const LIFETIME: BranchPart = { kind: 'lifetime' };

export function BranchesSection({
  branches,
  strategies,
}: {
  readonly branches: BranchStrategy;
  readonly strategies: MergeStrategies;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const opened = useOpened<BranchPart>();
  const { item, open, close } = opened;
  return (
    <>
      <div className="branches">
        <Shares
          title={t('pullRequestsTab.targetsTitle')}
          sentence={t('pullRequestsTab.targetsSentence')}
          head={t('pullRequestsTab.columnBranch')}
          rows={targetBranchRows(branches, language)}
          opened={opened}
        />
        <Shares
          title={t('pullRequestsTab.kindsTitle')}
          sentence={t('pullRequestsTab.kindsSentence')}
          head={t('pullRequestsTab.columnKind')}
          rows={branchKindRows(branches, language)}
          opened={opened}
        />
        <section className="card" aria-labelledby="lifetime-title">
          <h2 id="lifetime-title">{t('pullRequestsTab.lifetimeTitle')}</h2>
          <p className="card-sentence">{lifetimeSentence(branches, language)}</p>
          {branches.lifetime.n > 0 && (
            <button
              type="button"
              className="link"
              aria-expanded={item?.kind === 'lifetime'}
              onClick={() => open(LIFETIME)}
            >
              {t('pullRequestsTab.listThem')}
            </button>
          )}
        </section>
        <Strategies strategies={strategies} />
      </div>
      {item !== null && <Behind key={keyOf(item)} part={item} onClose={close} />}
    </>
  );
}

function Shares({
  title,
  sentence,
  head,
  rows,
  opened: { item, open, close },
}: {
  readonly title: string;
  readonly sentence: string;
  /** The head of the column of names. */
  readonly head: string;
  readonly rows: readonly ShareRow<BranchPart>[];
  readonly opened: Opened<BranchPart>;
}): ReactElement {
  const { t } = useLanguage();
  const isOpen = (part: BranchPart): boolean => item !== null && keyOf(item) === keyOf(part);
  return (
    <ChartCard
      title={title}
      sentence={sentence}
      table={{
        columns: [head, t('column.merged'), t('column.share')],
        rows: rows.map(({ cells }) => cells),
      }}
    >
      <ShareBars rows={rows} isOpen={isOpen} onOpen={(part) => (isOpen(part) ? close() : open(part))} />
    </ChartCard>
  );
}

/** How merges came into the main branch, each with its pull requests. */
function Strategies({ strategies }: { readonly strategies: MergeStrategies }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const rows = strategyRows(strategies, language);
  return (
    <section className="card" aria-labelledby="strategies-title">
      <h2 id="strategies-title">{t('pullRequestsTab.strategiesTitle')}</h2>
      <p className="card-sentence">{strategySentence(strategies, language)}</p>
      {rows.length > 0 && (
        <dl className="lines">
          {rows.map(({ name, text, pullRequests }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <span className="line-value">{text}</span>
                <details>
                  <summary>{t('pullRequestsTab.listThem')}</summary>
                  {pullRequests.map((id) => (
                    <span key={id}>
                      <PullRequestName id={id} link={undefined} />{' '}
                    </span>
                  ))}
                </details>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function keyOf(part: BranchPart): string {
  return part.kind === 'lifetime' ? part.kind : `${part.kind}:${part.name ?? ''}`;
}

function Behind({
  part,
  onClose,
}: {
  readonly part: BranchPart;
  readonly onClose: () => void;
}): ReactElement {
  const language = useLanguage();
  const query = useQuery();
  const answer = useAnswer('explainBranches', { query, part });
  return <ListedNumberPanel title={partTitle(part, language)} answer={answer} onClose={onClose} />;
}
