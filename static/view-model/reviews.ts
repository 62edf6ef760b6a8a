/** Puts the figures of the tab Reviews into words: how review is shared, who reviews how much, and what is missing. */
import type {
  PersonsLoad,
  ResponseTimes,
  ReviewHealth,
  ReviewsReport,
  WaitingLine,
} from '../../src/views/reports/reviews-report';
import type { Language } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { byName } from './filter-texts';
import { decimal, duration, exactDuration, instant, NO_VALUE } from './format';

/** One figure of the team. */
export interface HealthTile {
  readonly name: string;
  readonly value: string;
  /** How the value is to be read, or why there is none. */
  readonly reading: string;
  readonly meaning: string;
  /** The same of the window before; `null` where the figure is not compared. */
  readonly before: string | null;
}

/** Why there is no review to count; `null` where there is one. */
export type NoReviews = 'nothingMerged' | 'nothingRead' | 'unread' | 'nobody';

export function whyNoReviews(report: ReviewsReport): NoReviews | null {
  const { merged, leftOut, health, unattributed } = report;
  if (merged === 0 && leftOut.merged === 0) return isWhole(report) ? 'nothingMerged' : 'nothingRead';
  if (merged === 0) return 'unread';
  return health.reviews === 0 && unattributed === 0 ? 'nobody' : null;
}

/** What of the window is missing, a sentence each. */
export function missingParts(report: ReviewsReport, { t }: Language): readonly string[] {
  const { merged, leftOut, unattributed } = report;
  const parts = [
    !isWhole(report) && t('reviews.partial'),
    merged > 0 && leftOut.merged > 0 && t('reviews.leftOut', { count: leftOut.merged }),
    unattributed > 0 && t('reviews.unattributed', { count: unattributed }),
  ];
  return parts.filter((part) => part !== false);
}

/** What is healthy, and how it is here. */
export function healthSentence({ health }: ReviewsReport, { t }: Language): string {
  const { reviews, reviewers, busFactor } = health;
  const here =
    busFactor === null || isTooLittle(health)
      ? t('reviews.fewForHealth', { reviews, fewest: FEWEST_VALUES })
      : t('reviews.health', { reviews, reviewers, busFactor });
  return `${here} ${t('reviews.healthy')}`;
}

/** How many people were at work, merged or not. */
export function activeSentence(report: ReviewsReport, { t }: Language): string {
  const { activeAuthors: authors, activeReviewers: reviewers } = report;
  return reviewers === null
    ? t('reviews.activeUnread', { authors })
    : t('reviews.active', { authors, reviewers });
}

/** The figures of the team; that of the time to respond only where figures of people are shown. */
export function healthTiles(report: ReviewsReport, language: Language): readonly HealthTile[] {
  const { t } = language;
  const { health, personal } = report;
  const gini = ({ gini: value }: ReviewHealth): string => giniText(value, language);
  const busFactor = ({ busFactor: count }: ReviewHealth): string =>
    count === null ? NO_VALUE : t('reviews.people', { count });
  const valueOf = (text: (of: ReviewHealth) => string): string =>
    isTooLittle(health) ? NO_VALUE : text(health);
  const readingOf = (reading: string): string => (isTooLittle(health) ? t('reviews.tooFew') : reading);
  const tiles: readonly HealthTile[] = [
    {
      name: t('reviews.giniName'),
      value: valueOf(gini),
      reading: readingOf(t('reviews.giniReading')),
      meaning: t('reviews.giniMeaning', { count: health.people }),
      before: beforeText(report, gini, language),
    },
    {
      name: t('reviews.busName'),
      value: valueOf(busFactor),
      reading: readingOf(t('reviews.busReading')),
      meaning: t('reviews.busMeaning'),
      before: beforeText(report, busFactor, language),
    },
  ];
  return personal === null ? tiles : [...tiles, respondTile(personal.timeToRespond, language)];
}

/** Says nothing of better or worse: two numbers of people are no test. */
function beforeText(
  { window, previousHealth }: ReviewsReport,
  text: (health: ReviewHealth) => string,
  { t }: Language,
): string {
  if (previousHealth === null) return t('change.notYet');
  return isTooLittle(previousHealth)
    ? t('change.tooLittle', { days: window.days })
    : t('reviews.before', { days: window.days, before: text(previousHealth) });
}

function respondTile(times: ResponseTimes, language: Language): HealthTile {
  const { t } = language;
  const count = times.figure.n;
  const over = times.values === null ? t('reviews.respondOver', { count }) : t('reviews.eachValue');
  return {
    name: t('reviews.respondName'),
    value: responseText(times, language).text,
    reading: count === 0 ? t('reviews.noResponse') : over,
    meaning: t('reviews.respondMeaning'),
    before: null,
  };
}

/** The median; each value where they are few, ascending. `exact` is the same to the second. */
export function responseText(
  { figure, values }: ResponseTimes,
  language: Language,
): { readonly text: string; readonly exact: string } {
  const shown = values ?? (figure.p50 === null ? [] : [figure.p50]);
  if (shown.length === 0) return { text: NO_VALUE, exact: NO_VALUE };
  return {
    text: shown.map((seconds) => duration(seconds, language)).join(', '),
    exact: shown.map((seconds) => exactDuration(seconds, language)).join(', '),
  };
}

/** `null` is nobody's figure: nobody reviewed. */
function giniText(value: number | null, language: Language): string {
  return value === null ? NO_VALUE : decimal(value, 2, language);
}

function isTooLittle({ reviews }: ReviewHealth): boolean {
  return reviews < FEWEST_VALUES;
}

function isWhole({ readSince, window }: ReviewsReport): boolean {
  return readSince !== null && readSince <= window.from;
}

/** A person's row with the name. */
export interface PersonRow {
  readonly name: string;
  readonly load: PersonsLoad;
  /** How many reviews wait and since when. */
  readonly waiting: string;
}

/** By name, as a reader looks for people: never a ranking. */
export function personRows(
  loads: readonly PersonsLoad[],
  names: ReadonlyMap<string, string>,
  language: Language,
): readonly PersonRow[] {
  const people = loads.map(({ reviewerId }) => ({ personId: reviewerId }));
  const byId = new Map(loads.map((load) => [load.reviewerId, load]));
  return byName(people, names, language).flatMap(({ id, name }) => {
    const load = byId.get(id);
    return load === undefined ? [] : [{ name, load, waiting: waitingText(load, language) }];
  });
}

function waitingText({ openReviewsWaiting: count, waitingSince }: PersonsLoad, language: Language): string {
  return waitingSince === null
    ? decimal(count, 0, language)
    : language.t('reviews.waitingSince', { count, instant: instant(waitingSince, language) });
}

/** What is waited for, in a sentence, and what of it is not known. */
export function waitingSentences(report: ReviewsReport, shown: number, { t }: Language): readonly string[] {
  const count = report.personal?.waitingInAll ?? 0;
  const { open } = report.leftOut;
  const none = isWhole(report) && open === 0 ? t('reviews.waitingNone') : t('reviews.waitingNoneSoFar');
  const some =
    count > shown ? t('reviews.waitingCut', { count, shown }) : t('reviews.waitingSentence', { count });
  return [count === 0 ? none : some, ...(open === 0 ? [] : [t('reviews.waitingLeftOut', { count: open })])];
}

/** Since when somebody's review is due, and how long that is. */
export function waitedTexts(
  { start, waitedSeconds }: WaitingLine,
  language: Language,
): { readonly waited: string; readonly since: string } {
  return {
    waited: duration(waitedSeconds, language),
    since: language.t('reviews.since', { start: start.name, instant: instant(start.at, language) }),
  };
}
