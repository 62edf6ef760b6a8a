/** The tab Data: how far the import is and what keeps the figures true, and the teams that figures can be narrowed to. */
import type { ReactElement } from 'react';
import { DataReport } from './data-report';
import { TeamsSection } from './teams/teams-section';

export function DataTab(): ReactElement {
  return (
    <>
      <DataReport />
      <TeamsSection />
    </>
  );
}
