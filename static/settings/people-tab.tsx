/** People: whether figures stand beside their names, the teams they belong to, and which of them are bots. */
import { useCallback, useMemo, useState, type ReactElement } from 'react';
import type {
  WorkspaceSettingsChange,
  WorkspaceSettingsReport,
} from '../../src/views/reports/settings-report';
import { call } from '../api';
import { TeamsCard, type SaveTeams } from '../page/teams/teams-section';
import { useLanguage } from '../shared/language';
import { useAnswer } from '../shared/use-answer';
import { useViewer, ViewerContext } from '../shared/viewer';
import { BotsSection } from './bots-section';
import { RepositoryChoice } from './repository-choice';
import { ReviewersSection } from './reviewers-section';
import { SettingsSection } from './settings-section';
import type { SaveSettings } from './use-settings';

interface PeopleProps {
  readonly settings: WorkspaceSettingsReport;
  readonly onSave: SaveSettings<WorkspaceSettingsChange>;
}

export function PeopleTab({ settings, onSave }: PeopleProps): ReactElement {
  const { t } = useLanguage();
  const [repositoryUuid, setRepositoryUuid] = useState<string | null>(null);
  return (
    <>
      <ReviewersSection showReviewers={settings.showReviewers} onSave={onSave} />
      <SettingsSection title={t('people.title')} about={t('people.about')}>
        <RepositoryChoice
          chosenUuid={repositoryUuid}
          leftOut={settings.leftOut}
          onChoose={setRepositoryUuid}
        />
      </SettingsSection>
      {repositoryUuid !== null && (
        <PeopleOf key={repositoryUuid} repositoryUuid={repositoryUuid} settings={settings} onSave={onSave} />
      )}
    </>
  );
}

/** Teams and bots with the people of one repository: their names are read from its pull requests, as the viewer. */
function PeopleOf({
  repositoryUuid,
  settings,
  onSave,
}: PeopleProps & { readonly repositoryUuid: string }): ReactElement {
  const viewer = useViewer();
  const inRepository = useMemo(() => ({ ...viewer, repositoryUuid }), [viewer, repositoryUuid]);
  const [state, again] = useAnswer('workspaceTeams', { repositoryUuid });
  const saveTeams: SaveTeams = useCallback(
    (change) => call('saveWorkspaceTeams', { repositoryUuid, change }),
    [repositoryUuid],
  );
  return (
    <ViewerContext.Provider value={inRepository}>
      <TeamsCard state={state} onRetry={again} saveTeams={saveTeams} hasReviewersSwitch={false} />
      {state.kind === 'ready' && (
        <BotsSection people={state.data.people} botIds={settings.botIds} onSave={onSave} />
      )}
    </ViewerContext.Provider>
  );
}
