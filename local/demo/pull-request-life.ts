/** Lets one pull request live: commits, reviews in rounds, rework, and an end. */
import type { ClosedState } from './model';
import type { Person } from './people';
import type { Chance, Spread } from './random';
import * as shape from './recorded-shape';
import { Timeline } from './timeline';
import { isWorkingHour } from './working-hours';
import { afterthought, declineReason, remark, reply, robotRemark } from './wording';

const HOUR = 3_600_000;

/** What happens before commits have hashes and comments have numbers. */
export type PlannedEvent = { readonly at: number; readonly by: Person } & (
  | { readonly kind: 'push'; readonly commits: number; readonly mergesTarget: boolean }
  | {
      readonly kind: 'comment';
      readonly inline: boolean;
      readonly isReply: boolean;
      readonly text: string;
      readonly isDeleted: boolean;
    }
  | { readonly kind: 'approval' | 'changes_requested' | 'ready' }
  | { readonly kind: 'reviewers'; readonly added: readonly Person[] }
  | { readonly kind: 'close'; readonly state: ClosedState; readonly reason: string }
);

/** What the repository and the moment make of a pull request. */
export interface Circumstances {
  readonly author: Person;
  readonly colleagues: readonly Person[];
  readonly reviewerBot: Person;
  readonly openedAt: number;
  /** Multiplies every wait; below 1 is faster. */
  readonly pace: number;
  readonly isUrgent: boolean;
}

export interface Life {
  /** Standard normal: how big the change is beside the others. */
  readonly size: number;
  readonly reviewers: readonly Person[];
  readonly openedAsDraft: boolean;
  readonly firstCommits: number;
  /** Milliseconds from the first commit to the opening. */
  readonly coding: number;
  readonly events: readonly PlannedEvent[];
}

/** Working hours delay what falls into nights and weekends, so the drawn waits are shorter than the measured ones. */
const DRAWN_HOURS_TO_MERGE: Spread = {
  median: shape.HOURS_TO_MERGE.median * 0.45,
  p95: shape.HOURS_TO_MERGE.p95 * 1.7,
};
const DRAWN_HOURS_TO_FIRST_REVIEW: Spread = {
  median: shape.HOURS_TO_FIRST_REVIEW.median * 0.3,
  p95: shape.HOURS_TO_FIRST_REVIEW.p95 * 2,
};

/** Not measured: the recordings are older than drafts and requested changes. */
const OPENED_AS_DRAFT = 0.09;
const CHANGES_REQUESTED = 0.4;
const STANDING_REQUEST = 0.04;
const ROBOT_REMARK = 0.12;
const REVIEWERS_ADDED = 0.1;
const SUPERSEDED = 0.01;

/** The life of a pull request to its end, however far in the future that is. */
export function planLife(chance: Chance, circumstances: Circumstances): Life {
  const size = chance.normal();
  const reviewers = chance.some(circumstances.colleagues, chance.pick([1, 2, 2, 2, 3, 3]));
  const several = Math.max(1, Math.round(chance.spread(shape.FIRST_COMMITS, related(chance, size))));
  const coding = several === 1 ? chance.integer(1, 30) / 60 : chance.spread(shape.HOURS_OF_CODING) + 0.1;
  const openedAsDraft = !circumstances.isUrgent && chance.happens(OPENED_AS_DRAFT);
  const writer = new LifeWriter(chance, circumstances, reviewers, size, openedAsDraft);
  return {
    size,
    reviewers,
    openedAsDraft,
    firstCommits: several,
    coding: Math.floor(coding * HOUR),
    events: writer.write(),
  };
}

/** A standard normal number that goes along with another: big changes take longer, and more of everything. */
function related(chance: Chance, size: number): number {
  return 0.7 * size + 0.714 * chance.normal();
}

class LifeWriter {
  private readonly events: PlannedEvent[] = [];
  private readonly timeline: Timeline;
  private readonly end: number;
  private commentsLeft: number;
  private lastRemarkBy: Person | null = null;

  constructor(
    private readonly chance: Chance,
    private readonly circumstances: Circumstances,
    private readonly reviewers: readonly Person[],
    private readonly size: number,
    private readonly openedAsDraft: boolean,
  ) {
    const { openedAt, pace, isUrgent } = circumstances;
    this.timeline = new Timeline(openedAt, isUrgent);
    const hours = chance.spread(DRAWN_HOURS_TO_MERGE, related(chance, size)) * pace;
    this.end = openedAt + hours * HOUR;
    this.commentsLeft = chance.happens(shape.UNCOMMENTED)
      ? 0
      : Math.max(1, Math.round(chance.spread(shape.COMMENTS, related(chance, size))));
  }

