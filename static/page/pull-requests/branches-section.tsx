/** Where merges go, from what kind of branch, and how long branches live. */
import type { ReactElement } from 'react';
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
  targetBranchRows,
  type ShareRow,
} from '../../view-model/branches';
import { useOpened, type Opened } from '../open-work/use-opened';
import { ListedNumberPanel } from './listed-number';

const LIFETIME: BranchPart = { kind: 'lifetime' };

export function BranchesSection({ branches }: { readonly branches: BranchStrategy }): ReactElement {
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
          <p className="quiet">{t('pullRequestsTab.noStrategy')}</p>
        </section>
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
