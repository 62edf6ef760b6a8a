/** What a filter's chips and choices say. */
import type { PersonChoice } from '../../src/views/reports/filter-choices';
import type { ViewQuery } from '../../src/views/view-query';
import type { Language } from '../shared/language';
import type { Chip } from './filters';
import { minuteText } from './page-address';

/** `Author: Ann`; a person or team whose name is not read is shown by the beginning of the id. */
export function chipText(
  chip: Chip,
  query: ViewQuery,
  names: ReadonlyMap<string, string>,
  { t }: Language,
): string {
  switch (chip.filter) {
    case 'targetBranches':
      return t('filters.chipBranch', { name: chip.value });
    case 'authorIds':
      return t('filters.chipAuthor', { name: personName(chip.value, names) });
    case 'reviewerIds':
      return t('filters.chipReviewer', { name: personName(chip.value, names) });
    case 'teamId':
      return t('filters.chipTeam', { name: names.get(chip.value) ?? t('filters.unnamed') });
    case 'branchKinds':
      return t('filters.chipKind', { name: t(`branchKind.${chip.value}`) });
    case 'drafts':
      return t('filters.chipDrafts', { choice: chip.value });
    case 'bots':
      return t('filters.chipBots', { choice: chip.value });
    case 'clock':
      return clockText(query, t);
  }
}

function clockText({ clock }: ViewQuery, t: Language['t']): string {
  if (clock === undefined) return '';
  const { timeZone } = clock;
  return clock.kind === 'weekdays'
    ? t('filters.chipWeekdays', { timeZone })
    : t('filters.chipHours', {
        from: minuteText(clock.startMinute),
        to: minuteText(clock.endMinute),
        timeZone,
      });
}

/** The name where the viewer may see it, else the beginning of the id. */
export function personName(personId: string, names: ReadonlyMap<string, string>): string {
  return names.get(personId) ?? `${personId.slice(0, 8)}…`;
}

/** People by name, as a reader looks for them; those without a name last. */
export function byName(
  people: readonly Pick<PersonChoice, 'personId'>[],
  names: ReadonlyMap<string, string>,
  { locale }: Pick<Language, 'locale'>,
): readonly { readonly id: string; readonly name: string }[] {
  const order = new Intl.Collator(locale, { numeric: true });
  return people
    .map(({ personId }) => ({
      id: personId,
      name: personName(personId, names),
      isNamed: names.has(personId),
    }))
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || order.compare(a.name, b.name));
}