  write(): readonly PlannedEvent[] {
    const { chance, timeline } = this;
    const { author, colleagues, reviewerBot } = this.circumstances;
    if (chance.happens(ROBOT_REMARK))
      this.comment(reviewerBot, timeline.after(1), robotRemark(chance), false);
    if (this.openedAsDraft) {
      const hours = Math.min(chance.spread({ median: 20, p95: 200 }), this.hoursLeft() * 0.4);
      this.events.push({
        kind: 'ready',
        at: timeline.reach(timeline.now + hours * HOUR, author),
        by: author,
      });
    }
    if (chance.happens(REVIEWERS_ADDED)) {
      const others = colleagues.filter((person) => !this.reviewers.includes(person));
      const added = chance.some(others, 1);
      if (added.length > 0) this.events.push({ kind: 'reviewers', at: timeline.after(5), by: author, added });
    }
    const isDeclined = chance.happens(shape.DECLINED);
    if (chance.happens(shape.UNREVIEWED)) this.goUnreviewed();
    else this.goThroughReview(isDeclined);
    if (!isDeclined && chance.happens(shape.SELF_APPROVED)) {
      this.events.push({ kind: 'approval', at: timeline.after(1), by: author });
    }
    this.close(isDeclined ? 'DECLINED' : chance.happens(SUPERSEDED) ? 'SUPERSEDED' : 'MERGED');
    return this.events;
  }

  private hoursLeft(): number {
    return Math.max(0, this.end - this.timeline.now) / HOUR;
  }

  private goUnreviewed(): void {
    for (let pushes = this.pushCount(); pushes > 0; pushes -= 1) {
      this.push(this.timeline.now + (this.hoursLeft() * HOUR) / (pushes + 1));
    }
  }

  private goThroughReview(isDeclined: boolean): void {
    const { chance, timeline, reviewers } = this;
    const { author, pace } = this.circumstances;
    const hours = chance.spread(DRAWN_HOURS_TO_FIRST_REVIEW, related(chance, this.size)) * pace;
    let pushes = this.pushCount();
    const earlyPush = pushes > 1 && chance.happens(0.35);
    const reviewAt = timeline.now + Math.min(hours, this.hoursLeft() * (0.3 + 0.6 * chance.unit())) * HOUR;
    if (earlyPush) {
      this.push(timeline.now + (reviewAt - timeline.now) * chance.unit());
      pushes -= 1;
    }
    const first = this.whoIsAtWork(reviewers, reviewAt);
    timeline.reach(reviewAt, first);
    const mergeWait =
      Math.min(chance.spread(shape.HOURS_OF_MERGE_WAIT) * pace, this.hoursLeft() * 0.8) * HOUR;
    const isStale = pushes > 0 && !isDeclined && chance.happens(shape.STALE_APPROVAL * 1.9);
    if (isStale) pushes -= 1;
    const rounds = pushes;
    const wantsChanges = rounds > 0 && chance.happens(CHANGES_REQUESTED);
    for (let round = 0; round < rounds; round += 1) {
      const left = this.end - mergeWait - timeline.now;
      this.discuss(first, Math.ceil(this.commentsLeft / (rounds - round + 1)));
      if (wantsChanges && round === 0) {
        this.events.push({ kind: 'changes_requested', at: timeline.reach(0, first), by: first });
      }
      this.push(timeline.now + (left * chance.unit() * 1.6) / (rounds - round + 1));
    }
    this.discuss(first, this.commentsLeft);
    if (isDeclined) {
      if (rounds === 0 && chance.happens(0.5)) {
        this.events.push({ kind: 'changes_requested', at: timeline.reach(0, first), by: first });
      }
      return;
    }
    this.approve(first, mergeWait);
    if (isStale) this.push(timeline.now + mergeWait * chance.unit());
    if (this.events.every((event) => event.by === author))
      this.comment(first, timeline.reach(0, first), remark(chance), false);
  }

  /** None to three approvals, the first by who reviewed first, the last about `mergeWait` before the end. */
  private approve(first: Person, mergeWait: number): void {
    const { chance, timeline } = this;
    const wanted = chance.pick([0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3]);
    const approvers = [first, ...this.reviewers.filter((each) => each !== first)].slice(0, wanted);
    for (const [index, approver] of approvers.entries()) {
      const left = this.end - mergeWait - timeline.now;
      const isLast = index === approvers.length - 1;
      const at = timeline.now + left * (isLast ? 1 : chance.unit());
      this.events.push({ kind: 'approval', at: timeline.reach(at, approver), by: approver });
    }
    const other = this.reviewers.find((each) => !approvers.includes(each));
    if (other && chance.happens(STANDING_REQUEST)) {
      this.events.push({ kind: 'changes_requested', at: timeline.reach(0, other), by: other });
    }
  }

