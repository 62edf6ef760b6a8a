/** The workspace's teams: who belongs to them, and for those who administer the workspace how to change them. */
import { useState, type ReactElement } from 'react';
import type { SaveTeamsAnswer, TeamChange, TeamsReport } from '../../../src/views/reports/teams-report';
import { call, failureOf } from '../../api';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { useAnswer, type AnswerState } from '../../shared/use-answer';
import { usePersonNames } from '../../shared/use-person-names';
import { whoMayChange } from '../../view-model/teams';
import { ReviewersSwitch } from './reviewers-switch';
import { Outcome, placeOf, PLACES, type SaveChange, type Saving } from './saving';
import { TeamCard } from './team-card';
import { TeamForm } from './team-form';
import './teams.css';

/** Makes a change and gives the teams as they are then. Rejects with CallError. */
export type SaveTeams = (change: TeamChange) => Promise<SaveTeamsAnswer>;

const saveTeams: SaveTeams = (change) => call('saveTeams', { change });

export function TeamsSection(): ReactElement {
  const [state, again] = useAnswer('teams', {});
  return <TeamsCard state={state} onRetry={again} saveTeams={saveTeams} hasReviewersSwitch />;
}

interface TeamsProps {
  readonly saveTeams: SaveTeams;
  /** The settings page has the switch for figures by reviewer in a place of its own. */
  readonly hasReviewersSwitch: boolean;
}

export function TeamsCard({
  state,
  onRetry,
  ...props
}: TeamsProps & {
  readonly state: AnswerState<TeamsReport>;
  readonly onRetry: () => void;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <section className="card" aria-labelledby="teams-title">
      <h2 id="teams-title">{t('teams.title')}</h2>
      <p className="card-sentence">{t('teams.about')}</p>
      <Answered state={state} loading={t('loading.part')} onRetry={onRetry}>
        {(loaded) => <Teams loaded={loaded} {...props} />}
      </Answered>
    </section>
  );
}

function Teams({
  loaded,
  saveTeams: saveChange,
  hasReviewersSwitch,
}: TeamsProps & { readonly loaded: TeamsReport }): ReactElement {
  const { t } = useLanguage();
  const [report, setReport] = useState(loaded);
  const [saving, setSaving] = useState<Saving>({ kind: 'none' });
  const names = usePersonNames(report.people);
  const save: SaveChange = async (change) => {
    const place = placeOf(change);
    setSaving({ kind: 'saving', place });
    try {
      const answer = await saveChange(change);
      setReport(answer.report);
      const takesFocus = change.kind === 'remove' || change.kind === 'remove-member';
      setSaving({ kind: 'answered', place, outcome: answer.outcome, takesFocus });
      return answer.outcome === 'saved';
    } catch (error) {
      setSaving({ kind: 'failed', place, cause: failureOf(error) });
      return false;
    }
  };
  const onSave = report.mayChange === true ? save : null;
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
          saving={saving}
          onSave={onSave}
        />
      ))}
      <Outcome saving={saving} place={PLACES.all} />
      {onSave !== null && <TeamForm people={report.people} names={names} onSave={onSave} />}
      {hasReviewersSwitch && <ReviewersSwitch report={report} saving={saving} onSave={onSave} />}
    </div>
  );
}
