/** What the screen shows of other people's definitions: the same pull requests under each tool's rules. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { DefinedMetric } from '../../metrics/definitions/definition';
import type { DefinedFigure } from '../../metrics/definitions/other-definitions';
import type { ReportedWindow } from '../view-query';
import type { ListedNumber } from './pull-requests-report';

/** The rule itself is a text of the screen, which every language has. */
export type ReportedDefinition = Omit<DefinedFigure, 'rule'>;

export interface DefinitionsReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
  /** Pull requests merged in the window, which every column looks at. */
  readonly merged: number;
  /** The window is read whole; while it is not, the figures are of what is read so far. */
  readonly isWhole: boolean;
  readonly rows: readonly {
    readonly metric: DefinedMetric;
    readonly columns: readonly ReportedDefinition[];
  }[];
}

/** The pull requests behind one tool's figure, or its commits for a lead time. */
export type DefinitionList = ListedNumber;
