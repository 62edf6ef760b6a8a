/** Whether reviews are shown by person, which whoever administers the workspace decides. */
import { useState, type ReactElement } from 'react';
import type { TeamsReport } from '../../../src/views/reports/teams-report';
import { useLanguage } from '../../shared/language';
import { Outcome, PLACES, type SaveChange, type Saving } from './saving';

export function ReviewersSwitch({
  report,
  saving,
  onSave,
}: {
  readonly report: TeamsReport;
  readonly saving: Saving;
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
      <Outcome saving={saving} place={PLACES.reviewers} />
    </>
  );
}