  /** Who is at work takes it first; at night it waits for anybody. */
  private whoIsAtWork(people: readonly Person[], at: number): Person {
    const present = people.filter(({ zone }) => isWorkingHour(at, zone));
    return this.chance.pick(present.length > 0 ? present : people);
  }

  private pushCount(): number {
    const { chance } = this;
    if (chance.happens(shape.NEVER_PUSHED_AGAIN)) return 0;
    return Math.max(1, Math.round(chance.spread(shape.PUSHES, related(chance, this.size))));
  }

  private push(wanted: number): void {
    const { author } = this.circumstances;
    const commits = this.chance.pick([1, 1, 1, 2, 2, 3]);
    const at = this.timeline.reach(wanted, author, 3 * commits);
    this.events.push({ kind: 'push', at, by: author, commits, mergesTarget: this.chance.happens(0.08) });
  }

  /** Remarks and replies one after the other. */
  private discuss(reviewer: Person, count: number): void {
    const { chance, timeline } = this;
    const { author } = this.circumstances;
    this.commentsLeft -= count;
    for (let index = 0; index < count; index += 1) {
      const isReply = this.lastRemarkBy !== null && chance.happens(shape.REPLY * 1.25);
      const answering = isReply && this.lastRemarkBy !== author;
      const other = chance.happens(0.25) ? chance.pick(this.reviewers) : reviewer;
      const by = answering ? author : other;
      const pause = answering
        ? chance.spread({ median: 20, p95: 400 })
        : chance.spread({ median: 4, p95: 30 });
      const at = timeline.reach(timeline.now + pause * 60_000, by, 1);
      const inline = !isReply && chance.happens(shape.INLINE);
      this.comment(by, at, isReply ? reply(chance) : remark(chance), inline, isReply);
      this.lastRemarkBy = by;
    }
  }

  private comment(by: Person, at: number, text: string, inline: boolean, isReply = false): void {
    const isDeleted = this.chance.happens(shape.DELETED);
    this.events.push({ kind: 'comment', at, by, inline, isReply, text, isDeleted });
  }

  /** What comes after the merge is no review, and the figures must not count it. */
  private close(state: ClosedState): void {
    const { chance, timeline } = this;
    const { author } = this.circumstances;
    const by = chance.happens(shape.MERGED_BY_AUTHOR) ? author : this.whoIsAtWork(this.reviewers, this.end);
    const at = timeline.reach(this.end, by, 1);
    this.events.push({
      kind: 'close',
      at,
      by,
      state,
      reason: state === 'DECLINED' ? declineReason(chance) : '',
    });
    if (state !== 'MERGED') return;
    const later = chance.pick(this.reviewers);
    if (chance.happens(shape.COMMENTED_AFTER_MERGE)) {
      const hours = chance.spread({ median: 20, p95: 500 });
      this.comment(later, timeline.reach(timeline.now + hours * HOUR, later), afterthought(chance), false);
    }
    const hasApproved = this.events.some((event) => event.kind === 'approval' && event.by === later);
    if (!hasApproved && chance.happens(shape.APPROVED_AFTER_MERGE * 3)) {
      this.events.push({ kind: 'approval', at: timeline.reach(timeline.now + HOUR, later), by: later });
    }
  }
}

/** An update by the dependency bot is approved at a glance, overtaken by the next one, or left. */
export function planUpdate(chance: Chance, circumstances: Circumstances): Life {
  const { author, colleagues, openedAt, pace } = circumstances;
  const timeline = new Timeline(openedAt, false);
  const by = chance.pick(colleagues);
  const at = timeline.reach(openedAt + chance.spread({ median: 20, p95: 400 }) * pace * HOUR, by);
  const close = (state: ClosedState, person: Person): PlannedEvent => {
    return { kind: 'close', at: timeline.reach(0, person, 1), by: person, state, reason: '' };
  };
  const events: readonly PlannedEvent[] = chance.happens(0.22)
    ? [{ kind: 'close', at, by: author, state: 'SUPERSEDED', reason: '' }]
    : chance.happens(0.85)
      ? [{ kind: 'approval', at, by }, close('MERGED', by)]
      : [close(chance.happens(0.4) ? 'DECLINED' : 'MERGED', by)];
  return { size: -1, reviewers: [by], openedAsDraft: false, firstCommits: 1, coding: 60_000, events };
}
