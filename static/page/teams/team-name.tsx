/** The field for a team's name. */
import type { ReactElement } from 'react';
import { LONGEST_TEAM_NAME } from '../../../src/views/reports/teams-report';
import { useLanguage } from '../../shared/language';

export function TeamName({
  name,
  isFirst = false,
  onChange,
}: {
  readonly name: string;
  /** Whether the reader begins here. */
  readonly isFirst?: boolean;
  readonly onChange: (name: string) => void;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <label className="team-field">
      <span>{t('teams.name')}</span>
      <input
        type="text"
        required
        // Spaces alone are no name.
        pattern=".*\S.*"
        maxLength={LONGEST_TEAM_NAME}
        autoFocus={isFirst}
        value={name}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
