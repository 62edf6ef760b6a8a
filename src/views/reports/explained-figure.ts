/** What the list behind a figure shows. */
import type { BitbucketScope } from '../../sync/trouble';
import type { FigureExplanation } from '../../metrics/explained/figure-explanation';
import type { DeliveryRules } from './delivery-rules';
import type { ListCut } from './list-cut';

export interface ExplainedFigure extends Omit<FigureExplanation, 'source'> {
  /** Absent where the list is whole. */
  readonly cut?: ListCut;
  /** The workspace's admin switched figures of single people off: the list would be one, and is empty. */
  readonly isHidden: boolean;
  /** The rules that a figure of delivery is made by; `null` for every other. */
  readonly rules: DeliveryRules | null;
  /** Permissions without which Bitbucket does not tell what the figure is made of. */
  readonly missing: readonly BitbucketScope[];
}
