/** What narrows the page: chips for what is set, and the controls that set it, loaded when they are opened. */
import { lazy, Suspense, useState, type ReactElement } from 'react';
import type { FilterChoices } from '../../../src/views/reports/filter-choices';
import type { ViewQuery } from '../../../src/views/view-query';
import { useLanguage } from '../../shared/language';
import { useAnswer } from '../../shared/use-answer';
import { usePersonNames } from '../../shared/use-person-names';
import { chipsOf, cleared, withoutChip, type Chip } from '../../view-model/filters';
import { chipText } from '../../view-model/filter-texts';
import './filters.css';

const FilterForm = lazy(() => import('./filter-form').then((module) => ({ default: module.FilterForm })));

interface FilterBarProps {
  readonly query: ViewQuery;
  readonly onChange: (query: ViewQuery) => void;
}

export function FilterBar({ query, onChange }: FilterBarProps): ReactElement {
  const { t } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const chips = chipsOf(query);
  return (
    <details className="filters" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        {chips.length === 0 ? t('filters.title') : t('filters.titleWithCount', { count: chips.length })}
      </summary>
      {isOpen && <Choices query={query} onChange={onChange} />}
    </details>
  );
}

/** The chips of what is set, each removable; nothing where nothing is. People and teams are named once their names are read. */
export function FilterChips({ query, onChange }: FilterBarProps): ReactElement | null {
  const { t } = useLanguage();
  const chips = chipsOf(query);
  if (chips.length === 0) return null;
  const isNamed = chips.some(({ filter }) => ['authorIds', 'reviewerIds', 'teamId'].includes(filter));
  return (
    <div className="filter-chips" role="group" aria-label={t('filters.active')}>
      {isNamed ? (
        <NamedChips chips={chips} query={query} onChange={onChange} />
      ) : (
        <ChipButtons chips={chips} names={new Map()} query={query} onChange={onChange} />
      )}
      <button type="button" className="link" onClick={() => onChange(cleared(query))}>
        {t('filters.clear')}
      </button>
    </div>
  );
}

function NamedChips({ chips, ...props }: FilterBarProps & { readonly chips: readonly Chip[] }): ReactElement {
  const [state] = useAnswer('choices', { query: cleared(props.query) });
  const choices = state.kind === 'ready' ? state.data : null;
  const people = usePersonNames(choices === null ? [] : [...choices.authors, ...choices.reviewers]);
  const teams = (choices?.teams ?? []).map(({ teamId, name }) => [teamId, name] as const);
  return <ChipButtons chips={chips} names={new Map([...people, ...teams])} {...props} />;
}

function ChipButtons({
  chips,
  names,
  query,
  onChange,
}: FilterBarProps & {
  readonly chips: readonly Chip[];
  readonly names: ReadonlyMap<string, string>;
}): ReactElement {
  const language = useLanguage();
  return (
    <>
      {chips.map((chip) => {
        const text = chipText(chip, query, names, language);
        return (
          <button
            key={`${chip.filter}:${chip.value}`}
            type="button"
            className="filter-chip"
            aria-label={language.t('filters.remove', { filter: text })}
            onClick={() => onChange(withoutChip(query, chip))}
          >
            {text}
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
              <path d="M1 1l8 8M9 1l-8 8" />
            </svg>
          </button>
        );
      })}
    </>
  );
}

function Choices(props: FilterBarProps): ReactElement {
  const { t } = useLanguage();
  const [state, again] = useAnswer('choices', { query: cleared(props.query) });
  switch (state.kind) {
    case 'loading':
      return <p role="status">{t('filters.loading')}</p>;
    case 'failed':
      return (
        <p role="alert">
          {t(`failure.${state.cause}`)}{' '}
          <button type="button" className="link" onClick={again}>
            {t('trouble.tryAgain')}
          </button>
        </p>
      );
    case 'ready':
      return <LoadedForm choices={state.data} {...props} />;
  }
}

function LoadedForm({
  choices,
  ...props
}: FilterBarProps & { readonly choices: FilterChoices }): ReactElement {
  const { t } = useLanguage();
  const names = usePersonNames([...choices.authors, ...choices.reviewers]);
  return (
    <Suspense fallback={<p role="status">{t('filters.loading')}</p>}>
      <FilterForm choices={choices} names={names} {...props} />
    </Suspense>
  );
}
