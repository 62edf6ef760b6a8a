/** What is collected, from which repositories, for how long, and how to have all of it erased. */
import type { ReactElement } from 'react';
import type {
  WorkspaceSettingsChange,
  WorkspaceSettingsReport,
} from '../../src/views/reports/settings-report';
import { CollectedSection } from './collected-section';
import { ErasureSection } from './erasure-section';
import { RepositoriesSection } from './repositories-section';
import { RetentionSection } from './retention-section';
import type { SaveSettings } from './use-settings';

export function DataTab({
  settings,
  onSave,
  onErasure,
}: {
  readonly settings: WorkspaceSettingsReport;
  readonly onSave: SaveSettings<WorkspaceSettingsChange>;
  /** Everything is asked for anew: what was shown is gone, or begins again. */
  readonly onErasure: () => void;
}): ReactElement {
  return (
    <>
      <CollectedSection />
      <RepositoriesSection leftOut={settings.leftOut} onSave={onSave} />
      <RetentionSection days={settings.retentionDays} onSave={onSave} />
      <ErasureSection onChanged={onErasure} />
    </>
  );
}
