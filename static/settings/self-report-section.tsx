/** Has the app report of itself and of Forge, and gives the report to the reader as a file. */
import Button from '@atlaskit/button/new';
import type { ReactElement } from 'react';
import { toIso } from '../../src/facts/instant';
import { call } from '../api';
import { saveFile } from '../page/take-away/save-file';
import { useLanguage } from '../shared/language';
import { SavingLine, useSaving } from './saving';
import { SettingsSection } from './settings-section';

export function SelfReportSection(): ReactElement {
  const { t } = useLanguage();
  const [saving, run] = useSaving();
  const make = (): void => {
    void run(async () => {
      const report = await call('selfReport', {});
      const name = `throughline-report-${toIso(report.asOf).slice(0, 10)}.json`;
      saveFile({ name, type: 'application/json', text: `${JSON.stringify(report, null, 2)}\n` });
      return { message: t('selfReport.saved', { file: name }) };
    });
  };
  return (
    <SettingsSection title={t('selfReport.title')} about={t('selfReport.about')}>
      <Button isDisabled={saving.kind === 'saving'} onClick={make}>
        {t('selfReport.make')}
      </Button>
      <SavingLine saving={saving} />
    </SettingsSection>
  );
}
