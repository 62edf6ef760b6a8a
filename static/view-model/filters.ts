/** What narrows a view, as the chips and controls of the filter bar need it. */
import type { BranchKind } from '../../src/facts/pull-request-facts';
import type { Inclusion } from '../../src/metrics/filters';
import type { Clock, ViewQuery } from '../../src/views/view-query';

/** Filters that hold several values, each shown as a chip. */
export const LIST_FILTERS = ['targetBranches', 'authorIds', 'reviewerIds', 'branchKinds'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

/** One value that narrows the view; `value` is the id, name or kind as the query has it. */
export type Chip =
  | { readonly filter: Exclude<ListFilter, 'branchKinds'> | 'teamId'; readonly value: string }
  | { readonly filter: 'branchKinds'; readonly value: BranchKind }
  | { readonly filter: 'drafts' | 'bots'; readonly value: Inclusion }
  | { readonly filter: 'clock'; readonly value: Clock['kind'] };

/** The nine to five of most offices, for a reader who switches working hours on. */
export const OFFICE_HOURS = { startMinute: 9 * 60, endMinute: 17 * 60 } as const;

/** What narrows the view, in the order of the controls; empty where all pull requests of people count. */
export function chipsOf({
  targetBranches = [],
  authorIds = [],
  reviewerIds = [],
  branchKinds = [],
  teamId,
  drafts,
  bots,
  clock,
}: ViewQuery): readonly Chip[] {
  return [
    ...targetBranches.map((value): Chip => ({ filter: 'targetBranches', value })),
    ...authorIds.map((value): Chip => ({ filter: 'authorIds', value })),
    ...reviewerIds.map((value): Chip => ({ filter: 'reviewerIds', value })),
    ...branchKinds.map((value): Chip => ({ filter: 'branchKinds', value })),
    ...(teamId === undefined ? [] : [{ filter: 'teamId', value: teamId } as const]),
    ...(drafts === undefined ? [] : [{ filter: 'drafts', value: drafts } as const]),
    ...(bots === undefined ? [] : [{ filter: 'bots', value: bots } as const]),
    ...(clock === undefined ? [] : [{ filter: 'clock', value: clock.kind } as const]),
  ];
}

/** The query with one value more; one that it has already changes nothing. */
export function withValue(query: ViewQuery, filter: ListFilter, value: string): ViewQuery {
  const values = query[filter] ?? [];
  return values.some((each) => each === value)
    ? query
    : { ...query, [filter]: [...values, value as BranchKind] };
}

/** The query without what a chip stands for. */
export function withoutChip(query: ViewQuery, { filter, value }: Chip): ViewQuery {
  const left = isListFilter(filter) ? (query[filter] ?? []).filter((each) => each !== value) : [];
  const rest = without(query, filter);
  return left.length === 0 ? rest : { ...rest, [filter]: left };
}

/** The query as it is by default in one respect. */
export function without(query: ViewQuery, filter: Exclude<keyof ViewQuery, 'window'>): ViewQuery {
  const { window, ...filters } = query;
  const left = Object.entries(filters).filter(([name]) => name !== filter);
  return { window, ...(Object.fromEntries(left) as Partial<ViewQuery>) };
}

/** All pull requests of people, at the same window. */
export function cleared({ window }: ViewQuery): ViewQuery {
  return { window };
}

/** The clock of a kind; working hours begin with those of most offices. */
export function clockOfKind(kind: Clock['kind'], timeZone: string): Clock {
  return kind === 'weekdays' ? { kind, timeZone } : { kind, timeZone, ...OFFICE_HOURS };
}

function isListFilter(filter: Chip['filter']): filter is ListFilter {
  return LIST_FILTERS.some((each) => each === filter);
}
