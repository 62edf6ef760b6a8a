/** What the section Teams shows, what can be changed there, and what came of a change. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { PersonChoice } from './filter-choices';

/** Characters of a team's name. */
export const LONGEST_TEAM_NAME = 60;

/** Half-open days of one membership; `null` without a beginning or an end. */
export interface TeamMember {
  readonly personId: string;
  readonly from: EpochSeconds | null;
  readonly to: EpochSeconds | null;
}

export interface TeamReport {
  readonly teamId: string;
  /** As the workspace's admin wrote it. */
  readonly name: string;
  /** In the order in which they joined. A person who left and came back is there twice. */
  readonly members: readonly TeamMember[];
  /**
   * Members of whom this repository has no pull request of the last year: only who may change teams is told who they
   * are, since somebody else may not see the repositories that know them.
   */
  readonly membersElsewhere: number;
  /** How many belong to it now. */
  readonly people: number;
  /** Whether these are enough for its figures to be shown. */
  readonly isShown: boolean;
}

export interface TeamsReport {
  readonly asOf: EpochSeconds;
  /** Whether this viewer may change teams; `null` where Bitbucket could not be asked. */
  readonly mayChange: boolean | null;
  /** Whether figures per reviewer are shown. */
  readonly showReviewers: boolean;
  /** In the order in which they were created. */
  readonly teams: readonly TeamReport[];
  /** Whoever wrote or reviewed a pull request of this repository in the last year. */
  readonly people: readonly PersonChoice[];
}

/** One change, so that two admins at the same time do not overwrite each other. */
export type TeamChange =
  | {
      readonly kind: 'create';
      readonly name: string;
      readonly personIds: readonly string[];
      /** Since when these belong to it: from now on, or for all of the past too. */
      readonly since: 'now' | 'always';
    }
  | { readonly kind: 'rename'; readonly teamId: string; readonly name: string }
  | { readonly kind: 'remove'; readonly teamId: string }
  | { readonly kind: 'add-members'; readonly teamId: string; readonly personIds: readonly string[] }
  | { readonly kind: 'remove-member'; readonly teamId: string; readonly personId: string }
  | { readonly kind: 'show-reviewers'; readonly showReviewers: boolean };

/**
 * `saved`, or why nothing was: another team has the name, there is no such team (any more), the person is not one that
 * can be chosen, or what is kept is full.
 */
export type TeamChangeOutcome =
  'saved' | 'name-taken' | 'unknown-team' | 'unknown-person' | 'too-many-teams' | 'too-many-memberships';

export interface SaveTeamsAnswer {
  readonly outcome: TeamChangeOutcome;
  /** As they are now. */
  readonly report: TeamsReport;
}
