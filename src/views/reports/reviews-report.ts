/** What the tab Reviews shows, and what stands behind one person's row. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Distribution } from '../../metrics/figures';
import type {
  ResponseStart,
  ReviewedPullRequest,
  ReviewLoad,
  WaitingReview,
} from '../../metrics/review-load';
import type { ReportedWindow } from '../view-query';
import type { PersonChoice } from './filter-choices';

/** Where review rests, as figures of the team (METRICS 4); each is `null` where nobody reviewed. */
export interface ReviewHealth {
  /** `review_load_gini`, from 0 (evenly shared) upwards. */
  readonly gini: number | null;
  /** `bus_factor`: the fewest people who together gave half of all reviews. */
  readonly busFactor: number | null;
  /** People who reviewed or authored a pull request merged in the window, and those of them who reviewed. */
  readonly people: number;
  readonly reviewers: number;
  /** Acts of review by them. */
  readonly reviews: number;
}

/** Times to respond, and the values themselves where they are too few for a summary. */
export interface ResponseTimes {
  readonly figure: Distribution;
  /** In seconds, ascending; `null` where the figure says enough. */
  readonly values: readonly number[] | null;
}

export interface PersonsLoad extends Omit<ReviewLoad, 'timeToRespond'> {
  readonly timeToRespond: ResponseTimes;
  /** Since when the longest of the open reviews has waited; `null` where none does. */
  readonly waitingSince: EpochSeconds | null;
}

/** How often one person reviewed another's pull requests. */
export interface MatrixPair {
  readonly authorId: string;
  readonly reviewerId: string;
  /** Pull requests, and acts of review on them. */
  readonly pullRequests: number;
  readonly reviews: number;
}

/** Who reviews whom, among the busiest where there are many. */
export interface ReviewMatrix {
  /** By id: screens sort by name. */
  readonly authorIds: readonly string[];
  readonly reviewerIds: readonly string[];
  /** Those that occur, between these people. */
  readonly pairs: readonly MatrixPair[];
  /** How many authors and reviewers there are in all. */
  readonly authors: number;
  readonly reviewers: number;
  /** Reviewed pull requests whose author's account is gone: they belong to no pair. */
  readonly withoutAuthor: number;
}

/** An open pull request and one person it waits for. */
export interface WaitingLine {
  readonly pullRequest: number;
  /** `null` where the account is gone. */
  readonly authorId: string | null;
  readonly reviewerId: string;
  readonly start: ResponseStart;
  /** By the clock of the query. */
  readonly waitedSeconds: number;
}

/** What names people; it leaves the resolver only while the workspace's admin lets it. */
export interface PersonalReviews {
  readonly timeToRespond: ResponseTimes;
  /** By id: screens sort by name. Never a ranking. */
  readonly loads: readonly PersonsLoad[];
  readonly matrix: ReviewMatrix;
  /** The oldest first; `waitingInAll` says how many there are. */
  readonly waiting: readonly WaitingLine[];
  readonly waitingInAll: number;
  /** Everybody above, with a pull request on which the viewer finds the name. */
  readonly people: readonly PersonChoice[];
}

export interface ReviewsReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
  /** Whatever happened since then is read; `null` while nothing is. */
  readonly readSince: EpochSeconds | null;
  /** Of pull requests merged in the window: those whose activity is read, and so count. */
  readonly merged: number;
  readonly health: ReviewHealth;
  /** Of the window before; `null` while that is not read whole. */
  readonly previousHealth: ReviewHealth | null;
  /** Whoever opened or merged, and whoever reviewed in the window, whatever became of it; `null` where not read. */
  readonly activeAuthors: number;
  readonly activeReviewers: number | null;
  /** Reviews of accounts that are gone: nobody's load. */
  readonly unattributed: number;
  /** Pull requests whose activity is not read: none of their reviews count. */
  readonly leftOut: { readonly merged: number; readonly open: number };
  /** `null` where the workspace's admin switched figures of single people off. */
  readonly personal: PersonalReviews | null;
}

/** What stands behind one person's row, so that each of its figures can be recomputed. */
export interface ReviewerExplanation {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
  readonly load: PersonsLoad;
  /** By id. */
  readonly reviewed: readonly ReviewedPullRequest[];
  /** By id. */
  readonly waiting: readonly WaitingReview[];
}
