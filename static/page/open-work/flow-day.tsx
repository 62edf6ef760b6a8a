/** What was open at the end of one day of the flow, and what came and went until then. */
import { useId, useState, type ReactElement } from 'react';
import type { Life, OpenWork } from '../../../src/metrics/cumulative-flow';
import type { OpenWorkAtReport } from '../../../src/views/reports/open-work-report';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import { dayName, daySentence, type ShownDay } from '../../view-model/cumulative-flow';
import { instant, NO_VALUE } from '../../view-model/format';
import { PullRequestName } from '../pull-request-name';
import { useTitles } from '../use-titles';
import { ExplainedPanel } from './explained-panel';
import { PhaseMark } from './phase-mark';

/** As many titles as one request to Bitbucket brings. */
const ROWS_A_PAGE = 20;

export function FlowDay({
  shown,
  onClose,
}: {
  readonly shown: ShownDay;
  readonly onClose: () => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const query = useQuery();
  const [state, again] = useAnswer('openWorkAt', { query, day: shown.flow.day });
  return (
    <ExplainedPanel title={t('cumulativeFlow.dayTitle', { day: dayName(shown, language) })} onClose={onClose}>
      <p className="card-sentence">{daySentence(shown, language)}</p>
      <Answered state={state} loading={t('loading.pullRequests')} onRetry={again}>
        {(behind) => <Lists behind={behind} />}
      </Answered>
    </ExplainedPanel>
  );
}

const LISTS = ['listOpen', 'listOpened', 'listClosed'] as const;
type List = (typeof LISTS)[number];

function Lists({ behind }: { readonly behind: OpenWorkAtReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const name = useId();
  const [list, setList] = useState<List>('listOpen');
  const { open, opened, closed } = behind;
  const lives: Readonly<Record<List, readonly (Life | OpenWork)[]>> = {
    listOpen: open,
    listOpened: opened,
    listClosed: closed,
  };
  return (
    <>
      <fieldset className="chooser lists">
        <legend className="visually-hidden">{t('cumulativeFlow.which')}</legend>
        {LISTS.map((each) => (
          <label key={each} className={each === list ? 'chosen' : undefined}>
            <input type="radio" name={name} checked={each === list} onChange={() => setList(each)} />
            {t(`cumulativeFlow.${each}`, { count: lives[each].length })}
          </label>
        ))}
      </fieldset>
      {list !== 'listOpen' && (
        <p className="quiet">{t('cumulativeFlow.whichDays', { instant: instant(behind.since, language) })}</p>
      )}
      {lives[list].length === 0 ? (
        <p>{t('cumulativeFlow.none')}</p>
      ) : (
        <Lives key={list} lives={lives[list]} />
      )}
    </>
  );
}

function Lives({ lives }: { readonly lives: readonly (Life | OpenWork)[] }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const pages = usePages(lives, ROWS_A_PAGE);
  const rows = pages.shown;
  const titles = useTitles(rows.map(({ id }) => id));
  const hasPhases = rows.some((life) => 'phase' in life);
  const at = (seconds: number | null, isKnown: boolean): string =>
    seconds === null || !isKnown ? NO_VALUE : instant(seconds, language);
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('explained.region')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('column.pullRequest')}</th>
              {hasPhases && <th scope="col">{t('column.phase')}</th>}
              <th scope="col">{t('instant.openedAt')}</th>
              <th scope="col">{t('instant.firstReviewAt')}</th>
              <th scope="col">{t('instant.firstApprovedAt')}</th>
              <th scope="col">{t('instant.closedAt')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((life) => (
              <tr key={life.id}>
                <th scope="row">
                  <PullRequestName id={life.id} link={titles.get(life.id)} />
                </th>
                {'phase' in life && (
                  <td>
                    <PhaseMark phase={life.phase} activityRead={life.activityRead} />
                  </td>
                )}
                <td>{instant(life.openedAt, language)}</td>
                <td>{at(life.firstReviewAt, life.activityRead)}</td>
                <td>{at(life.firstApprovedAt, true)}</td>
                <td>
                  {life.closedAt === null ? t('cumulativeFlow.stillOpen') : instant(life.closedAt, language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} />
    </>
  );
}
