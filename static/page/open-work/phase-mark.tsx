/** The phase of a pull request as a lozenge, in the phase's colour; Atlassian's own would weigh as much as the tab. */
import type { ReactElement } from 'react';
import type { Phase } from '../../../src/metrics/figures';
import { useLanguage } from '../../shared/language';
import { phaseText } from '../../view-model/open-list';

export function PhaseMark(props: { readonly phase: Phase; readonly activityRead: boolean }): ReactElement {
  return <span className={`mark phase-mark-${props.phase}`}>{phaseText(props, useLanguage())}</span>;
}
