/** What comes of a change to the teams, told at the place where it was made. */
import { useEffect, useRef, type ReactElement } from 'react';
import type { TeamChange, TeamChangeOutcome } from '../../../src/views/reports/teams-report';
import type { Failure } from '../../api';
import { useLanguage, type Language } from '../../shared/language';

/** Makes a change and tells whether it was saved. */
export type SaveChange = (change: TeamChange) => Promise<boolean>;

/** The places that belong to no team; that of a team is its id. */
export const PLACES = { all: 'all teams', reviewers: 'reviewers' } as const;

/** How far the last change is, and where it was made. */
export type Saving =
  | { readonly kind: 'none' }
  | { readonly kind: 'saving'; readonly place: string }
  | {
      readonly kind: 'answered';
      readonly place: string;
      readonly outcome: TeamChangeOutcome;
      /** What was pressed is gone with what it took away: the reader goes on where the outcome is told. */
      readonly takesFocus: boolean;
    }
  | { readonly kind: 'failed'; readonly place: string; readonly cause: Failure };

/** A team that is removed takes its own place with it. */
export function placeOf(change: TeamChange): string {
  if (change.kind === 'show-reviewers') return PLACES.reviewers;
  return change.kind === 'create' || change.kind === 'remove' ? PLACES.all : change.teamId;
}

/** Says nothing of what was done elsewhere. */
export function Outcome({
  saving,
  place,
}: {
  readonly saving: Saving;
  readonly place: string;
}): ReactElement {
  const language = useLanguage();
  const text = useRef<HTMLParagraphElement>(null);
  const isHere = saving.kind !== 'none' && saving.place === place;
  useEffect(() => {
    if (isHere && saving.kind === 'answered' && saving.takesFocus) text.current?.focus();
  }, [isHere, saving]);
  return (
    <p role="status" className="teams-outcome" ref={text} tabIndex={-1}>
      {isHere && outcomeText(saving, language)}
    </p>
  );
}

function outcomeText(saving: Exclude<Saving, { kind: 'none' }>, { t }: Language): string {
  switch (saving.kind) {
    case 'saving':
      return t('teams.saving');
    case 'answered':
      return t(`teams.${saving.outcome}`);
    case 'failed':
      return t(`failure.${saving.cause}`);
  }
}
