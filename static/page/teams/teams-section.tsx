/** The workspace's teams: who belongs to them, and for those who administer the workspace how to change them. */
import { useRef, useState, type ReactElement } from 'react';
import type { TeamChange, TeamChangeOutcome, TeamsReport } from '../../../src/views/reports/teams-report';
import { call, failureOf, type Failure } from '../../api';
import { useLanguage } from '../../shared/language';
import { FailedState } from '../../shared/states';
import { useAnswer } from '../../shared/use-answer';
import { usePersonNames } from '../../shared/use-person-names';
import { whoMayChange } from '../../view-model/teams';
import { TeamCard } from './team-card';
import { TeamForm } from './team-form';
import './teams.css';

/** Makes a change and tells whether it was saved. */
export type SaveChange = (change: TeamChange) => Promise<boolean>;

export function TeamsSection(): ReactElement {
  const { t } = useLanguage();
  const [state, again] = useAnswer('teams', {});
  return (
    <section className="card" aria-labelledby="teams-title">
      <h2 id="teams-title">{t('teams.title')}</h2>
      <p className="card-sentence">{t('teams.about')}</p>
      {state.kind === 'loading' && <p role="status">{t('loading.part')}</p>}
      {state.kind === 'failed' && <FailedState message={t(`failure.${state.cause}`)} onRetry={again} />}
      {state.kind === 'ready' && <Teams loaded={state.data} />}
    </section>
  );
}

type Saving =
  | { readonly kind: 'none' | 'saving' }
  | { readonly kind: 'answered'; readonly outcome: TeamChangeOutcome }
  | { readonly kind: 'failed'; readonly cause: Failure };

function Teams({ loaded }: { readonly loaded: TeamsReport }): ReactElement {
  const { t } = useLanguage();
  const [report, setReport] = useState(loaded);
  const [saving, setSaving] = useState<Saving>({ kind: 'none' });
  const names = usePersonNames(report.people);
  const outcome = useRef<HTMLParagraphElement>(null);
  const save: SaveChange = async (change) => {
    setSaving({ kind: 'saving' });
    try {
      const answer = await call('saveTeams', { change });
      setReport(answer.report);
      setSaving({ kind: 'answered', outcome: answer.outcome });
      // What was pressed is gone with what it removed: the reader goes on where the outcome is told.
      if (change.kind === 'remove' || change.kind === 'remove-member') outcome.current?.focus();
      return answer.outcome === 'saved';
    } catch (error) {
      setSaving({ kind: 'failed', cause: failureOf(error) });
      return false;
    }
  };
  const isOpen = report.mayChange === true;
  return (
    <div aria-busy={saving.kind === 'saving'}>
      <p className="quiet">
        {t('teams.fewest')} {t('teams.groups')} {t(whoMayChange(report))}
      </p>
      {report.teams.length === 0 && <p>{t('teams.none')}</p>}
      {report.teams.map((team) => (
        <TeamCard
          key={team.teamId}
          team={team}
          people={report.people}
          names={names}
          onSave={isOpen ? save : null}
        />
      ))}
      <p role="status" className="teams-outcome" ref={outcome} tabIndex={-1}>
        {saving.kind === 'saving' && t('teams.saving')}
        {saving.kind === 'answered' && t(`teams.${saving.outcome}`)}
        {saving.kind === 'failed' && t(`failure.${saving.cause}`)}
      </p>
      {isOpen && <TeamForm people={report.people} names={names} onSave={save} />}
      <ReviewersSwitch report={report} onSave={isOpen ? save : null} />
    </div>
  );
}

/** Whether reviews are shown by person, which whoever administers the workspace decides. */
function ReviewersSwitch({
  report,
  onSave,
}: {
  readonly report: TeamsReport;
  /** `null` for those who may not change it. */
  readonly onSave: SaveChange | null;
}): ReactElement {
  const { t } = useLanguage();
  const { showReviewers } = report;
  // What the reader chose, until it is saved or refused.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const choose = async (isChecked: boolean, save: SaveChange): Promise<void> => {
    setChosen(isChecked);
    await save({ kind: 'show-reviewers', showReviewers: isChecked });
    setChosen(null);
  };
  return (
    <>
      <h3>{t('teams.reviewersTitle')}</h3>
      <p className="quiet">{t('teams.reviewersAbout')}</p>
      {onSave === null ? (
        <p>{t(showReviewers ? 'teams.reviewersShown' : 'teams.reviewersHidden')}</p>
      ) : (
        <label className="teams-choice">
          <input
            type="checkbox"
            checked={chosen ?? showReviewers}
            onChange={(event) => void choose(event.target.checked, onSave)}
          />
          {t('teams.showReviewers')}
        </label>
      )}
    </>
  );
}
