/** One headline figure: name, value, change against the preceding window; a press lists what stands behind it. */
import type { ReactElement, ReactNode } from 'react';
import type { Figure } from '../../src/metrics/figures';
import type { Change } from '../view-model/change';
import { exactDuration, headline, headlineValue } from '../view-model/format';
import type { WhyNoValue } from '../view-model/why-no-value';
import { ChangeArrow } from './change-arrow';
import { useLanguage } from './language';
import { NoValue } from './no-value';

export interface FigureTileProps {
  readonly name: string;
  /** How the value is to be read, such as `median`. */
  readonly reading: string;
  readonly figure: Figure;
  /** Why there is no value to show; `null` where there is one. */
  readonly why: WhyNoValue | null;
  readonly change: Change | null;
  readonly meaning?: string;
  readonly isOpen?: boolean;
  readonly onOpen?: () => void;
  readonly children?: ReactNode;
}

export function FigureTile(props: FigureTileProps): ReactElement {
  const { name, reading, figure, why, change, meaning, isOpen = false, onOpen, children } = props;
  const language = useLanguage();
  const value = headlineValue(figure);
  const exact = figure.unit === 's' && value !== null ? exactDuration(value, language) : undefined;
  const body = (
    <>
      <span className="tile-name">{name}</span>
      {why === null ? (
        <span className="tile-value" title={exact}>
          {headline(figure, language)} <span className="tile-reading">{reading}</span>
        </span>
      ) : (
        <span className="tile-value">
          <NoValue why={why} />
        </span>
      )}
      {change !== null && (
        <span className={`tile-change change-${change.direction}`}>
          <ChangeArrow change={change} />
          {change.sentence}
          {change.direction !== 'neutral' && <strong> · {language.t(`change.${change.direction}`)}</strong>}
        </span>
      )}
      {meaning !== undefined && <span className="tile-meaning">{meaning}</span>}
      {children}
    </>
  );
  if (onOpen === undefined) return <div className="tile">{body}</div>;
  return (
    <button
      type="button"
      className={`tile tile-button${isOpen ? ' tile-open' : ''}`}
      aria-expanded={isOpen}
      onClick={onOpen}
    >
      {body}
    </button>
  );
}
