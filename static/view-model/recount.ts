/** Puts a recount into words: how far it is, what it found, and each difference. */
import type { RecountReport, ReportedDifference } from '../../src/views/reports/recount-report';
import type { Language } from '../shared/language';
import { decimal, duration, instant, NO_VALUE } from './format';
import { causeText } from './trouble';

export type Recount = NonNullable<RecountReport['recount']>;

/** Whether it still goes on, so that the screen looks again. */
export function isRecounting({ recount }: RecountReport): boolean {
  return recount !== null && recount.state !== 'complete';
}

/** How far it is, or what came of it; a sentence each. */
export function recountSentences({ recount }: RecountReport, language: Language): readonly string[] {
  const { t } = language;
  if (recount === null) return [t('recount.none')];
  const window = {
    from: instant(recount.window.from, language),
    to: instant(recount.window.to, language),
  };
  if (recount.state === 'complete') return [t('recount.over', window), ...foundSentences(recount, language)];
  return [
    t('recount.underWay', window),
    progressSentence(recount, language),
    ...(recount.found === 0 ? [] : [t('recount.foundSoFar', { count: recount.found })]),
  ];
}

/** From 0 to 1; `null` while it is not known how many there are. */
export function recountLevel({ done, expected }: Recount): number | null {
  return expected === null || expected === 0 ? null : Math.min(1, done / expected);
}

function progressSentence(recount: Recount, language: Language): string {
  const { t } = language;
  const { trouble, done, expected, remainingSeconds } = recount;
  if (trouble !== null) return t('recount.heldUp', { cause: causeText(trouble, language) });
  if (expected === null) return t('recount.listing');
  return remainingSeconds === null
    ? t('recount.progress', { done, all: expected })
    : t('recount.progressLeft', { done, all: expected, left: duration(remainingSeconds, language) });
}

function foundSentences({ done, found, differences, completed, gone }: Recount, { t }: Language): string[] {
  const sentences = [
    found === 0 ? t('recount.agrees', { count: done }) : t('recount.repaired', { count: found, all: done }),
    found > differences.length && t('recount.cut', { count: differences.length }),
    completed > 0 && t('recount.completed', { count: completed }),
    gone > 0 && t('recount.gone', { count: gone }),
  ];
  return sentences.filter((sentence) => sentence !== false);
}

/** What the store held and what Bitbucket says, as texts. */
export function differenceTexts(
  { fact, before, after }: ReportedDifference,
  language: Language,
): { readonly before: string; readonly after: string } {
  const { t } = language;
  const text = (value: ReportedDifference['before']): string => {
    if (value === null) return NO_VALUE;
    if (typeof value === 'string') return value;
    if (typeof value === 'boolean') return t(value ? 'explained.yes' : 'explained.no');
    if (typeof value === 'object') return t('recount.entries', { count: value.entries });
    return fact.endsWith('At') ? instant(value, language) : decimal(value, 0, language);
  };
  const texts = { before: text(before), after: text(after) };
  // Lists of the same length differ in what they hold, which is not kept.
  return typeof after === 'object' && after !== null && texts.before === texts.after
    ? { ...texts, after: t('recount.otherEntries', { count: after.entries }) }
    : texts;
}
