/** Figures as lines, each with its level among the thresholds, and each opening the list behind it. */
import { useRef, useState, type ReactElement } from 'react';
import type { FigureId } from '../../src/metrics/explained/figure-explanation';
import type { BandYear } from '../../src/metrics/delivery/delivery-settings';
import { useLanguage } from '../shared/language';
import { bandSteps } from '../view-model/bands';
import type { FigureLine } from '../view-model/figure-lines';
import { ExplainedList } from './explained-list';
import './figure-lines.css';

export function FigureLines({
  lines,
  bandYear,
}: {
  readonly lines: readonly FigureLine[];
  /** The report whose levels are shown; absent where the figures have none. */
  readonly bandYear?: BandYear;
}): ReactElement {
  const { t } = useLanguage();
  const [open, setOpen] = useState<FigureId | null>(null);
  const opener = useRef<HTMLButtonElement | null>(null);
  const close = (): void => {
    setOpen(null);
    // Back to where the reader was.
    opener.current?.focus();
  };
  return (
    <>
      <dl className="lines">
        {lines.map((line) => (
          <div key={line.figure}>
            <dt>{t(`metricName.${line.figure}`)}</dt>
            <dd>
              <span className="line-value">{line.value}</span>
              {line.exact !== null && <div className="quiet">{line.exact}</div>}
              {line.change !== null && <div className="quiet">{line.change}</div>}
              {bandYear !== undefined && <Bands line={line} year={bandYear} />}
              <p className="line-meaning">{t(`metricMeaning.${line.figure}`)}</p>
              <button
                type="button"
                className="link"
                aria-expanded={open === line.figure}
                aria-label={t('explained.title', { name: t(`metricName.${line.figure}`) })}
                onClick={(event) => {
                  opener.current = event.currentTarget;
                  setOpen(open === line.figure ? null : line.figure);
                }}
              >
                {t('explained.show')}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      {open !== null && <ExplainedList key={open} figure={open} onClose={close} />}
    </>
  );
}

/** The levels with what each asks for, the figure's own marked; without a level the thresholds alone. */
function Bands({ line, year }: { readonly line: FigureLine; readonly year: BandYear }): ReactElement | null {
  const language = useLanguage();
  const { t } = language;
  const steps = bandSteps(line.figure, year, language);
  if (steps.length === 0) return null;
  return (
    <ol className="bands" aria-label={t('band.scale', { year: String(year) })}>
      {steps.map(({ band, asks }) => (
        <li
          key={band}
          className={band === line.band ? 'band-step band-here' : 'band-step'}
          {...(band === line.band ? { 'aria-current': 'true' as const } : {})}
        >
          <strong>{t(`band.${band}`)}</strong>
          <span>{asks ?? t('band.noRange')}</span>
        </li>
      ))}
    </ol>
  );
}
