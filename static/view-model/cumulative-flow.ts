/** The cumulative flow as a screen draws it: bands by phase, what came and went from day to day, and sentences on both. */
import type { FlowDay } from '../../src/metrics/cumulative-flow';
import type { Phase } from '../../src/metrics/figures';
import type { OpenWorkReport } from '../../src/views/reports/open-work-report';
import type { Language } from '../shared/language';
import { date } from './date';
import { day, decimal } from './format';
import { coverageOf } from './window-coverage';

const SECONDS_A_DAY = 86_400;

/** From the bottom up: what is nearest to the merge lies lowest, so that work moves down as it goes on. */
export const BANDS = ['approved', 'reviewed', 'open', 'draft'] as const satisfies readonly Phase[];

/** One day of the drawing. */
export interface ShownDay {
  readonly flow: FlowDay;
  /** The sum of the phases. */
  readonly open: number;
  /** What came and went since the day shown before, or the window's beginning. */
  readonly since: number;
  readonly opened: number;
  readonly closed: number;
  /** Of a day that is not read, what was closed since is missing. */
  readonly isRead: boolean;
  /** The day is not over: the state is of now. */
  readonly isRunning: boolean;
  /** How many days lie between two that are shown. */
  readonly daysApart: number;
}

export function shownDays({ flow, window, completeness }: OpenWorkReport): readonly ShownDay[] {
  const { since: readSince } = coverageOf(completeness, window);
  let before = { at: window.from, opened: 0, closed: 0 };
  return flow.days.map((each) => {
    const { at, byPhase, opened, closed } = each;
    const shown = {
      flow: each,
      open: BANDS.reduce((sum, phase) => sum + byPhase[phase], 0),
      since: before.at,
      opened: opened - before.opened,
      closed: closed - before.closed,
      isRead: at >= readSince,
      isRunning: at < each.day + SECONDS_A_DAY,
      daysApart: flow.daysApart,
    };
    before = each;
    return shown;
  });
}

/** Lower and upper edge of a phase's band on a day, in pull requests. */
export function edgesOf({ flow }: ShownDay, phase: Phase): readonly [number, number] {
  const below = BANDS.slice(
    0,
    BANDS.findIndex((each) => each === phase),
  ).reduce((sum, each) => sum + flow.byPhase[each], 0);
  return [below, below + flow.byPhase[phase]];
}

/** Whole numbers from 0 to at least `highest`, at most six. */
export function countTicks(highest: number): readonly number[] {
  const rough = Math.max(1, highest) / 5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * magnitude).find((each) => each >= rough) ?? 1);
  return Array.from({ length: Math.ceil(Math.max(1, highest) / step) + 1 }, (_, place) => place * step);
}

/** What the diagram says at a glance. */
export function flowSentence(report: OpenWorkReport, language: Language): string {
  const { t } = language;
  const { flow, window, completeness, leftOut } = report;
  const last = flow.days.at(-1);
  const [opened, closed] = [last?.opened ?? 0, last?.closed ?? 0];
  const isWhole = coverageOf(completeness, window).kind === 'whole';
  const sentences = [
    isWhole &&
      t('cumulativeFlow.sentence', {
        atStart: flow.openAtStart,
        opened,
        closed,
        atEnd: flow.openAtStart + opened - closed,
      }),
    t('cumulativeFlow.howToRead'),
    flow.days.some(({ activityUnread }) => activityUnread > 0) && t('cumulativeFlow.unread'),
    leftOut.undated > 0 && t('cumulativeFlow.undated', { count: leftOut.undated }),
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

/** A day by name, with its year where the window is so long that another of it may have the same. */
export function dayName({ flow, isRunning, daysApart }: ShownDay, language: Language): string {
  const name = daysApart === 1 ? day(flow.day, language) : date(flow.day, language);
  return isRunning ? language.t('cumulativeFlow.running', { day: name }) : name;
}

/** The numbers of one day. */
export function daySentence(shown: ShownDay, language: Language): string {
  const { t } = language;
  const { flow, open, opened, closed, isRead } = shown;
  if (!isRead) return t('cumulativeFlow.dayUnread', { day: dayName(shown, language) });
  const { draft, open: waiting, reviewed, approved } = flow.byPhase;
  return t('cumulativeFlow.day', {
    day: dayName(shown, language),
    count: open,
    waiting,
    reviewed,
    approved,
    draft,
    opened,
    closed,
    days: shown.daysApart,
  });
}

/** The same for a table: the day, the phases from the beginning, all that was open, and what came and went. */
export function dayCells(shown: ShownDay, language: Language): readonly string[] {
  const { flow, open, opened, closed } = shown;
  const counts = [...BANDS.toReversed().map((phase) => flow.byPhase[phase]), open, opened, closed];
  const name = dayName(shown, language);
  return [
    shown.isRead ? name : language.t('cumulativeFlow.unreadDay', { day: name }),
    ...counts.map((count) => decimal(count, 0, language)),
  ];
}
