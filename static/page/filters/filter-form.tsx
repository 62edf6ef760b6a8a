/** The controls that narrow the page; each takes effect at once and says what it leaves out. */
import { useId, type ReactElement, type ReactNode } from 'react';
import type { Inclusion } from '../../../src/metrics/filters';
import type { FilterChoices } from '../../../src/views/reports/filter-choices';
import type { Clock, ViewQuery } from '../../../src/views/view-query';
import { useLanguage } from '../../shared/language';
import { useViewer } from '../../shared/viewer';
import { clockOfKind, without, withValue, type ListFilter } from '../../view-model/filters';
import { byName } from '../../view-model/filter-texts';
import { minuteOf, minuteText } from '../../view-model/page-address';

interface FilterFormProps {
  readonly choices: FilterChoices;
  readonly names: ReadonlyMap<string, string>;
  readonly query: ViewQuery;
  readonly onChange: (query: ViewQuery) => void;
}

export function FilterForm({ choices, names, query, onChange }: FilterFormProps): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const add =
    (filter: ListFilter) =>
    (value: string): void =>
      onChange(withValue(query, filter, value));
  const plain = (values: readonly string[]): readonly Option[] => values.map((id) => ({ id, name: id }));
  return (
    <div className="filter-form">
      <AddChoice
        label={t('filters.branch')}
        options={plain(choices.targetBranches)}
        chosen={query.targetBranches}
        onAdd={add('targetBranches')}
      />
      <AddChoice
        label={t('filters.author')}
        options={byName(choices.authors, names, language)}
        chosen={query.authorIds}
        onAdd={add('authorIds')}
      />
      <AddChoice
        label={t('filters.reviewer')}
        options={byName(choices.reviewers, names, language)}
        chosen={query.reviewerIds}
        onAdd={add('reviewerIds')}
      />
      <TeamChoice choices={choices} query={query} onChange={onChange} />
      <AddChoice
        label={t('filters.kind')}
        options={choices.branchKinds.map((id) => ({ id, name: t(`branchKind.${id}`) }))}
        chosen={query.branchKinds}
        onAdd={add('branchKinds')}
      />
      <InclusionChoice
        label={t('filters.drafts')}
        value={query.drafts ?? 'with'}
        onChange={(drafts) => onChange(drafts === 'with' ? without(query, 'drafts') : { ...query, drafts })}
      />
      <InclusionChoice
        label={t('filters.bots')}
        value={query.bots ?? 'without'}
        onChange={(bots) => onChange(bots === 'without' ? without(query, 'bots') : { ...query, bots })}
      />
      <ClockChoice query={query} onChange={onChange} />
    </div>
  );
}

interface Option {
  readonly id: string;
  readonly name: string;
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <label className="filter-field">
      <span>{label}</span>
      {children}
    </label>
  );
}

/** Adds one value after another; what is chosen stands as a chip above. */
function AddChoice({
  label,
  options,
  chosen,
  onAdd,
}: {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: readonly string[] | undefined;
  readonly onAdd: (value: string) => void;
}): ReactElement {
  const { t } = useLanguage();
  const left = options.filter(({ id }) => chosen?.includes(id) !== true);
  return (
    <Field label={label}>
      <select value="" disabled={left.length === 0} onChange={(event) => onAdd(event.target.value)}>
        <option value="">{chosen === undefined ? t('filters.all') : t('filters.addAnother')}</option>
        {left.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

function TeamChoice({ choices, query, onChange }: Omit<FilterFormProps, 'names'>): ReactElement {
  const { t } = useLanguage();
  return (
    <Field label={t('filters.team')}>
      <select
        value={query.teamId ?? ''}
        disabled={choices.teams.length === 0}
        onChange={(event) => {
          const teamId = event.target.value;
          onChange(teamId === '' ? without(query, 'teamId') : { ...query, teamId });
        }}
      >
        <option value="">{choices.teams.length === 0 ? t('filters.noTeams') : t('filters.all')}</option>
        {choices.teams.map(({ teamId, name, isShown }) => (
          <option key={teamId} value={teamId} disabled={!isShown}>
            {isShown ? name : t('filters.teamTooSmall', { name })}
          </option>
        ))}
      </select>
    </Field>
  );
}

const INCLUSIONS: readonly Inclusion[] = ['with', 'without', 'only'];

function InclusionChoice({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: Inclusion;
  readonly onChange: (value: Inclusion) => void;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <Field label={label}>
      <select
        value={value}
        onChange={(event) => onChange(INCLUSIONS.find((each) => each === event.target.value) ?? value)}
      >
        {INCLUSIONS.map((each) => (
          <option key={each} value={each}>
            {t(`filters.${each}`)}
          </option>
        ))}
      </select>
    </Field>
  );
}

const CLOCKS = ['weekdays', 'working-hours'] as const;

/** By default all hours count; else those of the reader's zone, which the address then names. */
function ClockChoice({ query, onChange }: Pick<FilterFormProps, 'query' | 'onChange'>): ReactElement {
  const { t } = useLanguage();
  const { timeZone } = useViewer();
  const { clock, ...rest } = query;
  const choose = (value: string): void => {
    const kind = CLOCKS.find((each) => each === value);
    onChange(kind === undefined ? rest : { ...rest, clock: clockOfKind(kind, clock?.timeZone ?? timeZone) });
  };
  return (
    <>
      <Field label={t('filters.clock')}>
        <select value={clock?.kind ?? ''} onChange={(event) => choose(event.target.value)}>
          <option value="">{t('filters.allHours')}</option>
          {CLOCKS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`filters.${kind}`)}
            </option>
          ))}
        </select>
      </Field>
      {clock?.kind === 'working-hours' && (
        <HoursChoice clock={clock} onChange={(hours) => onChange({ ...rest, clock: hours })} />
      )}
    </>
  );
}

type WorkingHours = Extract<Clock, { kind: 'working-hours' }>;

function HoursChoice({
  clock,
  onChange,
}: {
  readonly clock: WorkingHours;
  readonly onChange: (clock: WorkingHours) => void;
}): ReactElement {
  const { t } = useLanguage();
  const hint = useId();
  // A half-written time, or one that would leave no hour, waits until it makes sense.
  const change = (changed: WorkingHours): void => {
    if (changed.startMinute < changed.endMinute) onChange(changed);
  };
  return (
    <fieldset className="filter-field filter-hours" aria-describedby={hint}>
      <legend>{t('filters.hours')}</legend>
      <input
        type="time"
        aria-label={t('filters.hoursFrom')}
        defaultValue={minuteText(clock.startMinute)}
        onChange={(event) => {
          const startMinute = minuteOf(event.target.value);
          if (startMinute !== null) change({ ...clock, startMinute });
        }}
      />
      –
      <input
        type="time"
        aria-label={t('filters.hoursTo')}
        defaultValue={minuteText(clock.endMinute)}
        onChange={(event) => {
          const endMinute = minuteOf(event.target.value);
          if (endMinute !== null) change({ ...clock, endMinute });
        }}
      />
      <span id={hint} className="quiet">
        {t('filters.hoursHint', { timeZone: clock.timeZone })}
      </span>
    </fieldset>
  );
}
