/** Puts the branch strategy into rows and sentences: where merges go, where they come from, how long branches live. */
import type { MergeStrategies } from '../../src/metrics/merge-strategies';
import type { BranchPart, BranchStrategy, ReportedShare } from '../../src/views/reports/pull-requests-report';
import type { Language } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { decimal, duration, share } from './format';

/** One bar: a part of all merges. */
export interface ShareRow<Part> {
  readonly name: string;
  /** `12 · 40 %`. */
  readonly text: string;
  /** The length of its bar, from 0 to 1: of the longest one. */
  readonly level: number;
  /** What a press lists; `null` where several stand together. */
  readonly part: Part | null;
  /** The same as cells of a table. */
  readonly cells: readonly string[];
}

export function targetBranchRows(
  { byTargetBranch, otherBranches }: BranchStrategy,
  language: Language,
): readonly ShareRow<BranchPart>[] {
  const { t } = language;
  const longest = Math.max(...byTargetBranch.map((each) => each.share ?? 0), otherBranches?.share ?? 0);
  const rows = byTargetBranch.map((each) =>
    rowOf(each.name ?? t('pullRequestsTab.unknownBranch'), each, longest, language, {
      kind: 'target-branch',
      name: each.name,
    }),
  );
  if (otherBranches === null) return rows;
  const others = t('pullRequestsTab.otherBranches', { count: otherBranches.branches });
  return [...rows, rowOf(others, otherBranches, longest, language, null)];
}

/** Kinds that nothing was merged from are left out. */
export function branchKindRows(
  { byBranchKind }: BranchStrategy,
  language: Language,
): readonly ShareRow<BranchPart>[] {
  const present = byBranchKind.filter(({ merged }) => merged > 0).toSorted((a, b) => b.merged - a.merged);
  const longest = Math.max(...present.map((each) => each.share ?? 0));
  return present.map((each) =>
    rowOf(language.t(`branchKind.${each.name}`), each, longest, language, {
      kind: 'branch-kind',
      name: each.name,
    }),
  );
}

/** The median and the 95th percentile; of few, only how many. */
export function lifetimeSentence({ lifetime, lifetimeLeftOut }: BranchStrategy, language: Language): string {
  const { t } = language;
  const { n, p50, p95 } = lifetime;
  const rest = lifetimeLeftOut === 0 ? '' : ` ${t('explained.leftOut', { count: lifetimeLeftOut })}`;
  if (n < FEWEST_VALUES || p50 === null || p95 === null) {
    return `${t('pullRequestsTab.lifetimeFew', { count: n, fewest: FEWEST_VALUES })}${rest}`;
  }
  const median = duration(p50, language);
  const percentile95 = duration(p95, language);
  return `${t('pullRequestsTab.lifetime', { count: n, median, percentile95 })}${rest}`;
}

/** A way of merging with its count and share, and the pull requests behind it. */
export interface StrategyRow {
  readonly name: string;
  readonly text: string;
  readonly pullRequests: readonly number[];
}

/** Ways that nothing was merged by are left out. */
export function strategyRows({ shares }: MergeStrategies, language: Language): readonly StrategyRow[] {
  return shares
    .filter(({ merged }) => merged > 0)
    .map(({ name, merged, share: part, pullRequests }) => ({
      name: language.t(`mergeStrategy.${name}`),
      text: `${decimal(merged, 0, language)} · ${share(part ?? 0, language)}`,
      pullRequests,
    }));
}

/** Of how many merges it is known, and why not of the others. */
export function strategySentence({ shares, leftOut }: MergeStrategies, { t }: Language): string {
  const known = shares.reduce((sum, { merged }) => sum + merged, 0);
  const sentence = t('pullRequestsTab.strategiesSentence', { known });
  return leftOut === 0 ? sentence : `${sentence} ${t('pullRequestsTab.strategiesLeftOut', { leftOut })}`;
}

/** What the list behind a part is called. */
export function partTitle(part: BranchPart, { t }: Language): string {
  switch (part.kind) {
    case 'target-branch':
      return t('pullRequestsTab.mergedTo', { name: part.name ?? t('pullRequestsTab.unknownBranch') });
    case 'branch-kind':
      return t('pullRequestsTab.mergedFrom', { kind: t(`branchKind.${part.name}`) });
    case 'lifetime':
      return t('pullRequestsTab.lifetimeTitle');
  }
}

function rowOf(
  name: string,
  { merged, share: part }: Omit<ReportedShare<unknown>, 'name'>,
  longest: number,
  language: Language,
  opens: BranchPart | null,
): ShareRow<BranchPart> {
  const count = decimal(merged, 0, language);
  const of = share(part ?? 0, language);
  return {
    name,
    text: `${count} · ${of}`,
    level: longest === 0 ? 0 : (part ?? 0) / longest,
    part: opens,
    cells: [name, count, of],
  };
}
