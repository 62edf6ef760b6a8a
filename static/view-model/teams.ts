/** Puts a team's members into words: who belongs to it since when, who did, and who could. */
import type { PersonChoice } from '../../src/views/reports/filter-choices';
import type { TeamMember, TeamReport, TeamsReport } from '../../src/views/reports/teams-report';
import type { Language, MessageKey } from '../shared/language';
import { personName } from './filter-texts';
import { instant } from './format';

export interface ShownMember {
  readonly personId: string;
  readonly name: string;
  readonly since: string;
}

export interface FormerMember extends ShownMember {
  readonly until: string;
}

/** Whoever belongs to it now, by name. */
export function presentMembers(
  { members }: TeamReport,
  names: ReadonlyMap<string, string>,
  language: Language,
): readonly ShownMember[] {
  return inOrder(
    members.filter(({ to }) => to === null).map((member) => shown(member, names, language)),
    language,
  );
}

/** Whose membership has ended, by name; each membership by itself. */
export function formerMembers(
  { members }: TeamReport,
  names: ReadonlyMap<string, string>,
  language: Language,
): readonly FormerMember[] {
  const former = members.flatMap((member) =>
    member.to === null
      ? []
      : [
          {
            ...shown(member, names, language),
            until: language.t('teams.until', { instant: instant(member.to, language) }),
          },
        ],
  );
  return inOrder(former, language);
}

/** The sentence on who can change teams. */
export function whoMayChange({ mayChange }: Pick<TeamsReport, 'mayChange'>): MessageKey {
  if (mayChange === null) return 'teams.mayBeUnknown';
  return mayChange ? 'teams.mayChange' : 'teams.mayNotChange';
}

/** Whoever does not belong to it now. */
export function whoCanJoin(
  { members }: TeamReport,
  people: readonly PersonChoice[],
): readonly PersonChoice[] {
  const present = new Set(members.filter(({ to }) => to === null).map(({ personId }) => personId));
  return people.filter(({ personId }) => !present.has(personId));
}

function shown(
  { personId, from }: TeamMember,
  names: ReadonlyMap<string, string>,
  language: Language,
): ShownMember {
  const { t } = language;
  return {
    personId,
    name: personName(personId, names),
    since: from === null ? t('teams.always') : t('teams.since', { instant: instant(from, language) }),
  };
}

function inOrder<Member extends ShownMember>(
  members: readonly Member[],
  { locale }: Language,
): readonly Member[] {
  const order = new Intl.Collator(locale, { numeric: true });
  return members.toSorted((a, b) => order.compare(a.name, b.name));
}
