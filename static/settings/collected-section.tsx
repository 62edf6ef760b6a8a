/** What the app collects and for how long, and what it never collects. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { SettingsSection } from './settings-section';

const COLLECTED = ['pullRequests', 'delivery', 'people', 'events', 'workspace', 'words'] as const;

const NEVER = ['code', 'texts', 'branches', 'names', 'mails', 'secrets', 'outside'] as const;

export function CollectedSection(): ReactElement {
  const { t } = useLanguage();
  return (
    <SettingsSection title={t('collected.title')} about={t('collected.about')}>
      <div className="collected">
        <div>
          <h3>{t('collected.collected')}</h3>
          <dl>
            {COLLECTED.map((each) => (
              <div key={each}>
                <dt>{t(`collected.${each}`)}</dt>
                <dd className="quiet">{t(`collectedUntil.${each}`)}</dd>
              </div>
            ))}
          </dl>
        </div>
        <div>
          <h3>{t('collected.never')}</h3>
          <ul>
            {NEVER.map((each) => (
              <li key={each}>{t(`collectedNever.${each}`)}</li>
            ))}
          </ul>
        </div>
      </div>
    </SettingsSection>
  );
}
