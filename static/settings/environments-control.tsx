/** Further environments of this repository that are production: by name on the screen, by id in the settings. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { useViewer } from '../shared/viewer';
import { environmentsIn, withUnlisted } from '../view-model/viewer-lists';
import type { RuleControlProps } from './rule-controls';
import { Loaded } from './settings-section';
import { repositoriesPath, useViewerRead } from './use-viewer-read';

const FIELDS = 'values.uuid,values.name,values.environment_type.name';

export function EnvironmentsControl({
  value,
  labelId,
  aboutId,
  environmentIds,
  onChange,
}: RuleControlProps<'productionEnvironmentIds'>): ReactElement {
  const { t } = useLanguage();
  const { workspaceUuid, repositoryUuid } = useViewer();
  const path = `${repositoriesPath(workspaceUuid, repositoryUuid)}/environments?pagelen=100&fields=${FIELDS}`;
  const [state, again] = useViewerRead(path, environmentsIn);
  return (
    <Loaded state={state} onRetry={again}>
      {(listed) => {
        const environments = withUnlisted(listed, [...environmentIds, ...value]);
        if (environments.length === 0) return <p className="quiet">{t('figureRules.noEnvironments')}</p>;
        return (
          <div role="group" aria-labelledby={labelId} aria-describedby={aboutId} className="settings-checks">
            {environments.map(({ id, name, type }) => (
              <label key={id} className="settings-check">
                <input
                  type="checkbox"
                  checked={value.includes(id)}
                  onChange={(event) =>
                    onChange(event.target.checked ? [...value, id] : value.filter((each) => each !== id))
                  }
                />
                <span>
                  {type === null ? name : t('figureRules.environment', { name, type })}
                  {!environmentIds.includes(id) && (
                    <span className="quiet"> {t('figureRules.notDeployedLately')}</span>
                  )}
                </span>
              </label>
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}
