/** The table of what stands behind a figure: pull requests, deployments, pipelines, pushes or people, with their instants. */
import { router } from '@forge/bridge';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { ExplainedItem } from '../../src/metrics/explained/figure-explanation';
import type { PullRequestLink } from '../api';
import { useLanguage } from '../shared/language';
import { Pager, usePages } from '../shared/pager';
import { usePersonNames } from '../shared/use-person-names';
import { useViewer } from '../shared/viewer';
import {
  commitOfTag,
  itemValue,
  ordered,
  ORDERS,
  valueKindOf,
  type Listed,
  type Order,
} from '../view-model/explained';
import { personName } from '../view-model/filter-texts';
import { instant } from '../view-model/format';
import { commitHref, pipelineHref } from '../view-model/links';
import { PullRequestName } from './pull-request-name';
import { useTitles } from './use-titles';

export function ExplainedRows({ explained }: { readonly explained: Listed }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [order, setOrder] = useState<Order>('largest');
  const { items } = explained;
  const pages = usePages(ordered(items, order));
  const rows = pages.shown;
  const titles = useTitles(rows.flatMap(({ kind, id }) => (kind === 'pull-request' ? [Number(id)] : [])));
  const names = usePersonNames(rows.flatMap(pullRequestOfPerson));
  const kind = valueKindOf(explained);
  return (
    <>
      {items.length > 1 && (
        <label className="sort">
          {t('explained.sortBy')}{' '}
          <select
            value={order}
            onChange={(event) => {
              setOrder(ORDERS.find((each) => each === event.target.value) ?? order);
              pages.goTo(0);
            }}
          >
            {ORDERS.map((each) => (
              <option key={each} value={each}>
                {t(`explained.${each}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="scroll" tabIndex={0} role="region" aria-label={t('explained.region')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('column.item')}</th>
              {kind !== 'none' && (
                <th scope="col">{t(kind === 'part' ? 'column.countsForIt' : 'column.value')}</th>
              )}
              <th scope="col">{t('column.instants')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((item) => {
              const value = itemValue(item, explained, kind, language);
              return (
                // A pull request stands behind a lead time once for each of its commits.
                <tr key={`${item.kind}:${item.id}:${item.instants[0]?.at ?? 0}`}>
                  <th scope="row">
                    <ItemName item={item} titles={titles} names={names} />
                  </th>
                  {kind !== 'none' && <td title={value.exact}>{value.text}</td>}
                  <td>
                    <Instants item={item} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} />
    </>
  );
}

/** A pull request that a person reviewed: there the viewer finds the name. */
function pullRequestOfPerson({
  kind,
  id,
  instants,
}: ExplainedItem): readonly { personId: string; pullRequest: number }[] {
  const [first] = instants;
  return kind === 'person' && first !== undefined && 'pullRequest' in first
    ? [{ personId: id, pullRequest: first.pullRequest }]
    : [];
}

function ItemName({
  item,
  titles,
  names,
}: {
  readonly item: ExplainedItem;
  readonly titles: ReadonlyMap<number, PullRequestLink>;
  readonly names: ReadonlyMap<string, string>;
}): ReactElement {
  const language = useLanguage();
  const { workspaceUuid, repositoryUuid } = useViewer();
  const { t } = language;
  switch (item.kind) {
    case 'pull-request':
      return <PullRequestName id={Number(item.id)} link={titles.get(Number(item.id))} />;
    case 'pipeline':
      return (
        <BitbucketLink href={pipelineHref(workspaceUuid, repositoryUuid, item.id)}>
          {t('explained.pipeline', { number: item.id })}
        </BitbucketLink>
      );
    case 'push':
      return (
        <BitbucketLink href={commitHref(workspaceUuid, repositoryUuid, item.id)}>
          {t('explained.push', { commit: item.id })}
        </BitbucketLink>
      );
    case 'tag':
      return <TagName id={item.id} />;
    case 'deployment':
      return <>{t('explained.deployment', { id: item.id.slice(0, 8) })}</>;
    case 'person':
      return <>{personName(item.id, names)}</>;
  }
}

/** A tag's own name is not stored; its commit tells where it is. */
function TagName({ id }: { readonly id: string }): ReactElement {
  const { t } = useLanguage();
  const { workspaceUuid, repositoryUuid } = useViewer();
  const commit = commitOfTag(id);
  if (commit === null) return <>{t('explained.tagUnknown')}</>;
  return (
    <BitbucketLink href={commitHref(workspaceUuid, repositoryUuid, commit)}>
      {t('explained.tag', { commit })}
    </BitbucketLink>
  );
}

function BitbucketLink({
  href,
  children,
}: {
  readonly href: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <a
      href={href}
      onClick={(event) => {
        event.preventDefault();
        void router.open(href);
      }}
    >
      {children}
    </a>
  );
}

/** More instants than this, as of a person's reviews, are counted in place of being listed. */
const MOST_INSTANTS = 6;

function Instants({ item }: { readonly item: ExplainedItem }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { instants, further = 0 } = item;
  const listed = instants.slice(0, MOST_INSTANTS);
  const rest = instants.length - listed.length + further;
  return (
    <>
      {listed.map((each, place) => (
        <div key={place}>
          {t(`instant.${each.name}`)} {'pullRequest' in each && `#${each.pullRequest} `}
          {instant(each.at, language)} <span className="quiet">({t(`instantSource.${each.source}`)})</span>
        </div>
      ))}
      {rest > 0 && <div className="quiet">{t('explained.moreInstants', { count: rest })}</div>}
    </>
  );
}
