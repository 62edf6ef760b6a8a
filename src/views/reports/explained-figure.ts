/** What the list behind a figure shows. */
import type { FigureExplanation } from '../../metrics/explained/figure-explanation';

export interface ExplainedFigure extends FigureExplanation {
  /** The workspace's admin switched figures of single people off: the list would be one, and is empty. */
  readonly isHidden: boolean;
}
