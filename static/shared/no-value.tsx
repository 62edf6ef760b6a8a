/** What stands in the place of a figure that has no value: a dash, and why. */
import type { ReactElement } from 'react';
import { NO_VALUE } from '../view-model/format';
import type { WhyNoValue } from '../view-model/why-no-value';

export function NoValue({ why }: { readonly why: WhyNoValue }): ReactElement {
  return (
    <span title={why.sentence}>
      {NO_VALUE} <span className="no-value">{why.text}</span>
    </span>
  );
}
