/** Puts into words on whom one open pull request waits, and whether somebody should be reminded of it. */
import type { PullRequestWaiting, WaitingPerson } from '../../src/metrics/pull-request-waiting';
import type { PanelReminder, PullRequestReport } from '../../src/views/reports/pull-request-report';
import type { Language } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { duration, instant } from './format';

/** Names by person, as far as the viewer may see them and they have come. */
export type Names = ReadonlyMap<string, string>;

export interface ReminderNote {
  /** `late`: somebody should be reminded; `unknown`: there is nothing to compare with. */
  readonly tone: 'late' | 'on-track' | 'unknown';
  readonly title: string;
  readonly sentences: readonly string[];
}

/** `null` of one that is not open, and of a draft: it waits for nobody. */
export function reminderNote(
  { reminder, waiting }: PullRequestReport,
  names: Names,
  language: Language,
): ReminderNote | null {
  if (reminder === null || waiting === null) return null;
  const { t } = language;
  const { isLate, days, isWhole } = reminder;
  if (isLate === null) {
    const values = { days, fewest: FEWEST_VALUES, read: isWhole ? 'whole' : 'part' };
    return {
      tone: 'unknown',
      title: t('pullRequestPanel.noComparison'),
      sentences: [t('pullRequestPanel.noPercentile', values)],
    };
  }
  const sentences = comparisons(reminder, language);
  return isLate
    ? {
        tone: 'late',
        title: t('pullRequestPanel.reminder'),
        sentences: [...sentences, whoAndSince(waiting, names, language)],
      }
    : { tone: 'on-track', title: t('pullRequestPanel.onTrack'), sentences };
}

/** The age first: the sentence of the first review speaks of the same merges. */
function comparisons(
  { age, firstReview, days, isWhole }: PanelReminder,
  language: Language,
): readonly string[] {
  const { t } = language;
  const sentences: string[] = [];
  if (age.p85Seconds !== null) {
    const values = {
      duration: duration(age.seconds, language),
      usual: duration(age.p85Seconds, language),
      days,
      read: isWhole ? 'whole' : 'part',
    };
    sentences.push(
      t(age.isOver === true ? 'pullRequestPanel.ageOver' : 'pullRequestPanel.ageWithin', values),
    );
  }
  if (firstReview !== null && firstReview.p85Seconds !== null) {
    const values = {
      duration: duration(firstReview.seconds, language),
      usual: duration(firstReview.p85Seconds, language),
    };
    sentences.push(
      t(
        firstReview.isOver === true
          ? 'pullRequestPanel.firstReviewOver'
          : 'pullRequestPanel.firstReviewWithin',
        values,
      ),
    );
  }
  return sentences;
}

/** On whom and since when, in one sentence. */
function whoAndSince(waiting: PullRequestWaiting, names: Names, language: Language): string {
  const { t, locale } = language;
  const { people, since, on } = waiting;
  if (people.length === 0) return nobody(on, language);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return t('pullRequestPanel.waitsOnSince', {
    names: list.format([...new Set(people.map((person) => nameOf(person, names, language)))]),
    instant: instant(since, language),
  });
}

function nobody(on: PullRequestWaiting['on'], { t }: Language): string {
  if (on === null) return t('pullRequestPanel.waitsUnknown');
  return t(on === 'author' ? 'pullRequestPanel.waitsOnGone' : 'pullRequestPanel.waitsOnNobody');
}

export interface WaitingText {
  readonly sentence: string;
  readonly people: readonly string[];
  /** Who is asked for a review while it waits on the author. */
  readonly alsoDue: readonly string[];
  /** Since when nothing happened; `null` where that is not known. */
  readonly idle: string | null;
}

/** `null` of one that is not open. */
export function waitingText(
  { waiting, asOf, missing }: PullRequestReport,
  names: Names,
  language: Language,
): WaitingText | null {
  if (waiting === null) return null;
  const { people, on, alsoDue, lastActivityAt } = waiting;
  const lines = (some: readonly WaitingPerson[]): readonly string[] =>
    some.map((person) => personLine(person, asOf, names, language));
  const { t } = language;
  return {
    sentence:
      on === null && missing.activity !== null
        ? t('pullRequestPanel.waitsRefused', { permission: missing.activity })
        : on === null || people.length === 0
          ? nobody(on, language)
          : t(`pullRequestPanel.${nextStep(waiting)}`),
    people: lines(people),
    alsoDue: lines(alsoDue),
    idle:
      lastActivityAt === null
        ? null
        : t('pullRequestPanel.idle', { instant: instant(lastActivityAt, language) }),
  };
}

function nextStep({
  on,
  phase,
}: PullRequestWaiting):
  'authorOfDraft' | 'authorToMerge' | 'authorToAnswer' | 'reviewersFirst' | 'reviewersAgain' {
  if (phase === 'draft') return 'authorOfDraft';
  if (on === 'author') return phase === 'approved' ? 'authorToMerge' : 'authorToAnswer';
  return phase === 'open' ? 'reviewersFirst' : 'reviewersAgain';
}

function personLine(person: WaitingPerson, now: number, names: Names, language: Language): string {
  const { since, cause } = person;
  return language.t('pullRequestPanel.person', {
    name: nameOf(person, names, language),
    cause,
    duration: duration(Math.max(0, now - since), language),
    instant: instant(since, language),
  });
}

function nameOf({ personId, cause }: WaitingPerson, names: Names, { t }: Language): string {
  const isAuthor = cause === 'draft' || cause === 'reviewed';
  return (
    names.get(personId) ?? t(isAuthor ? 'pullRequestPanel.unnamedAuthor' : 'pullRequestPanel.unnamedReviewer')
  );
}
